"""Registers the room with Django."""

from django.apps import AppConfig


class HelpCentreConfig(AppConfig):
    name = "zhiping.help_centre"
    label = "help_centre"
