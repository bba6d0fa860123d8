"""URLs of the result pages."""

from django.urls import path

from zhiping.portals.committee.results import views

app_name = "results"
urlpatterns = [
    path("", views.index, name="index"),
    path("plans/<int:plan>/", views.report, name="report"),
    path("certificates/", views.register, name="register"),
    path("certificates/<int:key>/file/", views.download, name="download"),
]
