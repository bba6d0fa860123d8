"""URLs of 个人基本信息."""

from django.urls import path

from zhiping.portals.applicant.profile import views

app_name = "profile"
urlpatterns = [
    path("", views.show, name="show"),
    path("edit/", views.edit, name="edit"),
    path("<str:act>/", views.act, name="act"),
]
