"""Records, appeals against them, and what was pushed to the credit platforms."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhiping.identity.models import Person
from zhiping.integrity.states import AppealState, Part, RecordState
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation


class IntegrityRecord(Stateful):
    """A finding about one person or one body. Runs from `starts_on` to `ends_on`, both days included."""

    state = models.CharField(
        max_length=40, choices=RecordState.choices, default=RecordState.PROPOSED, db_index=True
    )
    part = models.CharField(max_length=20, choices=Part.choices, verbose_name="身份")
    person = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="integrity_records", verbose_name="当事人"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="integrity_records"
    )
    kind = models.CharField(max_length=60, verbose_name="行为")
    finding = models.TextField(verbose_name="认定的事实")
    basis = models.CharField(max_length=200, verbose_name="依据")
    document_number = models.CharField(max_length=100, verbose_name="认定文书文号")
    effects = models.JSONField(default=list, verbose_name="后果")
    bars = models.JSONField(default=list)  # levels of titles that may not be applied for
    starts_on = models.DateField(verbose_name="起")
    ends_on = models.DateField(verbose_name="止")
    credit_platforms = models.BooleanField(default=False, verbose_name="纳入信用平台")
    case_key = models.PositiveBigIntegerField(
        null=True, db_index=True
    )  # the application, if it was about one
    case_words = models.CharField(max_length=200, blank=True, verbose_name="所涉申报")
    recorded_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True, verbose_name="复核意见")

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False),
                name="record_names_one",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="record_lasts"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("recorded_by")),
                name="record_two_people",
            ),
            models.UniqueConstraint(
                fields=["person", "case_key", "kind"],
                condition=Q(state__in=[RecordState.PROPOSED, RecordState.IN_FORCE], case_key__isnull=False),
                name="record_once_a_case",
            ),
        ]

    def __str__(self) -> str:
        return f"record {self.pk}"

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in its term; that it was confirmed and not lifted is its state."""
        return self.starts_on <= day <= self.ends_on

    @property
    def subject_name(self) -> str:
        named = self.person or self.organisation
        return named.name if named else ""


class Appeal(Stateful):
    """Whom a record names says why it is wrong; a third person decides."""

    state = models.CharField(
        max_length=40, choices=AppealState.choices, default=AppealState.FILED, db_index=True
    )
    record = models.ForeignKey(IntegrityRecord, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField(verbose_name="申诉理由")
    filed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    decision = models.TextField(blank=True, verbose_name="处理意见")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(state=AppealState.FILED), name="appeal_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=AppealState.FILED) | ~Q(decision=""), name="appeal_decided_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"appeal {self.pk}"


class CreditPush(models.Model):
    """One thing to tell the credit platforms: that a record holds, or that it was lifted. Sent once, with a receipt."""

    record = models.ForeignKey(IntegrityRecord, on_delete=models.PROTECT, related_name="pushes")
    act = models.CharField(max_length=10)  # publish or withdraw
    made_at = models.DateTimeField()
    pushed_at = models.DateTimeField(null=True, db_index=True)
    receipt = models.CharField(max_length=60, blank=True, verbose_name="回执")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "act"], name="push_once"),
            models.CheckConstraint(
                condition=Q(pushed_at__isnull=True) | ~Q(receipt=""), name="pushed_with_receipt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.record_id}"
