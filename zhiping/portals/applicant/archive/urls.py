"""URLs of the archive."""

from django.urls import path

from zhiping.portals.applicant.archive import editing, registers, views

app_name = "archive"
urlpatterns = [
    path("", views.index, name="index"),
    path("auto/", registers.auto, name="auto"),
    path("auto/ask/", registers.ask, name="ask"),
    path("auto/<int:key>/", registers.found, name="found"),
    path("bin/", views.recycle_bin, name="bin"),
    path("preview/", views.preview, name="preview"),
    path("files/<int:key>/", views.file, name="file"),
    path("items/<int:key>/", views.show, name="show"),
    path("items/<int:key>/edit/", editing.edit, name="edit"),
    path("items/<int:key>/<str:act>/", editing.act, name="act"),
    path("<str:category>/", views.category_list, name="category"),
    path("<str:category>/new/", editing.create, name="create"),
]
