"""URLs of the employer's publicity."""

from django.urls import path

from zhiping.portals.employer.publicity import views

app_name = "publicity"
urlpatterns = [
    path("", views.index, name="list"),
    path("new/<int:plan>/", views.create, name="create"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/sheet.<str:kind>", views.sheet, name="sheet"),
    path("<int:key>/cancel/", views.cancel, name="cancel"),
    path("<int:key>/objections/new/", views.record, name="record"),
    path("objections/<int:key>/", views.objection, name="objection"),
]
