"""Plans and their rows."""

from django.conf import settings
from django.db import models

from zhiping.files.models import StoredFile
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation, Region
from zhiping.plans.states import PlanState, TitleLevel, TitleResult
from zhiping.policies.models import PackVersion


class Plan(Stateful):
    """One yearly plan; the plan year is its own attribute, not the calendar year of the windows (R-064)."""

    state = models.CharField(max_length=40, choices=PlanState.choices, default=PlanState.DRAFT, db_index=True)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, verbose_name="计划名称")
    year = models.PositiveSmallIntegerField(verbose_name="计划年度")
    series = models.CharField(max_length=40, db_index=True, verbose_name="系列")
    title = models.CharField(max_length=200, blank=True, verbose_name="评审的职称")  # names joined by 、
    level = models.CharField(max_length=20, choices=TitleLevel.choices, blank=True, verbose_name="最高层级")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name="适用地区")
    office = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="plans", verbose_name="评委会办公室"
    )
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="plans")
    cutoff_on = models.DateField(null=True, verbose_name="资历计算截止日")
    rolled_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "series", "slug"]
        indexes = [models.Index(fields=["state", "series"], name="plan_by_state_series")]

    def __str__(self) -> str:
        return self.name


class PlanTitle(models.Model):
    """A title one may apply for in the plan, and what the vote on it gives."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="titles")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    level = models.CharField(max_length=20, choices=TitleLevel.choices)
    result = models.CharField(max_length=20, choices=TitleResult.choices)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_title_per_key")]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_result_display()}）"


class PlanWindow(models.Model):
    """The time in which one step may act. `step` is the window's id in the pack; an end is the first late moment."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="windows")
    step = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    who = models.CharField(max_length=30)  # applicant, employer, … as the pack says
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    is_paper = models.BooleanField(default=False)
    is_indicative = models.BooleanField(default=False)  # the notice prints a month only
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "step"], name="one_window_per_step"),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="window_opens_before_it_closes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.opens_at} – {self.closes_at}"


class Confirmation(models.Model):
    """A point a person must look at before a plan may be proposed; confirmed by name."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="confirmations")
    key = models.CharField(max_length=100)
    label = models.CharField(max_length=120)
    value = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_name = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="one_confirmation_per_point")]

    def __str__(self) -> str:
        return self.label


class PlanFile(models.Model):
    """A file under 其他相关附件, open to everyone (R-060)."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="attachments")
    title = models.CharField(max_length=120, verbose_name="附件名称")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["plan", "position"]

    def __str__(self) -> str:
        return self.title
