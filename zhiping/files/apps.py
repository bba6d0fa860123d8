"""Registers the room with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "zhiping.files"
    label = "files"

    def ready(self) -> None:
        """Register the room's tasks."""
        from zhiping.files import tasks  # noqa: F401 — models must be loaded first
