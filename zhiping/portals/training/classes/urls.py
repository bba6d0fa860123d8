"""URLs of classes."""

from django.urls import path

from zhiping.portals.training.classes import views

app_name = "classes"
urlpatterns = [
    path("", views.class_list, name="list"),
    path("new/<int:course>/", views.create, name="create"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/close/", views.close, name="close"),
    path("sessions/<int:key>/wall/", views.wall, name="wall"),
    path("sessions/<int:key>/present/<int:seat>/", views.present, name="present"),
]
