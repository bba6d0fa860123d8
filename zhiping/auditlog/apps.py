"""Registers the room with Django."""

from django.apps import AppConfig


class AuditlogConfig(AppConfig):
    name = "zhiping.auditlog"
    label = "auditlog"
