"""States of a version of the archive or the profile (domain §9.1), and what a scan was found to be."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待单位审核"
    APPROVED = "approved", "单位审核通过"
    RETURNED = "returned", "单位退回"
    REJECTED = "rejected", "单位审核不通过"


OPEN = frozenset({VersionState.DRAFT, VersionState.SUBMITTED})
DECIDED = frozenset({VersionState.APPROVED, VersionState.RETURNED, VersionState.REJECTED})


class PaperKind(TextChoices):
    """What the unit found a scan to be when it had the paper before it (R-281)."""

    COPY = "copy", "复印件，已与原件核对无误"
    ORIGINAL = "original", "原件的扫描件或电子件"


VERIFIED = "核对无误"  # the words that a checked copy carries


class Outcome(TextChoices):
    """What came of asking a register."""

    WAITING = "waiting", "正在查"
    FOUND = "found", "已查到"
    NOTHING = "nothing", "没有查到"
    PARTIAL = "partial", "只查到一部分"
    NAME_DIFFERS = "name_differs", "姓名与证件号码不一致"
    UNREACHABLE = "unreachable", "暂时连不上"
    WRONG = "wrong", "答复有误，没有采用"


ASK_AGAIN = frozenset({Outcome.PARTIAL, Outcome.UNREACHABLE, Outcome.WRONG})


class Answer(TextChoices):
    """What the person said to a found record."""

    OPEN = "open", "等您确认"
    TAKEN = "taken", "已采用"
    LEFT = "left", "不采用"
