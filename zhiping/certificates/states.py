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
