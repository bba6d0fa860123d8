"""URLs of the result pages."""

from django.urls import path

from zhiping.portals.authority.results import views

app_name = "results"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("certificates/<int:key>/revoke/", views.revoke, name="revoke"),
    path("certificates/<int:key>/correct/", views.correct, name="correct"),
]
