"""Registers the room with Django."""

from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "zhiping.lifecycle"
    label = "lifecycle"
