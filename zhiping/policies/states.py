"""States of a pack version."""

from django.db.models import TextChoices


class PackState(TextChoices):
    DRAFT = "draft", "草稿"
    OFFERED = "offered", "待他人复核发布"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被新版本取代"


USABLE = frozenset(
    {PackState.PUBLISHED, PackState.SUPERSEDED}
)  # a plan may stay pinned to a superseded version
