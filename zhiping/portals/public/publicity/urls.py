"""URLs of public lists."""

from django.urls import path

from zhiping.portals.public.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.index, name="list"),
    path("answer/", views.answer, name="answer"),
    path("<str:code>/", views.show, name="show"),
    path("<str:code>/objection/", views.objection, name="objection"),
]
