"""URLs of certificates and review forms."""

from django.urls import path

from zhiping.portals.applicant.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/file/", views.download, name="download"),
    path("forms/<int:application>/", views.form, name="form"),
    path("forms/<int:application>/<int:number>/", views.form_file, name="form_file"),
]
