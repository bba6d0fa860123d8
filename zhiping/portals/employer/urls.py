"""URLs of the employer's portal: one line per part."""

from django.urls import include, path

from zhiping.portals.employer import home

app_name = "employer"
urlpatterns = [
    path("hours/", include("zhiping.portals.employer.hours.urls")),
    path("", home.home, name="home"),
    path("applications/", include("zhiping.portals.employer.applications.urls")),
    path("publicity/", include("zhiping.portals.employer.publicity.urls")),
    path("archive/", include("zhiping.portals.employer.archive.urls")),
    path("posts/", include("zhiping.portals.employer.posts.urls")),
    path("integrity/", include("zhiping.portals.employer.integrity.urls")),
    path("registration/", include("zhiping.portals.employer.registration.urls")),
]
