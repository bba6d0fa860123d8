"""URLs of the system administrator's portal: one line per part."""

from django.urls import include, path

app_name = "operator"
urlpatterns = [
    path("accounts/", include("zhiping.portals.operator.accounts.urls")),
    path("help/", include("zhiping.portals.operator.help.urls")),
    path("messages/", include("zhiping.portals.operator.messages.urls")),
    path("gateways/", include("zhiping.portals.operator.gateways.urls")),
    path("calendar/", include("zhiping.portals.operator.calendar.urls")),
    path("clients/", include("zhiping.portals.operator.clients.urls")),
]
