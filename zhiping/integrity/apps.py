"""Registers the room with Django."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "zhiping.integrity"
    label = "integrity"
