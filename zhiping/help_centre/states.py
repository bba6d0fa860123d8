"""States of a question."""

from django.db.models import TextChoices


class QuestionState(TextChoices):
    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已关闭"
