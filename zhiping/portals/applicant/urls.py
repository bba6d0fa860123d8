"""URLs of the applicant's portal: one line per part."""

from django.urls import include, path

from zhiping.portals.applicant import home

app_name = "applicant"
urlpatterns = [
    path("", home.home, name="home"),
    path("profile/", include("zhiping.portals.applicant.profile.urls")),
    path("archive/", include("zhiping.portals.applicant.archive.urls")),
    path("hours/", include("zhiping.portals.applicant.hours.urls")),
    path("applications/", include("zhiping.portals.applicant.applications.urls")),
    path("integrity/", include("zhiping.portals.applicant.integrity.urls")),
    path("messages/", include("zhiping.portals.applicant.inbox.urls")),
    path("fees/", include("zhiping.portals.applicant.fees.urls")),
    path("certificates/", include("zhiping.portals.applicant.certificates.urls")),
]
