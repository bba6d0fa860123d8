"""URLs of the applicant's bills."""

from django.urls import path

from zhiping.portals.applicant.fees import views

app_name = "fees"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/check/", views.check, name="check"),
    path("<int:key>/invoice/", views.invoice, name="invoice"),
]
