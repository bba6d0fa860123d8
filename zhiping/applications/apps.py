"""Registers the room with Django."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "zhiping.applications"
    label = "applications"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.applications import tasks  # noqa: F401
