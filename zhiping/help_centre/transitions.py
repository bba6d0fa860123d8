"""Arrows of questions."""

from zhiping.help_centre import access
from zhiping.help_centre.states import QuestionState
from zhiping.lifecycle.moving import Transition

ANSWER = Transition(
    "question.answer",
    "答复",
    frozenset({QuestionState.OPEN, QuestionState.ANSWERED}),
    QuestionState.ANSWERED,
    access.can_answer,
)
CLOSE = Transition(
    "question.close",
    "关闭",
    frozenset({QuestionState.OPEN, QuestionState.ANSWERED}),
    QuestionState.CLOSED,
    access.can_answer,
)
