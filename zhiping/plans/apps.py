"""Registers the room with Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "zhiping.plans"
    label = "plans"

    def ready(self) -> None:
        """Register the periodic task."""
        from zhiping.plans import tasks  # noqa: F401 — models must be loaded first
