"""URLs of the paper pages."""

from django.urls import path

from zhiping.portals.committee.paper import views

app_name = "paper"
urlpatterns = [
    path("", views.index, name="index"),
    path("handovers/", views.handovers, name="handovers"),
    path("handovers/<int:key>/", views.handover, name="handover"),
    path("handovers/<int:key>/pdf/", views.handover_file, {"kind": "pdf"}, name="handover_pdf"),
    path("handovers/<int:key>/xlsx/", views.handover_file, {"kind": "xlsx"}, name="handover_xlsx"),
    path("forms/<str:code>/", views.show, name="show"),
    path("forms/<str:code>/file/", views.file, name="file"),
]
