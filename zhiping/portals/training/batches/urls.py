"""URLs of the registration of hours."""

from django.urls import path

from zhiping.portals.training.batches import records, sheets, signed

app_name = "batches"
urlpatterns = [
    path("", sheets.index, name="list"),
    path("template.xlsx", sheets.template, name="template"),
    path("sheets/<int:key>/", sheets.show, name="sheet"),
    path("sheets/<int:key>/marked.xlsx", sheets.marked_copy, name="marked"),
    path("sheets/<int:key>/confirm/", sheets.confirm, name="confirm"),
    path("signed/", signed.signed, name="signed"),
    path("keys/", signed.add_key, name="add_key"),
    path("keys/<int:key>/revoke/", signed.revoke_key, name="revoke_key"),
    path("<int:key>/", records.batch, name="batch"),
    path("records/<int:key>/", records.record, name="record"),
]
