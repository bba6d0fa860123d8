"""URLs of the audit of hours."""

from django.urls import path

from zhiping.portals.employer.hours import views

app_name = "hours"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("shortfall/", views.shortfall, name="shortfall"),
    path("decide/", views.decide, name="decide"),
    path("records/<int:key>/", views.record, name="record"),
    path("records/<int:key>/files/<int:file>/", views.file, name="file"),
]
