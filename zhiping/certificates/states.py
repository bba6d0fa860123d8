"""States of reports, certificates and paper forms."""

from django.db.models import TextChoices


class ReportState(TextChoices):
    REPORTED = "reported", "已上报，待核准"
    RETURNED = "returned", "退回重报"
    ISSUED = "issued", "已发文"


class CertificateState(TextChoices):
    PENDING = "pending", "正在生成"
    VALID = "valid", "有效"
    SUPERSEDED = "superseded", "已更正换发"
    REVOKED = "revoked", "已撤销"


class PaperEvent(TextChoices):
    """What happened to the paper review form (R-306…R-319)."""

    EXPORTED = "exported", "已导出"
    RECEIVED = "received", "已收到纸质表"
    ARCHIVED = "archived", "已归档"
    RETURNED = "returned", "已退回，存入个人档案"


class HandoverState(TextChoices):
    SENT = "sent", "已移交，待核收"
    CONFIRMED = "confirmed", "已核收"
    DIFFERING = "differing", "已核收，有差异"
    CANCELLED = "cancelled", "已作废"


class LineAnswer(TextChoices):
    """What the receiving body found of one line of a hand-over list."""

    WAITING = "waiting", "待核收"
    RECEIVED = "received", "相符，已收"
    DIFFERS = "differs", "有差异，退回移交单位"
    MISSING = "missing", "没有收到"
    CANCELLED = "cancelled", "清单已作废"


LIVE_LINES = frozenset({LineAnswer.WAITING, LineAnswer.RECEIVED})  # the paper has left the sender
