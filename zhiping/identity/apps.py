"""Registers the room with Django."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "zhiping.identity"
    label = "identity"
