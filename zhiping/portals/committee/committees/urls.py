"""URLs of the committee pages."""

from django.urls import path

from zhiping.portals.committee.committees import views

app_name = "committees"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.create, name="create"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/members/<int:member>/remove/", views.remove_member, name="remove_member"),
]
