"""Who answers and who reads questions."""

from zhiping.help_centre.models import Question
from zhiping.kernel.actor import Actor, Role


def can_keep_questions(actor: Actor) -> bool:
    return actor.has_role(Role.SYSTEM_ADMIN)


def can_answer(actor: Actor, question: Question) -> bool:
    """The administrator; nobody answers their own question."""
    return can_keep_questions(actor) and (question.person_id is None or question.person_id != actor.person_id)
