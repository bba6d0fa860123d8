"""Registers the room with Django."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "zhiping.certificates"
    label = "certificates"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.certificates import tasks  # noqa: F401
