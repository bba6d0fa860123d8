"""Registers the room with Django."""

from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "zhiping.committees"
    label = "committees"
