"""URLs of an institution's posts."""

from django.urls import path

from zhiping.portals.employer.posts import views

app_name = "posts"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("figures/", views.figures, name="figures"),
    path("pooled/", views.pooled, name="pooled"),
    path("exchange/", views.exchange, name="exchange"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:key>/withdraw/", views.withdraw, name="withdraw"),
]
