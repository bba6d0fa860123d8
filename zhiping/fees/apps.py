"""Registers the room with Django."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "zhiping.fees"
    label = "fees"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.fees import tasks  # noqa: F401
