"""Registers the room with Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "zhiping.kernel"
    label = "kernel"
