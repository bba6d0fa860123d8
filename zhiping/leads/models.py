"""Marks of submissions and the leads that came of them."""

from django.db import models
from django.db.models import Q

from zhiping.applications.models import Application, Snapshot
from zhiping.identity.models import Person
from zhiping.leads.states import LeadKind, LeadState
from zhiping.lifecycle.models import Stateful


class Examination(models.Model):
    """A submission that was looked at."""

    snapshot = models.OneToOneField(Snapshot, primary_key=True, on_delete=models.PROTECT)
    examined_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"examination {self.pk}"


class SubmissionMark(models.Model):
    """A mark of the last submission of an application; looked up by kind and value."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="marks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LeadKind.choices)
    value = models.CharField(max_length=200)
    label = models.CharField(max_length=200)
    picture = models.CharField(max_length=16, blank=True)  # the whole fingerprint of a picture, hexadecimal

    class Meta:
        indexes = [models.Index(fields=["kind", "value"], name="mark_by_value")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Lead(Stateful):
    """Something to look at in `application`, with `other` if it is about two. `key` makes it the same one again."""

    state = models.CharField(max_length=40, choices=LeadState.choices, default=LeadState.OPEN, db_index=True)
    kind = models.CharField(max_length=10, choices=LeadKind.choices, verbose_name="线索")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="leads")
    other = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="leads_besides")
    key = models.CharField(max_length=200)
    sentence = models.TextField(verbose_name="情况")
    found_at = models.DateTimeField()
    reason = models.TextField(blank=True, verbose_name="核实意见")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "kind", "key"], name="lead_once"),
            models.CheckConstraint(
                condition=Q(state=LeadState.OPEN) | ~Q(reason=""), name="lead_decided_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"lead {self.pk}"
