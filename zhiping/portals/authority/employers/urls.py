"""URLs of employers before the 人力社保 body."""

from django.urls import path

from zhiping.portals.authority.employers import views

app_name = "employers"
urlpatterns = [
    path("", views.employers, name="list"),
    path("<int:key>/", views.employer, name="show"),
    path("letters/<int:key>/", views.letter_file, name="letter"),
]
