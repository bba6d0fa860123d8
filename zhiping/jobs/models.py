"""The queue."""

from django.db import models


class Job(models.Model):
    """One piece of work. `key` makes enqueueing idempotent: the same key is queued once."""

    kind = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, unique=True)
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(done_at=None, failed_at=None),
                name="job_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
