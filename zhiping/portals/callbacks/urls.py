"""URLs that outside systems call."""

from django.urls import path

from zhiping.portals.callbacks import payment, sms

app_name = "callbacks"
urlpatterns = [
    path("payment/", payment.notice, name="payment"),
    path("sms/reports/", sms.report, name="sms"),
]
