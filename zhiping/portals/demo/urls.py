"""URLs that exist only in the demo."""

from django.urls import path

from zhiping.portals.demo import accounts, catalogue, moving, tour

app_name = "demo"
urlpatterns = [
    path("", accounts.logins, name="logins"),
    path("clock/", moving.move_clock, name="clock"),
    path("components/", catalogue.components, name="components"),
    path("login/<str:username>/", accounts.sign_in, name="sign-in"),
    path("tour/", tour.tour, name="tour"),
]
