"""Registers the room with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "zhiping.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Register the platform's own tasks."""
        from zhiping.jobs import tasks  # noqa: F401 — models must be loaded first
