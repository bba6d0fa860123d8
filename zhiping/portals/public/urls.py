"""URLs of the public portal."""

from django.urls import include, path

from zhiping.portals.public import health
from zhiping.portals.public.plans import views as plans

app_name = "public"
urlpatterns = [
    path("", plans.home, name="home"),
    path("plans/", include("zhiping.portals.public.plans.urls")),
    path("healthz", health.healthz, name="healthz"),
]
