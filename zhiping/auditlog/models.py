"""Tables of the decision log."""

from django.db import models


class LogEntry(models.Model):
    """One decision. `subject` is "app.model" and key as text, so the log outlives any table."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_user = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=100)
    actor_role = models.CharField(max_length=40)
    actor_organisation = models.BigIntegerField(null=True)
    subject_kind = models.CharField(max_length=60)
    subject_key = models.CharField(max_length=40)
    from_state = models.CharField(max_length=40, blank=True)
    to_state = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject_kind", "subject_key", "sequence"], name="log_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class LogCheck(models.Model):
    """One recomputation of the whole chain by the nightly job: how far it went and what did not hold."""

    at = models.DateTimeField()
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    breaks = models.PositiveIntegerField()
    first_break = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.sequence} {self.breaks}"


class LogHead(models.Model):
    """The single row whose lock orders the writers."""

    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
