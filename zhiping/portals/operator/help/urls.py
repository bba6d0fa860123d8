"""URLs of answering questions."""

from django.urls import path

from zhiping.portals.operator.help import views

app_name = "help"
urlpatterns = [
    path("", views.questions, name="list"),
    path("<int:key>/", views.question, name="show"),
    path("<int:key>/close/", views.close, name="close"),
]
