"""URLs of the authorities' portal: one line per part."""

from django.urls import include, path

from zhiping.portals.authority import home

app_name = "authority"
urlpatterns = [
    path("hours/", include("zhiping.portals.authority.hours.urls")),
    path("", home.home, name="home"),
    path("applications/", include("zhiping.portals.authority.applications.urls")),
    path("committees/", include("zhiping.portals.authority.committees.urls")),
    path("employers/", include("zhiping.portals.authority.employers.urls")),
    path("paper/", include("zhiping.portals.authority.paper.urls")),
    path("posts/", include("zhiping.portals.authority.posts.urls")),
    path("integrity/", include("zhiping.portals.authority.integrity.urls")),
    path("leads/", include("zhiping.portals.authority.leads.urls")),
    path("results/", include("zhiping.portals.authority.results.urls")),
]
