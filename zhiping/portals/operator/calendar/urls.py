"""URLs of the working calendar."""

from django.urls import path

from zhiping.portals.operator.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.years, name="list"),
    path("<int:year>/", views.enter, name="enter"),
]
