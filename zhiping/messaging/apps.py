"""Registers the room with Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "zhiping.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.messaging import tasks  # noqa: F401
