"""Courses, batches, records of hours, and the ledger year that sums them."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from zhiping.continuing_education.states import (
    LIVE,
    TAUGHT_CHOICES,
    BatchState,
    CourseState,
    HourCategory,
    Origin,
    RecordState,
    Trust,
)
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation

ZERO = Decimal(0)


class Course(Stateful):
    """What a training body offers in a year. Hours can be registered for it once its authority has filed it."""

    state = models.CharField(
        max_length=40, choices=CourseState.choices, default=CourseState.DRAFT, db_index=True
    )
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ce_courses")
    authority = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    number = models.CharField(max_length=30, verbose_name="课程编号")
    name = models.CharField(max_length=120, verbose_name="课程名称")
    category = models.CharField(max_length=20, choices=TAUGHT_CHOICES, verbose_name="科目类别")
    subject = models.CharField(max_length=60, blank=True, verbose_name="专业领域")
    hours = models.DecimalField(max_digits=5, decimal_places=1, verbose_name="学时")
    registered_in = models.CharField(max_length=80, verbose_name="登记系统")
    outline = models.TextField(blank=True, verbose_name="内容简介")
    reason = models.TextField(blank=True, verbose_name="审核意见")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "year", "number"], name="course_number_once_a_year"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="course_has_hours"),
            models.CheckConstraint(
                condition=Q(state=CourseState.DRAFT) | Q(authority__isnull=False),
                name="filed_course_has_authority",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state"], name="courses_to_decide")]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"

    @property
    def key(self) -> str:
        """What makes two registrations the same course (R-176)."""
        return f"course:{self.provider_id}:{self.year}:{self.number}"


class HourBatch(Stateful):
    """Many records that a body registered at once; the same key of the same body is the same batch."""

    state = models.CharField(max_length=40, choices=BatchState.choices, default=BatchState.RECEIVED)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ce_batches")
    key = models.CharField(max_length=64, verbose_name="批次编号")
    origin = models.CharField(max_length=20, choices=Origin.choices, verbose_name="来源")
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(verbose_name="条数")
    known = models.PositiveIntegerField(default=0, verbose_name="已登记过的条数")
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["provider", "key"], name="batch_once")]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.key}"


class HourRecord(Stateful):
    """Hours of one person in one category and year. `key` names what was learned; it counts once per person."""

    state = models.CharField(max_length=40, choices=RecordState.choices, db_index=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hour_records")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    category = models.CharField(max_length=20, choices=HourCategory.choices, verbose_name="科目类别")
    hours = models.DecimalField(max_digits=6, decimal_places=1, verbose_name="学时")
    title = models.CharField(max_length=160, verbose_name="学习内容")
    key = models.CharField(max_length=120)
    number = models.PositiveSmallIntegerField(default=1, verbose_name="第几版")
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name="代替"
    )
    origin = models.CharField(max_length=20, choices=Origin.choices, verbose_name="来源")
    trust = models.CharField(max_length=20, choices=Trust.choices, verbose_name="可信程度")
    registered_in = models.CharField(max_length=80, verbose_name="登记系统")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="records")
    batch = models.ForeignKey(HourBatch, null=True, on_delete=models.PROTECT, related_name="records")
    conversion = models.CharField(max_length=40, blank=True, verbose_name="折算项目")
    employer = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    authority = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    proofs = models.ManyToManyField(StoredFile, related_name="+")
    reason = models.TextField(blank=True, verbose_name="审核意见")
    made_at = models.DateTimeField(verbose_name="登记时间")
    decided_at = models.DateTimeField(null=True, verbose_name="审核时间")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"], condition=Q(state__in=sorted(LIVE)), name="hours_count_once"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="record_has_hours"),
            models.CheckConstraint(
                condition=~Q(origin=Origin.PERSON) | Q(employer__isnull=False, authority__isnull=False),
                name="own_hours_have_auditors",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "year", "state"], name="hours_of_person"),
            models.Index(fields=["employer", "state"], name="hours_for_employer"),
            models.Index(fields=["authority", "state"], name="hours_for_authority"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"

    @property
    def is_entered(self) -> bool:
        return self.state == RecordState.ENTERED


class HourYear(models.Model):
    """The ledger of one person and year: the sum of the entered records, renumbered with every change."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="hour_years")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    professional = models.DecimalField(max_digits=7, decimal_places=1, default=ZERO)
    public_industry = models.DecimalField(max_digits=7, decimal_places=1, default=ZERO)
    public_general = models.DecimalField(max_digits=7, decimal_places=1, default=ZERO)
    total = models.DecimalField(max_digits=7, decimal_places=1, default=ZERO, verbose_name="未分科目")
    number = models.PositiveIntegerField(default=0, verbose_name="第几版")
    changed_at = models.DateTimeField(null=True)
    extracted_number = models.PositiveIntegerField(default=0)  # the version that the archive holds

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "year"], name="one_ledger_year")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"

    @property
    def whole(self) -> Decimal:
        """All hours of the year."""
        return self.professional + self.public_industry + self.public_general + self.total
