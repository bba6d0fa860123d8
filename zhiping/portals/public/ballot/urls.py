"""URL of the ballot."""

from django.urls import path

from zhiping.portals.public.ballot import views

app_name = "ballot"
urlpatterns = [path("", views.paper, name="paper")]
