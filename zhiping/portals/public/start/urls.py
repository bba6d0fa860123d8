"""URLs after sign-in."""

from django.urls import path

from zhiping.portals.public.start import views

urlpatterns = [
    path("", views.start, name="start"),
    path("choose/", views.choose, name="choose"),
    path("requests/<int:key>/", views.answer, name="answer"),
]
