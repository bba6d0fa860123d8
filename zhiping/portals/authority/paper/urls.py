"""URLs of the paper pages."""

from django.urls import path

from zhiping.portals.authority.paper import views

app_name = "paper"
urlpatterns = [
    path("", views.index, name="index"),
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/to/<int:receiver>/", views.new_handover, name="new"),
    path("handovers/<int:key>/", views.handover, name="handover"),
    path("handovers/<int:key>/cancel/", views.cancel_handover, name="cancel"),
    path("handovers/<int:key>/pdf/", views.handover_file, {"kind": "pdf"}, name="handover_pdf"),
    path("handovers/<int:key>/xlsx/", views.handover_file, {"kind": "xlsx"}, name="handover_xlsx"),
    path("forms/<str:code>/", views.show, name="show"),
]
