"""Levels of posts, kinds of changes, outcomes of a competition, and the states of everything that moves."""

from django.db.models import TextChoices

from zhiping.organisations.states import OrganisationKind

AUTHORITY_KINDS = frozenset({OrganisationKind.HR_AUTHORITY, OrganisationKind.INDUSTRY_AUTHORITY})


class PostGroup(TextChoices):
    """A level of professional posts as both printed forms name it."""

    SENIOR_FULL = "senior_full", "正高级"
    SENIOR_ASSOCIATE = "senior_associate", "副高级"
    INTERMEDIATE = "intermediate", "中级"
    JUNIOR = "junior", "初级及未定级"


GROUP_OF_TITLE = {
    "senior_full": PostGroup.SENIOR_FULL,
    "senior_associate": PostGroup.SENIOR_ASSOCIATE,
    "intermediate": PostGroup.INTERMEDIATE,
    "assistant": PostGroup.JUNIOR,
    "technician": PostGroup.JUNIOR,
}


class LedgerState(TextChoices):
    NEW = "new", "待首次核准"
    IN_FORCE = "in_force", "已核准"


class ChangeKind(TextChoices):
    FIGURES = "figures", "岗位数据变动"
    POOLED = "pooled", "使用县域统筹岗位"
    EXCHANGE = "exchange", "退出换进"


class ChangeState(TextChoices):
    PROPOSED = "proposed", "待核准"
    POOL_SIGNED = "pool_signed", "统筹部门已签署，待核准"
    APPROVED = "approved", "已核准"
    RETURNED = "returned", "已退回"
    WITHDRAWN = "withdrawn", "单位已撤回"


OPEN_CHANGES = frozenset({ChangeState.PROPOSED, ChangeState.POOL_SIGNED})


class CompetitionState(TextChoices):
    OPEN = "open", "竞聘中"
    CONCLUDED = "concluded", "结果已确定"
    VOID = "void", "已作废"


class Outcome(TextChoices):
    """What a competition decided on a person."""

    DIRECT = "direct", "已有资格，直接聘任"
    REVIEW = "review", "同意推荐参加评审"
    INITIAL = "initial", "同意申报初定"
    NOT_CHOSEN = "not_chosen", "未竞聘上岗"


CHOSEN = frozenset({Outcome.DIRECT, Outcome.REVIEW, Outcome.INITIAL})
RECOMMENDED = frozenset({Outcome.REVIEW, Outcome.INITIAL})


class ReservationState(TextChoices):
    RESERVED = "reserved", "已占用空缺"
    FILLED = "filled", "已聘任"
    RELEASED = "released", "已释放"


LIVE = frozenset({ReservationState.RESERVED, ReservationState.FILLED})


class FormVariant(TextChoices):
    """The two printed forms, by the name that packs give them in `posts.form`."""

    HANGZHOU = "POST_FORM_HZ_MID", "杭州版（中级评审和初定）"
    ANJI = "POST_FORM_AJ", "安吉版（各级评审）"


class FormState(TextChoices):
    SUBMITTED = "submitted", "待岗位管理部门签章"
    POOL_SIGNED = "pool_signed", "统筹部门已签署，待签章"
    SEALED = "sealed", "已签章"
    RETURNED = "returned", "已退回"
    REPLACED = "replaced", "已由新表代替"


WAITING_FORMS = frozenset({FormState.SUBMITTED, FormState.POOL_SIGNED})


class StatementState(TextChoices):
    ISSUED = "issued", "已出具"
    REVOKED = "revoked", "已收回"


class CheckState(TextChoices):
    """How a question to 浙江省事业单位人事工资管理服务系统 ended."""

    WAITING = "waiting", "正在核对"
    SAME = "same", "与省系统一致"
    DIFFERENT = "different", "与省系统不一致"
    FAILED = "failed", "省系统暂时没有回答"
