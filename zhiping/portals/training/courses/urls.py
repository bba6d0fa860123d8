"""URLs of courses."""

from django.urls import path

from zhiping.portals.training.courses import lessons, views

app_name = "courses"
urlpatterns = [
    path("", views.course_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/edit/", views.edit, name="edit"),
    path("<int:key>/lessons/", lessons.lessons, name="lessons"),
    path("lessons/<int:key>/drop/", lessons.drop, name="drop_lesson"),
    path("lessons/<int:key>/file/", lessons.file, name="lesson_file"),
    path("<int:key>/submit/", views.submit, name="submit"),
    path("<int:key>/close/", views.close, name="close"),
]
