"""URLs of keeping systems of other bodies."""

from django.urls import path

from zhiping.portals.operator.clients import deliveries, views

app_name = "clients"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.new, name="new"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/endpoints/", views.add_endpoint, name="add_endpoint"),
    path("endpoints/<int:key>/off/", views.switch_off, name="switch_off"),
    path("deliveries/", deliveries.index, name="deliveries"),
    path("deliveries/<int:key>/replay/", deliveries.replay, name="replay"),
]
