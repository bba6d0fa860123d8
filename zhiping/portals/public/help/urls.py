"""URLs of the help centre."""

from django.urls import path

from zhiping.portals.public.help import views

app_name = "help"
urlpatterns = [
    path("", views.index, name="index"),
    path("ask/", views.ask, name="ask"),
    path("asked/", views.asked, name="asked"),
    path("mine/", views.mine, name="mine"),
    path("mine/<int:key>/", views.thread, name="thread"),
    path("articles/<slug:slug>/", views.article, name="article"),
]
