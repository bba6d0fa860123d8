"""What people were told, where they can be reached, and what was sent out of the platform."""

import uuid

from django.db import models

from zhiping.identity.models import Person
from zhiping.messaging.states import Channel, Outcome
from zhiping.privacy.fields import EncryptedTextField


class Message(models.Model):
    """One message to one person. `once` keeps reminders and repeated acts from telling twice."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=80)
    title = models.CharField(max_length=120, verbose_name="标题")
    body = models.TextField(verbose_name="内容")
    link = models.CharField(max_length=200, blank=True)
    once = models.CharField(max_length=120, null=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "once"], name="told_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="message_newest_first")]

    def __str__(self) -> str:
        return self.title


class Contact(models.Model):
    """What a person has shown to be theirs: the e-mail address, and which phone number a code was read from."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="contact")
    email = EncryptedTextField(blank=True, verbose_name="邮箱")
    email_verified_at = models.DateTimeField(null=True)
    phone_verified_index = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"contact of {self.person_id}"


class Unwanted(models.Model):
    """A kind that a person does not want on a channel. The message inside the platform is written all the same."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key", "channel"], name="unwanted_once")]

    def __str__(self) -> str:
        return f"{self.key} {self.channel}"


class VerificationCode(models.Model):
    """A code that was sent to an address to see who reads it. Only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    address = EncryptedTextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.channel} {self.made_at:%Y-%m-%d %H:%M}"


class Echo(models.Model):
    """A row of the outbox: one SMS or e-mail, written in the transaction of what it tells of, sent by the queue.

    `uid` and `round` are the number that the gateway knows it by: the same number is sent out once, however often
    it is asked. A resend is a new round.
    """

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="echoes")
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    key = models.CharField(max_length=80)
    template = models.CharField(max_length=20, blank=True, verbose_name="模板编号")
    subject = models.CharField(max_length=120, blank=True)
    text = EncryptedTextField()
    gaps = EncryptedTextField(default="{}")  # JSON: what the gateway fills the registered template with
    address = EncryptedTextField(blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    round = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_on = models.DateField(null=True)  # the Beijing day whose cap it counts against
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    reported_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="echo_once"),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["sent", "delivered"]) | models.Q(sent_at__isnull=False),
                name="sent_echo_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(outcome="waiting"), name="echo_waiting"),
            models.Index(fields=["-made_at", "-id"], name="echo_newest_first"),
            models.Index(fields=["person", "channel", "claimed_on"], name="echo_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.key} #{self.pk}"

    @property
    def number(self) -> str:
        """What the gateway knows this sending by."""
        return f"{self.uid.hex}-{self.round}"
