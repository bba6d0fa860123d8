"""What may be kept."""

from django.db.models import TextChoices


class MediaType(TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


SCANS = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
PDF_ONLY = frozenset({MediaType.PDF})
PHOTOS = frozenset({MediaType.JPEG})
