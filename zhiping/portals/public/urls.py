"""URLs of the public portal."""

from django.urls import path

from zhiping.portals.public import health

app_name = "public"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
]
