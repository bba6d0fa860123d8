"""Reports, certificates, review forms."""

from django.db import models

from zhiping.applications.models import Application
from zhiping.certificates.states import (
    LIVE_LINES,
    CertificateState,
    HandoverState,
    LineAnswer,
    PaperEvent,
    ReportState,
)
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation
from zhiping.plans.models import Plan


class ResultReport(Stateful):
    """Passed people of a plan, reported for publication (R-330); issued under one document number (R-331)."""

    state = models.CharField(max_length=40, choices=ReportState.choices, default=ReportState.REPORTED)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reports")
    reported_at = models.DateTimeField()
    document_number = models.CharField(max_length=80, blank=True, verbose_name="发文文号")
    issued_on = models.DateField(null=True, verbose_name="发文日期")
    applications = models.ManyToManyField(Application, related_name="reports")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="issued_under_a_number",
                condition=~models.Q(state=ReportState.ISSUED)
                | (~models.Q(document_number="") & models.Q(issued_on__isnull=False)),
            )
        ]
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.document_number}"


class BodyConfirmation(models.Model):
    """One publishing body's part in a report; joint documents need all of them (R-331)."""

    report = models.ForeignKey(ResultReport, on_delete=models.CASCADE, related_name="confirmations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "organisation"], name="one_part_per_body")]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.organisation_id}"


class NumberSeries(models.Model):
    """The last certificate number given in a region and year; its row lock keeps numbers without gaps."""

    region_code = models.CharField(max_length=6)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region_code", "year"], name="one_series_per_year")]

    def __str__(self) -> str:
        return f"{self.region_code}-{self.year}"


class Certificate(Stateful):
    """An electronic certificate. What it says is frozen here; the file's hash is the register's proof."""

    state = models.CharField(
        max_length=40, choices=CertificateState.choices, default=CertificateState.PENDING
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="certificates")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates")
    report = models.ForeignKey(ResultReport, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(max_length=24, unique=True, verbose_name="证书编号")
    code = models.CharField(max_length=32, unique=True)  # 128 bits in the QR; no personal data in the address
    holder_name = models.CharField(max_length=60, verbose_name="姓名")
    series = models.CharField(max_length=40, verbose_name="系列")
    specialty = models.CharField(max_length=60, blank=True, verbose_name="专业")
    title = models.CharField(max_length=60, verbose_name="职称")
    level = models.CharField(max_length=30, verbose_name="层级")
    obtained_on = models.DateField(verbose_name="取得时间")
    issuer = models.CharField(max_length=200, verbose_name="发证机关")
    file = models.FileField(upload_to="certificates/%Y", blank=True)
    file_hash = models.CharField(max_length=64, blank=True, db_index=True)
    basis = models.CharField(max_length=200, blank=True, verbose_name="撤销或更正依据")
    ended_on = models.DateField(null=True, verbose_name="撤销或更正日期")
    successor = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="predecessor")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=[CertificateState.PENDING, CertificateState.VALID]),
                name="one_live_certificate_per_application",
            ),
            models.CheckConstraint(
                name="a_valid_certificate_has_its_file",
                condition=~models.Q(state=CertificateState.VALID) | ~models.Q(file_hash=""),
            ),
            models.CheckConstraint(
                name="an_ended_certificate_has_its_basis",
                condition=~models.Q(state__in=[CertificateState.REVOKED, CertificateState.SUPERSEDED])
                | ~models.Q(basis=""),
            ),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class ReviewForm(models.Model):
    """One exported version of the 评审表; `code` in its QR ties a stamped sheet to this version."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="review_forms")
    number = models.PositiveSmallIntegerField()
    submission = models.PositiveSmallIntegerField(null=True)  # the number of the snapshot that it prints
    code = models.CharField(max_length=32, unique=True)
    content_hash = models.CharField(max_length=64)
    file = models.FileField(upload_to="review_forms/%Y", blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="forms_are_numbered")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.application_id} v{self.number}"


class PaperRecord(models.Model):
    """Where the paper is: received, archived, returned — each once per form version and body (R-306…R-310)."""

    form = models.ForeignKey(ReviewForm, on_delete=models.PROTECT, related_name="records")
    event = models.CharField(max_length=20, choices=PaperEvent.choices)
    copies = models.PositiveSmallIntegerField(default=1, verbose_name="份数")
    seals = models.JSONField(default=list, verbose_name="已核对的印章")
    handed_in_by = models.CharField(max_length=60, blank=True, verbose_name="送交人")
    at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="经办人"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "event", "organisation"], name="one_paper_event_per_form_and_body"
            )
        ]
        indexes = [models.Index(fields=["organisation", "event", "-at"], name="paper_register")]
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.form_id} {self.event}"


class Handover(Stateful):
    """移交清单: the papers that one body sends to another up the chain. The receiver answers every line."""

    state = models.CharField(max_length=40, choices=HandoverState.choices, default=HandoverState.SENT)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    pdf = models.FileField(upload_to="handovers/%Y", blank=True)
    xlsx = models.FileField(upload_to="handovers/%Y", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "year", "serial"], name="handovers_are_numbered"),
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")), name="handed_over_to_somebody_else"
            ),
        ]
        indexes = [models.Index(fields=["receiver", "state"], name="handover_to_confirm")]
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is printed: year and serial of the sending body."""
        return f"〔{self.year}〕{self.serial} 号"


class HandoverLine(models.Model):
    """One form on a list: how many copies were sent, what the receiver found."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="lines")
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the list's
    form = models.ForeignKey(ReviewForm, on_delete=models.PROTECT, related_name="handover_lines")
    position = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField(verbose_name="份数")
    answer = models.CharField(max_length=12, choices=LineAnswer.choices, default=LineAnswer.WAITING)
    copies_received = models.PositiveSmallIntegerField(null=True, verbose_name="收到份数")
    note = models.CharField(max_length=200, blank=True, verbose_name="差异")
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "position"], name="handover_lines_are_numbered"),
            models.UniqueConstraint(
                fields=["sender", "form"],
                condition=models.Q(answer__in=sorted(LIVE_LINES)),
                name="paper_leaves_a_body_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=LineAnswer.DIFFERS) | ~models.Q(note=""),
                name="a_difference_is_noted",
            ),
        ]
        ordering = ["handover", "position"]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.position}"
