"""URLs of posts before the post authority."""

from django.urls import path

from zhiping.portals.authority.posts import papers, views

app_name = "posts"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:key>/", views.show, name="show"),
    path("changes/<int:key>/", views.decide, name="decide"),
    path("forms/<int:key>/", papers.show, name="form"),
    path("forms/<int:key>/sheet.<str:kind>", papers.sheet, name="sheet"),
]
