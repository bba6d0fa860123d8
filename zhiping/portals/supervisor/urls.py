"""URLs of the supervisors' portal."""

from django.urls import path

from zhiping.portals.supervisor import views

app_name = "supervisor"
urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/<int:key>/", views.meeting, name="meeting"),
    path("results/", views.results, name="results"),
    path("objections/", views.objections, name="objections"),
    path("objections/<int:key>/", views.objection, name="objection"),
]
