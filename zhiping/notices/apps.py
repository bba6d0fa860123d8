"""Registers the room with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "zhiping.notices"
    label = "notices"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.notices import tasks  # noqa: F401
