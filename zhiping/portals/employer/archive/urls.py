"""URLs of the archive audit."""

from django.urls import path

from zhiping.portals.employer.archive import deciding, views

app_name = "archive"
urlpatterns = [
    path("", views.index, name="index"),
    path("people/<int:key>/", views.person, name="person"),
    path("people/<int:key>/photo/", views.photo, name="photo"),
    path("people/<int:key>/profile/", deciding.decide_profile, name="decide_profile"),
    path("people/<int:key>/items/", deciding.decide_several, name="decide_several"),
    path("items/<int:key>/", views.item, name="item"),
    path("items/<int:key>/decide/", deciding.decide_one, name="decide_one"),
    path("items/<int:key>/files/<int:file>/", views.file, name="file"),
]
