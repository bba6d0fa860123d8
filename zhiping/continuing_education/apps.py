"""Registers the room with Django."""

from django.apps import AppConfig


class ContinuingEducationConfig(AppConfig):
    name = "zhiping.continuing_education"
    label = "continuing_education"

    def ready(self) -> None:
        from zhiping.continuing_education import tasks  # noqa: F401 - registers the periodic tasks
