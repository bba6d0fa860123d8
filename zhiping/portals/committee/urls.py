"""URLs of the committee office's portal: one line per part."""

from django.urls import include, path

app_name = "committee"
urlpatterns = [
    path("committees/", include("zhiping.portals.committee.committees.urls")),
    path("meetings/", include("zhiping.portals.committee.meetings.urls")),
]
