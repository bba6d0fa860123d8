"""URLs of verification."""

from django.urls import path

from zhiping.portals.public.verify import views

app_name = "verify"
urlpatterns = [
    path("", views.index, name="index"),
    path("file/", views.file, name="file"),
    path("<str:code>/", views.by_code, name="by_code"),
]
