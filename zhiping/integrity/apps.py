"""Registers the room with Django."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "zhiping.integrity"
    label = "integrity"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.integrity import tasks  # noqa: F401
