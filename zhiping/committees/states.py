"""States and choices of committees, meetings, rounds."""

from django.db.models import TextChoices


class CommitteeState(TextChoices):
    DRAFT = "draft", "组建中"
    FILED = "filed", "已核准备案"
    WITHDRAWN = "withdrawn", "已撤销备案"


class Position(TextChoices):
    CHAIR = "chair", "主任委员"
    VICE_CHAIR = "vice_chair", "副主任委员"
    MEMBER = "member", "委员"


class MeetingState(TextChoices):
    """domain §9.5; a failed quorum returns the meeting to planned."""

    PLANNED = "planned", "筹备中"
    ROLL_CALL = "roll_call", "签到中"
    IN_SESSION = "in_session", "评审中"
    CLOSED = "closed", "已闭会"
    SIGNED = "signed", "记录已签署"


BEFORE_SESSION = frozenset({MeetingState.PLANNED, MeetingState.ROLL_CALL})
HELD = frozenset({MeetingState.IN_SESSION, MeetingState.CLOSED, MeetingState.SIGNED})


class Recommendation(TextChoices):
    """Group opinion (评议意见): advice to the meeting, never the decision (art. 21)."""

    STRONG = "strong", "重点推荐"
    NORMAL = "normal", "一般推荐"
    NONE = "none", "不推荐"


class RoundState(TextChoices):
    OPEN = "open", "投票中"
    CLOSED = "closed", "已计票"
    VOID = "void", "作废"


class Choice(TextChoices):
    AGREE = "agree", "同意"
    AGAINST = "against", "不同意"
    ABSTAIN = "abstain", "弃权"
