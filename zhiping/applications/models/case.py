"""The application and what was submitted."""

from django.db import models
from django.db.models import Q

from zhiping.achievements.models import ProfileVersion
from zhiping.applications.states import ENDED, ApplicationState
from zhiping.files.models import StoredFile
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan, PlanTitle
from zhiping.policies.models import PackVersion

UNNUMBERED = [ApplicationState.DRAFT, ApplicationState.WITHDRAWN]


class Application(Stateful):
    """One person's request for one title of one plan. Pack, photo and profile are pinned when it is submitted."""

    state = models.CharField(
        max_length=40, choices=ApplicationState.choices, default=ApplicationState.DRAFT, db_index=True
    )
    number = models.CharField(max_length=40, null=True, unique=True, verbose_name="申报号")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="applications")
    title = models.ForeignKey(PlanTitle, on_delete=models.PROTECT, related_name="+", verbose_name="申报职称")
    pathway = models.CharField(max_length=40, blank=True, verbose_name="申报方式")
    pathway_name = models.CharField(max_length=60, blank=True)
    specialty = models.CharField(max_length=80, blank=True, verbose_name="申报专业")
    employer = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="applications"
    )
    pack_version = models.ForeignKey(PackVersion, null=True, on_delete=models.PROTECT, related_name="+")
    profile_version = models.ForeignKey(ProfileVersion, null=True, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    submit_token = models.CharField(max_length=64, null=True, unique=True)
    fix_until = models.DateTimeField(null=True, verbose_name="改正期限")
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, verbose_name="提交时间")
    receipt = models.FileField(upload_to="receipts/%Y", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "plan"],
                condition=~Q(state__in=sorted(ENDED)),
                name="one_live_application",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNNUMBERED)
                | Q(
                    number__isnull=False,
                    employer__isnull=False,
                    pack_version__isnull=False,
                    photo__isnull=False,
                    submitted_at__isnull=False,
                ),
                name="submitted_application_is_pinned",
            ),
        ]
        indexes = [
            models.Index(fields=["employer", "state"], name="application_by_employer"),
            models.Index(fields=["plan", "state"], name="application_by_plan"),
        ]

    def __str__(self) -> str:
        return self.number or f"草稿 {self.pk}"


class Snapshot(models.Model):
    """What was submitted: canonical JSON text and its SHA-256. Never changed; the next submission makes the next one."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField(verbose_name="第几次提交")
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["application", "number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="snapshot_number")]

    def __str__(self) -> str:
        return f"snapshot {self.application_id}/{self.number}"
