"""The URL map: one line per portal; the path's first part names the audience."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhiping.portals.public.urls")),
]
