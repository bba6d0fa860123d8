"""States of records and appeals, and in which part somebody was found."""

from django.db.models import TextChoices


class RecordState(TextChoices):
    PROPOSED = "proposed", "待复核"
    IN_FORCE = "in_force", "已认定"
    DISCARDED = "discarded", "不予认定"
    LIFTED = "lifted", "申诉成立，已撤销"


class AppealState(TextChoices):
    FILED = "filed", "待处理"
    UPHELD = "upheld", "申诉成立"
    DISMISSED = "dismissed", "申诉不成立"


class Part(TextChoices):
    """As what the person or body acted."""

    APPLICANT = "applicant", "申报人"
    EMPLOYER = "employer", "用人单位"
    EXPERT = "expert", "评审专家"
    STAFF = "staff", "工作人员"
