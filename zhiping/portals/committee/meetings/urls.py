"""URLs of the meeting pages."""

from django.urls import path

from zhiping.portals.committee.meetings import rounds, views

app_name = "meetings"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.create, name="create"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/agenda/", views.agenda, name="agenda"),
    path("<int:key>/cases/<int:case>/remove/", views.remove_case, name="remove_case"),
    path("<int:key>/roll/", views.roll, name="roll"),
    path("<int:key>/recusals/new/", views.recuse, name="recuse"),
    path("<int:key>/do/<slug:verb>/", views.act, name="act"),
    path("<int:key>/minutes/", views.minutes, name="minutes"),
    path("<int:key>/rounds/open/", rounds.open_all, name="open_rounds"),
    path("rounds/<int:key>/", rounds.show, name="round"),
    path("rounds/<int:key>/void/", rounds.make_void, name="void_round"),
    path("rounds/<int:key>/recount/", rounds.check, name="recount"),
]
