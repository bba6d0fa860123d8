"""States of publicities and objections (domain §9.5)."""

from django.db.models import TextChoices


class PublicityKind(TextChoices):
    EMPLOYER = "employer", "单位公示"
    PRE_REVIEW = "pre_review", "评前公示"
    RESULT = "result", "评后公示"


class PublicityState(TextChoices):
    OPEN = "open", "公示中"
    OBJECTED = "objected", "公示期满，异议核查中"
    CLEAN = "clean", "公示期满，无异议"
    RESOLVED = "resolved", "公示期满，异议已处理"
    CANCELLED = "cancelled", "已撤下"


ENDED = frozenset({PublicityState.CLEAN, PublicityState.RESOLVED})
RUNNING = frozenset({PublicityState.OPEN, PublicityState.OBJECTED})


class ObjectionState(TextChoices):
    FILED = "filed", "已收到"
    ACCEPTED = "accepted", "核查中"
    UPHELD = "upheld", "属实"
    DISMISSED = "dismissed", "不成立"


UNDECIDED = frozenset({ObjectionState.FILED, ObjectionState.ACCEPTED})


class Channel(TextChoices):
    """How an objection reached the publicising body."""

    ONLINE = "online", "网上提交"
    LETTER = "letter", "来信"
    PHONE = "phone", "来电"
    VISIT = "visit", "当面反映"
