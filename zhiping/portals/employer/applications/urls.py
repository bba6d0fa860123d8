"""URLs of the employer's desk."""

from django.urls import path

from zhiping.portals.employer.applications import views

app_name = "applications"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("staff/", views.staff, name="staff"),
    path("staff/remind/", views.remind, name="remind"),
    path("bulk/", views.bulk, name="bulk"),
    path("<int:key>/", views.case, name="case"),
    path("<int:key>/files/<int:file>/", views.evidence, name="evidence"),
    path("<int:key>/forms/<slug:form>/", views.prepared, name="prepared"),
    path("<int:key>/pass/", views.decide, {"outcome": "pass"}, name="pass"),
    path("<int:key>/return/", views.decide, {"outcome": "return"}, name="return"),
    path("<int:key>/refuse/", views.decide, {"outcome": "refuse"}, name="refuse"),
    path("<int:key>/forward/", views.forward, name="forward"),
]
