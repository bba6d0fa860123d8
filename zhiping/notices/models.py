"""What is shown to the public, for how long, and what was objected."""

from django.db import models
from django.db.models import F, Q

from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.notices.states import Channel, ObjectionState, PublicityKind, PublicityState
from zhiping.organisations.models import Organisation
from zhiping.privacy.fields import EncryptedTextField


class Publicity(Stateful):
    """One list on show. Posted on `starts_on`; `ends_on` is its last day, until 24:00 Beijing time."""

    state = models.CharField(
        max_length=40, choices=PublicityState.choices, default=PublicityState.OPEN, db_index=True
    )
    kind = models.CharField(max_length=20, choices=PublicityKind.choices)
    title = models.CharField(max_length=200, verbose_name="公示名称")
    subject = models.CharField(max_length=80, db_index=True)  # what it is about, e.g. "plan:12"
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="publicities")
    content = models.TextField(verbose_name="公示内容")
    starts_on = models.DateField(verbose_name="张贴日")
    ends_on = models.DateField(verbose_name="截止日")
    working_days = models.PositiveSmallIntegerField(verbose_name="工作日数")
    counts_first_day = models.BooleanField(default=False)
    place = models.CharField(max_length=200, verbose_name="公示地点")
    method = models.CharField(max_length=100, verbose_name="公示方式")
    contact = models.CharField(max_length=200, verbose_name="意见受理联系方式")
    fingerprint = models.CharField(max_length=64)
    code = models.CharField(max_length=24, unique=True)  # its address; not guessable
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    sheet_pdf = models.FileField(upload_to="publicity/%Y", blank=True)
    sheet_xlsx = models.FileField(upload_to="publicity/%Y", blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "subject"], name="publicity_by_body")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="publicity_lasts"),
        ]

    def __str__(self) -> str:
        return self.title


class PublicityEntry(models.Model):
    """One person on the list: the public fields as they were shown, and a key of the thing it stands for."""

    publicity = models.ForeignKey(Publicity, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField()
    subject_id = models.PositiveBigIntegerField(db_index=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60, db_index=True, verbose_name="姓名")
    unit = models.CharField(max_length=120, verbose_name="单位")
    shown = models.JSONField(default=dict)

    class Meta:
        ordering = ["publicity", "position"]
        constraints = [
            models.UniqueConstraint(fields=["publicity", "position"], name="entry_position"),
            models.UniqueConstraint(fields=["publicity", "subject_id"], name="entry_once_per_publicity"),
        ]

    def __str__(self) -> str:
        return self.name


class Objection(Stateful):
    """What somebody objects. Identity and contact lie encrypted; `code_hash` lets them ask for the answer."""

    state = models.CharField(
        max_length=40, choices=ObjectionState.choices, default=ObjectionState.FILED, db_index=True
    )
    publicity = models.ForeignKey(Publicity, on_delete=models.PROTECT, related_name="objections")
    entry = models.ForeignKey(PublicityEntry, null=True, on_delete=models.PROTECT, related_name="objections")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_named = models.BooleanField(verbose_name="实名")
    name = EncryptedTextField(blank=True, verbose_name="姓名")
    contact = EncryptedTextField(blank=True, verbose_name="联系方式")
    text = EncryptedTextField(verbose_name="反映的事实")
    code_hash = models.CharField(max_length=64, null=True, unique=True)
    filed_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decision = models.TextField(blank=True, verbose_name="处理意见")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[ObjectionState.FILED, ObjectionState.ACCEPTED]) | ~Q(decision=""),
                name="objection_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"objection {self.pk}"
