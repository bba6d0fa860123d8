"""Registers the room with Django."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "zhiping.certificates"
    label = "certificates"
