"""URLs of the committee office's portal: one line per part."""

from django.urls import include, path

from zhiping.portals.committee import desk

app_name = "committee"
urlpatterns = [
    path("", desk.home, name="home"),
    path("applications/", include("zhiping.portals.committee.applications.urls")),
    path("committees/", include("zhiping.portals.committee.committees.urls")),
    path("plans/", include("zhiping.portals.committee.plans.urls")),
    path("meetings/", include("zhiping.portals.committee.meetings.urls")),
    path("publicity/", include("zhiping.portals.committee.publicity.urls")),
    path("fees/", include("zhiping.portals.committee.fees.urls")),
    path("leads/", include("zhiping.portals.committee.leads.urls")),
    path("results/", include("zhiping.portals.committee.results.urls")),
    path("paper/", include("zhiping.portals.committee.paper.urls")),
]
