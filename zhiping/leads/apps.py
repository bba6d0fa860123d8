"""Registers the room with Django."""

from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "zhiping.leads"
    label = "leads"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.leads import tasks  # noqa: F401
