"""URLs of leads before the committee."""

from django.urls import path

from zhiping.portals.committee.leads import views

app_name = "leads"
urlpatterns = [
    path("", views.index, name="list"),
    path("<int:key>/", views.show, name="show"),
]
