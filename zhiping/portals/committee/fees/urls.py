"""URLs of the office's fees."""

from django.urls import path

from zhiping.portals.committee.fees import accounts, bills, schedules

app_name = "fees"
urlpatterns = [
    path("", schedules.index, name="index"),
    path("plans/<slug:slug>/", schedules.schedule, name="schedule"),
    path("plans/<slug:slug>/items/<slug:item>/", schedules.amount, name="amount"),
    path("bills/", bills.index, name="bills"),
    path("bills/<int:key>/", bills.show, name="bill"),
    path("bills/<int:key>/waive/", bills.waive, name="waive"),
    path("bills/<int:key>/check/", bills.check, name="check"),
    path("payments/<int:key>/refund/", bills.refund, name="refund"),
    path("refunds/", bills.refunds, name="refunds"),
    path("refunds/<int:key>/", bills.decide, name="decide"),
    path("accounts/", accounts.index, name="accounts"),
    path("accounts/<int:key>/", accounts.show, name="account"),
    path("accounts/differences/<int:key>/", accounts.resolve, name="resolve"),
]
