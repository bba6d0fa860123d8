"""States of an application and of its steps. Where it is in the chain is rows, not states."""

from django.db.models import TextChoices


class ApplicationState(TextChoices):
    DRAFT = "draft", "草稿"
    IN_REVIEW = "in_review", "审核中"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "审核不通过"
    WITHDRAWN = "withdrawn", "已撤回"
    LAPSED = "lapsed", "逾期未补正"
    PAYMENT_PENDING = "payment_pending", "待缴费"
    PAYMENT_LAPSED = "payment_lapsed", "逾期未缴费"
    ACCEPTED = "accepted", "评委会办公室已受理"
    PRE_REVIEW_PUBLICITY = "pre_review_publicity", "评前公示"
    READY = "ready_for_review", "待评审"
    IN_COMMITTEE = "in_committee", "评审中"
    PASSED = "passed", "评审通过"
    NOT_PASSED = "not_passed", "评审未通过"
    RESULT_PUBLICITY = "result_publicity", "评后公示"
    SUSPENDED = "suspended", "异议核查"
    APPROVED = "approved", "核准发文"
    CERTIFIED = "certified", "已发证"
    REVOKED = "revoked", "已撤销"
    EXPELLED = "returned_fraud", "弄虚作假，材料退回"


EDITABLE = frozenset({ApplicationState.DRAFT, ApplicationState.RETURNED})
IN_CHAIN = frozenset({ApplicationState.IN_REVIEW, ApplicationState.RETURNED})
ENDED = frozenset(
    {
        ApplicationState.REFUSED,
        ApplicationState.WITHDRAWN,
        ApplicationState.LAPSED,
        ApplicationState.PAYMENT_LAPSED,
        ApplicationState.NOT_PASSED,
        ApplicationState.REVOKED,
        ApplicationState.EXPELLED,
    }
)
EXPELLABLE = IN_CHAIN | {
    ApplicationState.PAYMENT_PENDING,
    ApplicationState.ACCEPTED,
    ApplicationState.PRE_REVIEW_PUBLICITY,
    ApplicationState.READY,
    ApplicationState.PASSED,
    ApplicationState.RESULT_PUBLICITY,
    ApplicationState.SUSPENDED,
}
SUBMITTED = frozenset(ApplicationState) - {ApplicationState.DRAFT, ApplicationState.WITHDRAWN}


class StepState(TextChoices):
    WAITING = "waiting", "未到"
    OPEN = "open", "待审核"
    AUDITED = "audited", "已初审，待公示"
    PUBLICISED = "publicised", "单位公示中"
    PASSED = "passed", "已通过"
    RETURNED = "returned", "已退回，等申报人修改"
    REFUSED = "refused", "不通过"


HOLDING = frozenset({StepState.OPEN, StepState.AUDITED, StepState.PUBLICISED})  # the desk has the case
ACTIVE = HOLDING | {StepState.RETURNED}  # the case stands at this step
REACHED = frozenset(StepState) - {StepState.WAITING}


class SectionKey(TextChoices):
    """Pages of a draft in their order (R-080)."""

    PHOTO = "photo", "上传证件照"
    INTEGRITY = "integrity", "个人承诺"
    FORM = "form", "填写申报信息"
    ACHIEVEMENTS = "achievements", "选择相关业绩"
    SCORE = "score", "量化自评分"
    REFERRAL = "referral", "推荐与破格材料"
    ATTACHMENTS = "attachments", "上传相关附件"
    CHECK = "check", "预览确认提交"


class Outcome(TextChoices):
    PASS = "pass", "通过"
    RETURN = "return", "退回"
    REFUSE = "refuse", "不通过"


class SigningMethod(TextChoices):
    PHONE = "phone", "手机扫码手写"
    SCREEN = "screen", "本机手写"


class PlaceKind(TextChoices):
    """What a reason of a return can be bound to."""

    FIELD = "field", "栏目"
    FILE = "file", "附件"
    ITEM = "item", "业绩"
