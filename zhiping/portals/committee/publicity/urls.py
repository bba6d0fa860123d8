"""URLs of the publicity pages."""

from django.urls import path

from zhiping.portals.committee.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/<int:plan>/<slug:kind>/", views.post, name="post"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/settle/", views.settle, name="settle"),
    path("<int:key>/objections/new/", views.record_objection, name="record_objection"),
    path("objections/<int:key>/", views.decide, name="decide"),
]
