"""URLs of continuing education for everybody."""

from django.urls import path

from zhiping.portals.public.hours import views

app_name = "hours"
urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("courses/", views.courses, name="courses"),
]
