"""URLs of the employer's registration."""

from django.urls import path

from zhiping.portals.employer.registration import clerks, views

app_name = "registration"
urlpatterns = [
    path("", views.registration, name="show"),
    path("letters/<int:key>/", views.letter_file, name="letter"),
    path("clerks/", clerks.clerks, name="clerks"),
    path("clerks/requests/<int:key>/", clerks.answer, name="answer"),
    path("clerks/<int:key>/end/", clerks.end, name="end"),
    path("clerks/hand-over/", clerks.hand_over, name="hand_over"),
]
