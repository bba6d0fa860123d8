"""URLs of what is sent out."""

from django.urls import path

from zhiping.portals.operator.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.log, name="log"),
    path("templates/", views.templates, name="templates"),
    path("<int:key>/again/", views.again, name="again"),
]
