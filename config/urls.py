"""The URL map: one line per portal; the path's first part names the audience."""

from django.urls import include, path

urlpatterns = [
    path("demo/", include("zhiping.portals.demo.urls")),
    path("", include("zhiping.portals.public.urls")),
]
