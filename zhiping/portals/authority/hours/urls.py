"""URLs of the audit of hours."""

from django.urls import path

from zhiping.portals.authority.hours import courses, views

app_name = "hours"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("courses/<int:key>/", courses.course, name="course"),
    path("lessons/<int:key>/", courses.lesson, name="lesson"),
    path("shortfall/", views.shortfall, name="shortfall"),
    path("decide/", views.decide, name="decide"),
    path("records/<int:key>/", views.record, name="record"),
    path("records/<int:key>/files/<int:file>/", views.file, name="file"),
]
