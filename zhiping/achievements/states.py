"""States of a version of the archive or the profile (domain §9.1)."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待单位审核"
    APPROVED = "approved", "单位审核通过"
    RETURNED = "returned", "单位退回"
    REJECTED = "rejected", "单位审核不通过"


OPEN = frozenset({VersionState.DRAFT, VersionState.SUBMITTED})
DECIDED = frozenset({VersionState.APPROVED, VersionState.RETURNED, VersionState.REJECTED})
