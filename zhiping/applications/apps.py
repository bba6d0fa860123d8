"""Registers the room with Django."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zhiping.applications"
    label = "applications"
