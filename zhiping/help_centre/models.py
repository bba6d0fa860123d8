"""Questions and their replies."""

from django.db import models

from zhiping.help_centre.states import QuestionState
from zhiping.identity.models import Person, User
from zhiping.lifecycle.models import Stateful
from zhiping.messaging.models import Echo
from zhiping.privacy.fields import EncryptedTextField


class Question(Stateful):
    """What somebody asks, and the mailbox to which the answer goes. `person` is empty for a visitor."""

    state = models.CharField(
        max_length=40, choices=QuestionState.choices, default=QuestionState.OPEN, db_index=True
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    email = EncryptedTextField(verbose_name="邮箱")
    email_index = models.CharField(max_length=64, db_index=True)
    subject = models.CharField(max_length=60, verbose_name="问题")
    text = EncryptedTextField(verbose_name="说明")
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.subject


class Reply(models.Model):
    """One answer; `letter` is the e-mail that carries it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="replies")
    text = EncryptedTextField(verbose_name="答复")
    author = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Echo, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"reply {self.pk} to {self.question_id}"
