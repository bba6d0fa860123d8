"""Registers the room with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "zhiping.organisations"
    label = "organisations"
