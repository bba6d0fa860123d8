"""URLs of the authorities' portal: one line per part."""

from django.urls import include, path

app_name = "authority"
urlpatterns = [
    path("committees/", include("zhiping.portals.authority.committees.urls")),
    path("employers/", include("zhiping.portals.authority.employers.urls")),
    path("results/", include("zhiping.portals.authority.results.urls")),
]
