"""URLs of the employer's portal: one line per part."""

from django.urls import include, path

app_name = "employer"
urlpatterns = [
    path("registration/", include("zhiping.portals.employer.registration.urls")),
]
