"""URLs of the outside systems."""

from django.urls import path

from zhiping.portals.operator.gateways import views

app_name = "gateways"
urlpatterns = [path("", views.index, name="list")]
