"""The URL map: one line per portal; the path's first part names the audience."""

from django.urls import include, path

urlpatterns = [
    path("demo/", include("zhiping.portals.demo.urls")),
    path("callbacks/", include("zhiping.portals.callbacks.urls")),
    path("applicant/", include("zhiping.portals.applicant.urls")),
    path("accounts/", include("zhiping.portals.public.accounts.urls")),
    path("authority/", include("zhiping.portals.authority.urls")),
    path("employer/", include("zhiping.portals.employer.urls")),
    path("committee/", include("zhiping.portals.committee.urls")),
    path("expert/", include("zhiping.portals.expert.urls")),
    path("supervisor/", include("zhiping.portals.supervisor.urls")),
    path("training/", include("zhiping.portals.training.urls")),
    path("operator/", include("zhiping.portals.operator.urls")),
    path("api/", include("zhiping.portals.api.urls")),
    path("", include("zhiping.portals.public.urls")),
]

handler400 = "zhiping.web.errors.bad_request"
handler403 = "zhiping.web.errors.forbidden"
handler404 = "zhiping.web.errors.not_found"
handler500 = "zhiping.web.errors.server_error"
