"""URLs of the interface. Addresses of operations end without a slash."""

from django.urls import path

from zhiping.portals.api import certificates, hours, plans
from zhiping.portals.api.gate import endpoint
from zhiping.portals.api.tokens import token
from zhiping.portals.api.views import nowhere, openapi

app_name = "api"
urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("token", token, name="token"),
    path("v1/hour-batches", endpoint(hours.list_batches, hours.push_hours), name="hour_batches"),
    path("v1/certificates/verify", endpoint(certificates.verify_certificate), name="verify"),
    path("v1/plans", endpoint(plans.list_plans), name="plans"),
    path("v1/plans/<str:slug>/results", endpoint(plans.list_results), name="results"),
    path("v1/plans/<str:slug>/statistics", endpoint(plans.count_plan), name="statistics"),
    path("<path:rest>", nowhere, name="nowhere"),
]
