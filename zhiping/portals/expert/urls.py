"""URLs of the expert's portal."""

from django.urls import path

from zhiping.portals.expert import views

app_name = "expert"
urlpatterns = [
    path("", views.index, name="index"),
    path("meetings/<int:key>/", views.meeting, name="meeting"),
    path("cases/<int:key>/", views.case, name="case"),
    path("cases/<int:key>/recuse/", views.recuse, name="recuse"),
    path("cases/<int:key>/files/<int:file>/", views.file, name="file"),
]
