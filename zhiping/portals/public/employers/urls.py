"""URLs of bringing an employer to the platform."""

from django.urls import path

from zhiping.portals.public.employers import views

app_name = "employers"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("join/", views.join, name="join"),
    path("letter/", views.letter, name="letter"),
]
