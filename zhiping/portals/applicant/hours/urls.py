"""URLs of one's own hours."""

from django.urls import path

from zhiping.portals.applicant.hours import cards, classes, registering, study, views

app_name = "hours"
urlpatterns = [
    path("", views.index, name="index"),
    path("ahead/", views.ahead, name="ahead"),
    path("years/<int:year>/", views.year, name="year"),
    path("years/<int:year>/card/", cards.order, name="order_card"),
    path("cards/<int:key>.pdf", cards.download, name="card"),
    path("study/", study.courses, name="study"),
    path("study/<int:key>/", study.course, name="study_course"),
    path("study/lessons/<int:key>/", study.lesson, name="lesson"),
    path("study/lessons/<int:key>/progress/", study.progress, name="progress"),
    path("study/lessons/<int:key>/answers/", study.answers, name="answers"),
    path("study/lessons/<int:key>/file/", study.file, name="lesson_file"),
    path("classes/", classes.classes, name="classes"),
    path("classes/<int:key>/enrol/", classes.enrol, name="enrol"),
    path("check-in/<int:key>/<str:code>/", classes.check_in, name="check_in"),
    path("conversions/", views.conversions, name="conversions"),
    path("new/", registering.create, name="create"),
    path("records/<int:key>/", views.show, name="show"),
    path("records/<int:key>/mend/", registering.mend, name="mend"),
    path("records/<int:key>/withdraw/", registering.withdraw, name="withdraw"),
]
