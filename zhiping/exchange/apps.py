"""Registers the room with Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "zhiping.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.exchange import tasks  # noqa: F401
