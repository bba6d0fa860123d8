"""Registers the room with Django."""

from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "zhiping.posts"
    label = "posts"

    def ready(self) -> None:
        """Register the tasks of this room."""
        from zhiping.posts import tasks  # noqa: F401
