"""Finding questions."""

from django.db.models import Count, QuerySet

from zhiping.help_centre.access import can_keep_questions
from zhiping.help_centre.models import Question, Reply
from zhiping.kernel.actor import Actor


def visible_to(actor: Actor) -> QuerySet[Question]:
    """The administrator sees all questions, a person their own."""
    if can_keep_questions(actor):
        return Question.objects.all()
    if actor.person_id is None:
        return Question.objects.none()
    return Question.objects.filter(person_id=actor.person_id)


def with_replies(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Adds `reply_count`."""
    return questions.annotate(reply_count=Count("replies"))


def thread_of(question: Question) -> QuerySet[Reply]:
    """Replies in order, each with the letter that carries it."""
    return question.replies.select_related("letter", "author__person")
