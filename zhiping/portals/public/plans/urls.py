"""URLs of the plans for everyone."""

from django.urls import path

from zhiping.portals.public.plans import precheck, views

app_name = "plans"
urlpatterns = [
    path("", views.plan_list, name="list"),
    path("<slug:slug>/", views.plan_detail, name="detail"),
    path("<slug:slug>/precheck/", precheck.precheck, name="precheck"),
    path("<slug:slug>/files/<int:number>/", views.attachment, name="attachment"),
]
