"""URLs of the filing pages."""

from django.urls import path

from zhiping.portals.authority.committees import views

app_name = "committees"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/withdraw/", views.withdraw, name="withdraw"),
]
