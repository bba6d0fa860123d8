"""Schedules, bills, the ledger of payments, refunds, invoices, and the daily comparison with the payment platform."""

from django.db import models
from django.db.models import F, Q

from zhiping.fees.states import LIVE_REFUNDS, BillState, DifferenceKind, RefundState, Source, Verdict
from zhiping.identity.models import Person
from zhiping.lifecycle.models import Stateful
from zhiping.organisations.models import Organisation


class Schedule(models.Model):
    """What an office adds to the document's fees for one scheme: how long people have to pay."""

    scheme = models.CharField(max_length=80, unique=True)  # e.g. "plan:12"
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="fee_schedules")
    days_to_pay = models.PositiveSmallIntegerField(default=5, verbose_name="缴费时间（工作日）")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(days_to_pay__gte=2), name="days_to_pay_leave_a_warning")
        ]

    def __str__(self) -> str:
        return self.scheme


class Amount(models.Model):
    """The amount of one fee whose document did not say it (R-321)."""

    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, related_name="amounts")
    item = models.CharField(max_length=60)
    fen = models.PositiveIntegerField(verbose_name="金额")
    basis = models.CharField(max_length=200, verbose_name="依据")
    set_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["item"]
        constraints = [models.UniqueConstraint(fields=["schedule", "item"], name="one_amount_per_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.fen}"


class Bill(Stateful):
    """What one person owes for one subject. `due_at` is the first moment that is too late."""

    state = models.CharField(max_length=40, choices=BillState.choices, default=BillState.OPEN, db_index=True)
    number = models.CharField(max_length=32, unique=True, verbose_name="缴费单号")
    scheme = models.CharField(max_length=80, db_index=True)
    subject_id = models.PositiveBigIntegerField(unique=True)  # the application; one bill for each, for ever
    heading = models.CharField(max_length=200, verbose_name="事项")
    payer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="bills")
    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bills")
    fen = models.PositiveIntegerField(verbose_name="应缴")
    issued_at = models.DateTimeField()
    due_at = models.DateTimeField(verbose_name="缴费期限")
    warned_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True, verbose_name="缴费时间")
    waived_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    waiver_reason = models.TextField(blank=True, verbose_name="减免原因")
    attempt = models.PositiveSmallIntegerField(default=1)  # of the order; a new one after more time was given
    pay_url = models.CharField(max_length=300, blank=True)
    placed_at = models.DateTimeField(null=True)  # when the payment platform took the order
    asked_at = models.DateTimeField(null=True)  # when it last answered what became of it
    trouble = models.CharField(max_length=200, blank=True)  # why the last call brought nothing

    class Meta:
        indexes = [
            models.Index(fields=["office", "state", "due_at"], name="bill_queue"),
            models.Index(fields=["payer", "-issued_at"], name="bill_of_payer"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="bill_asks_something"),
            models.CheckConstraint(condition=Q(due_at__gt=F("issued_at")), name="bill_leaves_time"),
            models.CheckConstraint(
                condition=~Q(state=BillState.PAID) | Q(paid_at__isnull=False), name="paid_bill_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state=BillState.WAIVED) | ~Q(waiver_reason=""), name="waiver_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def order(self) -> str:
        """The order number at the payment platform."""
        return f"{self.number}-{self.attempt}"

    @property
    def invoice_number(self) -> str:
        """One number for one bill, for ever."""
        return f"P{self.number[1:]}"


class BillLine(models.Model):
    """One fee of a bill, as the document names it."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=60)
    name = models.CharField(max_length=80, verbose_name="收费项目")
    fen = models.PositiveIntegerField(verbose_name="金额")
    basis = models.CharField(max_length=200, verbose_name="收费依据")

    class Meta:
        ordering = ["bill", "position"]
        constraints = [models.UniqueConstraint(fields=["bill", "item"], name="one_line_per_item")]

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """The ledger. A transaction is booked once; one payment per bill counts, others are to be paid back."""

    bill = models.ForeignKey(Bill, on_delete=models.PROTECT, related_name="payments")
    transaction = models.CharField(max_length=80, unique=True, verbose_name="交易号")
    fen = models.PositiveIntegerField(verbose_name="金额")
    paid_at = models.DateTimeField(verbose_name="支付时间")
    booked_at = models.DateTimeField(verbose_name="入账时间")
    source = models.CharField(max_length=10, choices=Source.choices)
    counts = models.BooleanField()

    class Meta:
        ordering = ["paid_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bill"], condition=Q(counts=True), name="a_bill_is_paid_once")
        ]

    def __str__(self) -> str:
        return self.transaction


class Notice(models.Model):
    """A rightly signed notice of the payment platform, as it came, and what it led to."""

    event = models.CharField(max_length=100, unique=True)
    body = models.TextField()
    received_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    bill = models.ForeignKey(Bill, null=True, on_delete=models.PROTECT, related_name="notices")

    def __str__(self) -> str:
        return self.event


class Refund(Stateful):
    """Money to be given back: asked for by one (or by the platform itself), approved by another."""

    state = models.CharField(
        max_length=40, choices=RefundState.choices, default=RefundState.REQUESTED, db_index=True
    )
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    fen = models.PositiveIntegerField(verbose_name="退款金额")
    reason = models.TextField(verbose_name="退款原因")
    requested_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.TextField(blank=True, verbose_name="审批意见")
    refunded_at = models.DateTimeField(null=True, verbose_name="退款时间")
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(state__in=sorted(LIVE_REFUNDS)), name="one_refund_per_payment"
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(requested_by=F("decided_by")),
                name="refund_by_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number under which the payment platform pays it back once."""
        return f"R{self.payment.bill.number}-{self.pk}"


class Invoice(models.Model):
    """One electronic invoice per paid bill (R-316); made once, void after the money was given back."""

    bill = models.OneToOneField(Bill, on_delete=models.PROTECT, related_name="invoice")
    number = models.CharField(max_length=40, unique=True, verbose_name="发票号码")
    issued_at = models.DateTimeField()
    file = models.FileField(upload_to="invoices/%Y", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    voided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.number


class Reconciliation(models.Model):
    """One office's day compared with the platform's file. Balanced: both sums equal and nothing left to explain."""

    office = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reconciliations")
    day = models.DateField(verbose_name="日期")
    fetched_at = models.DateTimeField()
    file = models.TextField()  # as it came
    theirs_fen = models.BigIntegerField(verbose_name="平台净额")
    ours_fen = models.BigIntegerField(verbose_name="本系统净额")
    count = models.PositiveIntegerField(verbose_name="笔数")

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [models.UniqueConstraint(fields=["office", "day"], name="one_reconciliation_per_day")]

    def __str__(self) -> str:
        return f"{self.office_id} {self.day}"

    @property
    def gap_fen(self) -> int:
        """What is left between both sums; zero when the day balances."""
        return self.theirs_fen - self.ours_fen


class Difference(models.Model):
    """One line on which the two accounts differ, and how it was explained."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=20, choices=DifferenceKind.choices)
    transaction = models.CharField(max_length=80)
    order = models.CharField(max_length=80)
    theirs_fen = models.IntegerField(null=True)
    ours_fen = models.IntegerField(null=True)
    resolution = models.TextField(blank=True, verbose_name="处理情况")
    resolved_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reconciliation", "transaction"], name="one_difference_per_transaction"
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | ~Q(resolution=""),
                name="resolved_difference_is_explained",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.transaction}"
