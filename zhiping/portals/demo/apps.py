"""Registers the demo with Django; only the demo's and the tests' settings install it."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zhiping.portals.demo"
    label = "demo"
