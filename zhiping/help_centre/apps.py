"""Registers the room with Django."""

from django.apps import AppConfig


class HelpCentreConfig(AppConfig):
    name = "zhiping.help_centre"
    label = "help_centre"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.help_centre import tasks  # noqa: F401
