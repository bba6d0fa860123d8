"""URLs of posts before the post authority."""

from django.urls import path

from zhiping.portals.authority.posts import views

app_name = "posts"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("changes/<int:key>/", views.decide, name="decide"),
]
