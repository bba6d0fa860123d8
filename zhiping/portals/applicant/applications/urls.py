"""URLs of the applicant's applications."""

from django.urls import path

from zhiping.portals.applicant.applications import (
    attaching,
    check,
    forms_to_sign,
    picking,
    sections,
    signing,
    views,
)

app_name = "applications"
urlpatterns = [
    path("", views.index, name="list"),
    path("start/<slug:slug>/", views.start, name="start"),
    path("<int:key>/", views.show, name="show"),
    path("<int:key>/photo/", sections.photo, name="photo"),
    path("<int:key>/integrity/", signing.integrity, name="integrity"),
    path("<int:key>/integrity/code/", signing.code, name="code"),
    path("<int:key>/integrity/take-over/", signing.take_over, name="take_over"),
    path("<int:key>/form/", sections.form, name="form"),
    path("<int:key>/achievements/", picking.achievements, name="achievements"),
    path("<int:key>/score/", picking.score, name="score"),
    path("<int:key>/referral/", sections.referral, name="referral"),
    path("<int:key>/attachments/", attaching.attachments, name="attachments"),
    path("<int:key>/attachments/<str:slot>/", attaching.attach, name="attach"),
    path("<int:key>/attachments/<str:slot>/<int:file>/remove/", attaching.detach, name="detach"),
    path("<int:key>/forms/<slug:form>/", forms_to_sign.prepared, name="prepared"),
    path("<int:key>/check/", check.check, name="check"),
    path("<int:key>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:key>/receipt/", views.receipt, name="receipt"),
    path("<int:key>/files/<int:file>/", views.file, name="file"),
]
