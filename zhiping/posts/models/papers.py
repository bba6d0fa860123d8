"""Printed forms, statements, and what the province's system answered."""

from django.db import models
from django.db.models import Q

from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.posts.models.ledger import PostLedger
from zhiping.posts.states import WAITING_FORMS, CheckState, FormState, FormVariant, StatementState
from zhiping.privacy.fields import EncryptedTextField


class PostForm(Stateful):
    """岗位信息表 as filled by the platform for one year; `content` (JSON, with document numbers) lies encrypted."""

    state = models.CharField(
        max_length=40, choices=FormState.choices, default=FormState.SUBMITTED, db_index=True
    )
    ledger = models.ForeignKey(PostLedger, on_delete=models.PROTECT, related_name="forms")
    variant = models.CharField(max_length=20, choices=FormVariant.choices, verbose_name="表式")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    number = models.PositiveSmallIntegerField(verbose_name="第几份")
    code = models.CharField(max_length=40, unique=True, verbose_name="表格编号")
    content = EncryptedTextField()
    people = models.ManyToManyField(Person, related_name="+")  # those recommended on it
    explanation = models.TextField(blank=True, verbose_name="说明")
    uses_pooled = models.BooleanField(default=False, verbose_name="使用统筹岗位")
    unit_signer = models.CharField(max_length=60, verbose_name="单位业务科（处）室负责人")
    pooling_signer = models.CharField(max_length=60, blank=True, verbose_name="统筹部门业务处室负责人")
    filled_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField()
    signer = models.CharField(max_length=60, blank=True, verbose_name="签署人")
    opinion = models.CharField(max_length=400, blank=True, verbose_name="意见")
    sealed_at = models.DateTimeField(null=True, verbose_name="签章时间")
    pdf = models.FileField(upload_to="posts/%Y", blank=True)
    xlsx = models.FileField(upload_to="posts/%Y", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["ledger", "variant", "year", "number"], name="post_form_number"),
            models.UniqueConstraint(
                fields=["ledger", "variant", "year"],
                condition=Q(state__in=sorted(WAITING_FORMS)),
                name="one_waiting_form",
            ),
            models.UniqueConstraint(
                fields=["ledger", "variant", "year"],
                condition=Q(state=FormState.SEALED),
                name="one_sealed_form_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(state=FormState.SEALED)
                | (Q(sealed_at__isnull=False) & ~Q(signer="") & ~Q(opinion="")),
                name="sealed_form_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state=FormState.SEALED, uses_pooled=True) | ~Q(pooling_signer=""),
                name="pooled_form_is_signed_twice",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def needs_riding_seal(self) -> bool:
        """两页以上加盖骑缝章 (R-355); known once it is printed."""
        return self.pages is not None and self.pages > 1


class Statement(Stateful):
    """非在编说明: the institution states that a person is not on its establishment and takes no post (C-74)."""

    state = models.CharField(
        max_length=40, choices=StatementState.choices, default=StatementState.ISSUED, db_index=True
    )
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(verbose_name="年度")
    basis = models.CharField(max_length=200, verbose_name="用工方式和依据")
    signer = models.CharField(max_length=60, verbose_name="单位负责人")
    issued_at = models.DateTimeField()
    pdf = models.FileField(upload_to="posts/%Y", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "person", "year"],
                condition=Q(state=StatementState.ISSUED),
                name="one_statement_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class PostCheck(models.Model):
    """One question to 浙江省事业单位人事工资管理服务系统: what it answered, when, raw (R-214, R-375)."""

    ledger = models.ForeignKey(PostLedger, on_delete=models.PROTECT, related_name="checks")
    state = models.CharField(max_length=12, choices=CheckState.choices, default=CheckState.WAITING)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(default=dict)  # figures per level
    raw = models.TextField(blank=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"check {self.ledger_id} {self.state}"
