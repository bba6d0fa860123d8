"""The ledger of an institution, its levels, and the changes by which alone it changes."""

from django.db import models
from django.db.models import F, Q

from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.posts.states import OPEN_CHANGES, ChangeKind, ChangeState, LedgerState, PostGroup


class PostLedger(Stateful):
    """岗位台账 of one institution. `authority` approves; `pooling_authority` lends pooled posts, if any are used."""

    state = models.CharField(
        max_length=40, choices=LedgerState.choices, default=LedgerState.NEW, db_index=True
    )
    institution = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="post_ledger")
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="kept_ledgers", verbose_name="岗位管理部门"
    )
    pooling_authority = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="岗位统筹管理部门"
    )
    establishment = models.PositiveIntegerField(default=0, verbose_name="编制数")
    posts = models.PositiveIntegerField(default=0, verbose_name="专业技术岗位总数")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(posts__lte=F("establishment")), name="posts_within_establishment"
            ),
        ]

    def __str__(self) -> str:
        return f"ledger {self.institution_id}"


class PostLevel(models.Model):
    """One level of a ledger. `reserved` counts the people recommended for it; only reserving operations touch it."""

    ledger = models.ForeignKey(PostLedger, on_delete=models.PROTECT, related_name="levels")
    group = models.CharField(max_length=20, choices=PostGroup.choices, verbose_name="岗位等级")
    ratio = models.DecimalField(max_digits=5, decimal_places=2, default=0, verbose_name="核准比例")
    approved = models.PositiveIntegerField(default=0, verbose_name="核准数")
    filled = models.PositiveIntegerField(default=0, verbose_name="实聘数")
    reserved = models.PositiveIntegerField(default=0, verbose_name="已推荐待聘")
    pooled = models.PositiveIntegerField(default=0, verbose_name="统筹岗位")
    extra = models.PositiveIntegerField(default=0, verbose_name="退出换进")

    class Meta:
        ordering = ["ledger", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "group"], name="post_level_once"),
            models.CheckConstraint(
                condition=Q(reserved=0)
                | Q(filled__lte=F("approved") + F("pooled") + F("extra") - F("reserved")),
                name="no_over_recommendation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} {self.filled}/{self.approved}"

    @property
    def vacancy(self) -> int:
        """空缺数 as the forms print it: positive is vacant, negative is over quota (R-217, C-75)."""
        return self.approved - self.filled

    @property
    def free(self) -> int:
        """How many may still be recommended."""
        return max(0, self.approved + self.pooled + self.extra - self.filled - self.reserved)


class LedgerChange(Stateful):
    """What the institution asks to change and what it was before; the approved ones are the ledger's history."""

    state = models.CharField(
        max_length=40, choices=ChangeState.choices, default=ChangeState.PROPOSED, db_index=True
    )
    ledger = models.ForeignKey(PostLedger, on_delete=models.PROTECT, related_name="changes")
    number = models.PositiveIntegerField(verbose_name="第几次")
    kind = models.CharField(max_length=10, choices=ChangeKind.choices, verbose_name="类别")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    rule = models.JSONField(
        default=dict
    )  # of an exchange: id, name, leave, enter, text, cite as the pack says
    reason = models.TextField(verbose_name="变动原因和说明")
    pooling_authority = models.ForeignKey(
        Organisation, null=True, on_delete=models.PROTECT, related_name="pooled_changes"
    )
    pooling_signer = models.CharField(max_length=60, blank=True, verbose_name="统筹部门业务处室负责人")
    proposed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True, verbose_name="核准意见")

    class Meta:
        ordering = ["ledger", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "number"], name="ledger_change_number"),
            models.UniqueConstraint(
                fields=["ledger"],
                condition=Q(state__in=sorted(OPEN_CHANGES)),
                name="one_open_change_per_ledger",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ledger_change_has_reason"),
            models.CheckConstraint(
                condition=~Q(kind=ChangeKind.POOLED)
                | ~Q(state=ChangeState.APPROVED)
                | (Q(pooling_authority__isnull=False) & ~Q(pooling_signer="")),
                name="pooled_posts_are_signed_for",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} 第 {self.number} 次"
