"""Registers the room with Django."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "zhiping.committees"
    label = "committees"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.committees import tasks  # noqa: F401
