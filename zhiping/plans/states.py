"""States of a plan (domain §9.3) and the words of its rows."""

from django.db.models import TextChoices


class PlanState(TextChoices):
    DRAFT = "draft", "草稿"
    PROPOSED = "proposed", "待他人复核发布"
    PUBLISHED = "published", "已发布"
    OPEN = "open", "申报中"
    CLOSED = "closed", "申报已截止"
    UNDER_REVIEW = "under_review", "评审中"
    RESULT_PUBLICITY = "result_publicity", "评后公示"
    ISSUED = "issued", "已发文"
    ARCHIVED = "archived", "已归档"
    SUSPENDED = "suspended", "已暂停"


BEFORE_PUBLICATION = frozenset({PlanState.DRAFT, PlanState.PROPOSED})
ACCEPTING = frozenset({PlanState.PUBLISHED, PlanState.OPEN})
PUBLIC = frozenset(PlanState) - BEFORE_PUBLICATION


class TitleLevel(TextChoices):
    """Levels of a title, as packs name them; 高级 is both senior levels, 初级 the two lowest."""

    SENIOR_FULL = "senior_full", "正高级"
    SENIOR_ASSOCIATE = "senior_associate", "副高级"
    INTERMEDIATE = "intermediate", "中级"
    ASSISTANT = "assistant", "助理级"
    TECHNICIAN = "technician", "员级"


LEVEL_GROUPS = {
    "senior": ("高级职称评审", (TitleLevel.SENIOR_FULL, TitleLevel.SENIOR_ASSOCIATE)),
    "intermediate": ("中级职称评审", (TitleLevel.INTERMEDIATE,)),
    "junior": ("初级职称评审", (TitleLevel.ASSISTANT, TitleLevel.TECHNICIAN)),
}


class TitleResult(TextChoices):
    """What this committee's vote gives (R-383)."""

    TITLE = "title", "评定"
    RECOMMENDATION = "recommendation", "推荐"
    ENTRUSTED = "entrusted", "委托评审"
    INITIAL = "initial", "初定"
