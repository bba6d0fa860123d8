"""Registers the room with Django."""

from django.apps import AppConfig


class AchievementsConfig(AppConfig):
    name = "zhiping.achievements"
    label = "achievements"

    def ready(self) -> None:
        """Register the periodic tasks."""
        from zhiping.achievements import tasks  # noqa: F401 — models must be loaded first
