"""URLs of the paper pages."""

from django.urls import path

from zhiping.portals.committee.paper import views

app_name = "paper"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:code>/", views.show, name="show"),
]
