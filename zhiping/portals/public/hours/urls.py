"""URLs of continuing education for everybody."""

from django.urls import path

from zhiping.portals.public.hours import views

app_name = "hours"
urlpatterns = [
    path("contacts/", views.contacts, name="contacts"),
    path("card/<str:code>/", views.card, name="card"),
    path("courses/", views.courses, name="courses"),
]
