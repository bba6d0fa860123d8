"""What may be kept."""

from django.db.models import TextChoices


class MediaType(TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    MP4 = "video/mp4", "MP4 视频"


SCANS = frozenset({MediaType.PDF, MediaType.JPEG, MediaType.PNG})
PDF_ONLY = frozenset({MediaType.PDF})
VIDEOS = frozenset({MediaType.MP4})
PHOTOS = frozenset({MediaType.JPEG})
