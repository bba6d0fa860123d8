"""Registers the room with Django."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "zhiping.policies"
    label = "policies"
