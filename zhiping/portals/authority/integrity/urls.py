"""URLs of integrity records before the HR authorities."""

from django.urls import path

from zhiping.portals.authority.integrity import views

app_name = "integrity"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/", views.propose, name="propose"),
    path("<int:key>/", views.show, name="show"),
    path("appeals/<int:key>/", views.appeal, name="appeal"),
]
