"""The chain: desks, what they decided, and the reasons they gave."""

from django.db import models
from django.db.models import Q

from zhiping.applications.models.case import Application, Snapshot
from zhiping.applications.states import ACTIVE, Outcome, PlaceKind, StepState
from zhiping.identity.models import Person
from zhiping.kernel.actor import Role
from zhiping.lifecycle.models import Stateful
from zhiping.notices.models import Publicity
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan


class Step(Stateful):
    """One desk of one application's chain. `due_at` is the first moment that is too late; `plan` is the application's."""

    state = models.CharField(
        max_length=40, choices=StepState.choices, default=StepState.WAITING, db_index=True
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="steps")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_at_hand = models.GeneratedField(  # a bare column: SQLite proves no list of parameters against an index
        expression=Q(state__in=sorted(ACTIVE)),  # type: ignore[arg-type]  # the stubs want an Expression
        output_field=models.BooleanField(),
        db_persist=True,
    )
    position = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=80, verbose_name="环节")
    role = models.CharField(max_length=30, choices=[(role.value, role.label) for role in Role])
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="steps")
    window = models.CharField(max_length=60, blank=True)  # the plan's window that gives `due_at`
    due_at = models.DateTimeField(null=True, verbose_name="办理期限")
    opened_at = models.DateTimeField(null=True, verbose_name="到达时间")
    decided_at = models.DateTimeField(null=True, verbose_name="办结时间")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    overdue_at = models.DateTimeField(null=True)  # when the clock was found to have passed `due_at`
    publicity = models.ForeignKey(Publicity, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["application", "position"]
        constraints = [
            models.UniqueConstraint(fields=["application", "position"], name="step_position"),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=sorted(ACTIVE)),
                name="one_step_has_the_case",
            ),
            models.CheckConstraint(
                condition=Q(state=StepState.WAITING) | Q(opened_at__isnull=False),
                name="reached_step_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "state", "due_at", "opened_at"], name="step_queue"),
            models.Index(  # a desk's list is read off in its order
                fields=["organisation", "due_at", "opened_at", "id"],
                condition=Q(is_at_hand=True),
                name="step_at_hand",
            ),
            models.Index(  # a desk is counted without reading its rows
                fields=["organisation", "state", "plan", "role", "due_at", "application"],
                name="step_tally",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_state_display()}"


class StepDecision(models.Model):
    """What a desk said about a snapshot. `attested` holds the facts that the body states (业绩骨干 …)."""

    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="decisions")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    opinion = models.TextField(verbose_name="意见")
    clause = models.CharField(max_length=200, blank=True, verbose_name="依据的条款")
    attested = models.JSONField(default=dict)
    publicity = models.ForeignKey(Publicity, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    restarts = models.BooleanField(default=False)  # a return after which every desk looks again

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSE) | (~Q(opinion="") & ~Q(clause="")),
                name="refusal_has_clause_and_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.step_id}"


class Remark(models.Model):
    """One reason of a return: where (`section`, `place`), which catalogue code, what is wrong, how to mend it."""

    decision = models.ForeignKey(StepDecision, on_delete=models.PROTECT, related_name="remarks")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="remarks")
    section = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    place = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    code = models.CharField(max_length=10)
    wrong = models.TextField(verbose_name="差在哪")
    fix = models.TextField(verbose_name="怎么改")
    answered_in = models.ForeignKey(Snapshot, null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(place="") & ~Q(wrong="") & ~Q(fix=""), name="remark_has_place_and_remedy"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"
