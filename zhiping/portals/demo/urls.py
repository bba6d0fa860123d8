"""URLs that exist only in the demo."""

from django.urls import path

from zhiping.portals.demo import catalogue

app_name = "demo"
urlpatterns = [
    path("components/", catalogue.components, name="components"),
]
