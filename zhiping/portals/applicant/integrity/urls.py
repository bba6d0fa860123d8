"""URLs of the applicant's integrity records."""

from django.urls import path

from zhiping.portals.applicant.integrity import views

app_name = "integrity"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:key>/", views.show, name="show"),
]
