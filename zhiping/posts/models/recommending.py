"""Competitions for posts, and the seats they and the recommendations take."""

from django.db import models
from django.db.models import Q

from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.posts.models.ledger import PostLedger, PostLevel
from zhiping.posts.states import (
    LIVE,
    CompetitionState,
    Outcome,
    PostGroup,
    ReservationState,
)


class Competition(Stateful):
    """竞聘: how many posts of one level the institution opened, and in what order it chose (R-213)."""

    state = models.CharField(
        max_length=40, choices=CompetitionState.choices, default=CompetitionState.OPEN, db_index=True
    )
    ledger = models.ForeignKey(PostLedger, on_delete=models.PROTECT, related_name="competitions")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    group = models.CharField(max_length=20, choices=PostGroup.choices, verbose_name="岗位等级")
    name = models.CharField(max_length=120, verbose_name="竞聘名称")
    opened = models.PositiveIntegerField(verbose_name="推出空缺岗位数")
    is_committed = models.BooleanField(default=False, verbose_name="承诺取得资格后及时聘任")
    created_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(opened__gt=0), name="competition_opens_posts"),
            models.CheckConstraint(
                condition=~Q(state=CompetitionState.CONCLUDED)
                | Q(concluded_at__isnull=False, is_committed=True),
                name="concluded_competition_is_committed",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CompetitionEntry(models.Model):
    """One person of a competition, in the order of merit."""

    competition = models.ForeignKey(Competition, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField(verbose_name="名次")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    current_title = models.CharField(max_length=60, blank=True, verbose_name="现有专业技术职务任职资格")
    appointed_title = models.CharField(max_length=60, blank=True, verbose_name="聘任专业技术职级")
    appointed_on = models.DateField(null=True, verbose_name="聘任时间")
    current_grade = models.CharField(max_length=40, blank=True, verbose_name="在聘岗位等级")
    wanted_title = models.CharField(max_length=60, blank=True, verbose_name="推荐申报职称")
    wanted_grade = models.CharField(max_length=40, blank=True, verbose_name="拟聘专业技术岗位等级")
    outcome = models.CharField(max_length=12, choices=Outcome.choices, verbose_name="竞聘结果")
    is_transfer = models.BooleanField(default=False, verbose_name="转评")

    class Meta:
        ordering = ["competition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["competition", "person"], name="competes_once"),
            models.UniqueConstraint(fields=["competition", "position"], name="one_person_per_rank"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.get_outcome_display()}"


class Reservation(Stateful):
    """A seat held for a recommended person; `subject_id` is the application, `figures` what the ledger said then."""

    state = models.CharField(
        max_length=40, choices=ReservationState.choices, default=ReservationState.RESERVED, db_index=True
    )
    post = models.ForeignKey(PostLevel, on_delete=models.PROTECT, related_name="reservations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="post_reservations")
    subject_id = models.PositiveBigIntegerField(db_index=True)
    label = models.CharField(max_length=120, verbose_name="申报号和职称")
    figures = models.JSONField(default=dict)
    reserved_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    release_reason = models.CharField(max_length=200, blank=True, verbose_name="释放原因")
    appointed_on = models.DateField(null=True, verbose_name="聘任日期")
    grade = models.CharField(max_length=40, blank=True, verbose_name="聘任岗位等级")
    certificate_number = models.CharField(max_length=40, blank=True, verbose_name="证书编号")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(state__in=sorted(LIVE)), name="one_seat_per_application"
            ),
            models.CheckConstraint(
                condition=~Q(state=ReservationState.FILLED)
                | (Q(appointed_on__isnull=False) & ~Q(grade="") & ~Q(certificate_number="")),
                name="appointment_has_day_grade_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReservationState.RELEASED) | ~Q(release_reason=""),
                name="release_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.label
