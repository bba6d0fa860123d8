"""URLs of the employer's integrity records."""

from django.urls import path

from zhiping.portals.employer.integrity import views

app_name = "integrity"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:key>/", views.show, name="show"),
]
