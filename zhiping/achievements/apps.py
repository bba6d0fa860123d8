"""Registers the room with Django."""

from django.apps import AppConfig


class AchievementsConfig(AppConfig):
    name = "zhiping.achievements"
    label = "achievements"
