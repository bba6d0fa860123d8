"""URLs of the plan administration."""

from django.urls import path

from zhiping.portals.committee.plans import acts, packs, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("rules/", packs.pack_list, name="packs"),
    path("rules/<int:number>/", packs.pack_detail, name="pack"),
    path("rules/<int:number>/edit/", packs.pack_new, name="pack_edit"),
    path("rules/<int:number>/act/<slug:verb>/", packs.pack_act, name="pack_act"),
    path("rules/<int:number>/compare/<int:other>/", packs.pack_compare, name="pack_compare"),
    path("<slug:slug>/", views.plan_detail, name="detail"),
    path("<slug:slug>/roll-over/", views.roll_over, name="roll_over"),
    path("<slug:slug>/basics/", views.basics, name="basics"),
    path("<slug:slug>/windows/<str:step>/", views.window, name="window"),
    path("<slug:slug>/confirm/", acts.confirm, name="confirm"),
    path("<slug:slug>/act/<slug:verb>/", acts.act, name="act"),
    path("<slug:slug>/files/", acts.attach, name="attach"),
    path("<slug:slug>/files/<int:number>/remove/", acts.detach, name="detach"),
]
