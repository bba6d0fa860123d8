"""Registers the room with Django."""

from django.apps import AppConfig


class ContinuingEducationConfig(AppConfig):
    name = "zhiping.continuing_education"
    label = "continuing_education"
