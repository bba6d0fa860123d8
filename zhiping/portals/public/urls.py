"""URLs of the public portal."""

from django.urls import include, path

from zhiping.portals.public import health
from zhiping.portals.public.plans import views as plans
from zhiping.portals.public.signing.views import sign
from zhiping.portals.public.verify.views import form as verify_form

app_name = "public"
urlpatterns = [
    path("", plans.home, name="home"),
    path("plans/", include("zhiping.portals.public.plans.urls")),
    path("employers/", include("zhiping.portals.public.employers.urls")),
    path("hours/", include("zhiping.portals.public.hours.urls")),
    path("start/", include("zhiping.portals.public.start.urls")),
    path("healthz", health.healthz, name="healthz"),
    path("publicity/", include("zhiping.portals.public.publicity.urls")),
    path("sign/<str:token>/", sign, name="sign"),
    path("verify/", include("zhiping.portals.public.verify.urls")),
    path("form/<str:code>/", verify_form, name="form"),
    path("manual/", include("zhiping.portals.public.manual.urls")),
    path("help/", include("zhiping.portals.public.help.urls")),
    path("ballot/", include("zhiping.portals.public.ballot.urls")),
]
