"""Categories of hours, where records and courses stand, and how far a record can be trusted."""

from django.db.models import TextChoices


class HourCategory(TextChoices):
    """Subjects of 人社部令第25号; the undivided total occurs only on old hour cards."""

    PROFESSIONAL = "professional", "专业科目"
    PUBLIC_INDUSTRY = "public_industry", "行业公需科目"
    PUBLIC_GENERAL = "public_general", "一般公需科目"
    TOTAL = "total", "未分科目（历史学时）"


TAUGHT = (HourCategory.PROFESSIONAL, HourCategory.PUBLIC_INDUSTRY, HourCategory.PUBLIC_GENERAL)
TAUGHT_CHOICES = [(each.value, each.label) for each in TAUGHT]


class CourseState(TextChoices):
    DRAFT = "draft", "未提交"
    SUBMITTED = "submitted", "待主管部门审核"
    OFFERED = "offered", "已备案，可登记学时"
    RETURNED = "returned", "退回修改"
    CLOSED = "closed", "已停开"


class RecordState(TextChoices):
    SUBMITTED = "submitted", "待单位审核"
    PASSED = "passed", "待主管部门审核"
    ENTERED = "entered", "已入账"
    RETURNED = "returned", "退回修改"
    REJECTED = "rejected", "不予登记"
    WITHDRAWN = "withdrawn", "已撤回"
    REPLACED = "replaced", "已由新版本代替"
    REVOKED = "revoked", "已撤销"


LIVE = frozenset({RecordState.SUBMITTED, RecordState.PASSED, RecordState.ENTERED, RecordState.RETURNED})
WAITING = frozenset({RecordState.SUBMITTED, RecordState.PASSED})


class BatchState(TextChoices):
    RECEIVED = "received", "已接收"
    ENTERED = "entered", "已入账"


class Origin(TextChoices):
    """How a record came into the ledger."""

    SHEET = "sheet", "机构表格登记"
    SIGNED_BATCH = "signed_batch", "机构签名批次"
    CLASS = "class", "班次签到"
    SELF_STUDY = "self_study", "在线自学"
    PERSON = "person", "本人申报登记"
    HISTORY = "history", "历史学时转入"


class Trust(TextChoices):
    """How far a record can be trusted, and why; it follows from the origin."""

    MEASURED = "measured", "平台记录"
    SIGNED = "signed", "机构签名"
    PROVIDER = "provider", "机构登记"
    AUDITED = "audited", "单位和主管部门审核"
    CARD = "card", "学时卡，单位审核"


TRUST_OF: dict[str, Trust] = {
    Origin.SHEET: Trust.PROVIDER,
    Origin.SIGNED_BATCH: Trust.SIGNED,
    Origin.CLASS: Trust.MEASURED,
    Origin.SELF_STUDY: Trust.MEASURED,
    Origin.PERSON: Trust.AUDITED,
    Origin.HISTORY: Trust.CARD,
}


class ClassState(TextChoices):
    OPEN = "open", "开放报名"
    CLOSED = "closed", "已结班"


class LessonKind(TextChoices):
    TEXT = "text", "图文"
    PDF = "pdf", "PDF 讲义"
    VIDEO = "video", "视频"
