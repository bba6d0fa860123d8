"""URLs of the manuals."""

from django.urls import path

from zhiping.portals.public.manual import views

app_name = "manual"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>.pdf", views.pdf, name="pdf"),
    path("<slug:slug>/", views.show, name="show"),
]
