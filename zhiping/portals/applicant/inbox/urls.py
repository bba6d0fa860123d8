"""URLs of the messages."""

from django.urls import path

from zhiping.portals.applicant.inbox import views

app_name = "inbox"
urlpatterns = [path("", views.inbox, name="list")]
