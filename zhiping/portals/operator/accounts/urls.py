"""URLs of keeping bodies and accounts."""

from django.urls import path

from zhiping.portals.operator.accounts import bodies, people

app_name = "accounts"
urlpatterns = [
    path("", bodies.bodies, name="bodies"),
    path("bodies/new/", bodies.new_body, name="new_body"),
    path("bodies/<int:key>/", bodies.body, name="body"),
    path("bodies/<int:key>/staff/", people.new_staff, name="new_staff"),
    path("roles/<int:key>/end/", bodies.end, name="end"),
    path("people/", people.people, name="people"),
    path("people/<int:key>/", people.account, name="account"),
    path("people/<int:key>/link/", people.new_link, name="new_link"),
]
