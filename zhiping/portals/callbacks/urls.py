"""URLs that outside systems call."""

from django.urls import path

from zhiping.portals.callbacks import payment

app_name = "callbacks"
urlpatterns = [path("payment/", payment.notice, name="payment")]
