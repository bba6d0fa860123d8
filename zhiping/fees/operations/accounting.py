"""The daily account: our ledger against the payment platform's file, line by line, until nothing is left unexplained."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.fees import access, messages, queries
from zhiping.fees.amount import yuan
from zhiping.fees.models import Difference, Payment, Reconciliation, Refund
from zhiping.fees.operations.paying import bill_of_order, book_payment
from zhiping.fees.operations.refunding import finish_refund
from zhiping.fees.states import DifferenceKind, RefundState, Source, Verdict
from zhiping.gateways.payment import AccountLine, account_lines
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.messaging.operations import tell_each
from zhiping.organisations.models import Organisation
from zhiping.organisations.queries import staff_of

BOOKED_FROM_FILE = "没有收到支付通知，按对账文件补记入账，金额相符。"
REFUND_FROM_FILE = "退款结果没有收到应答，按对账文件补记，金额相符。"


@transaction.atomic
def reconcile_day(*, office: Organisation, day: date, file: str, now: datetime) -> Reconciliation:
    """Compare one office's day with the file of the platform. The same file again changes nothing.

    1. what only the platform has is booked if bill and amount fit (a lost notice costs nobody anything);
    2. whatever still differs becomes a line to be explained by a person; 3. the office is told.
    """
    found = Reconciliation.objects.filter(office=office, day=day).first()
    if found is not None:
        return found
    lines = once_each(account_lines(file))
    booked = [_book_from_file(line, office, now) for line in lines]
    ours = queries.ledger_of(office.pk, day)
    account = Reconciliation.objects.create(
        office=office,
        day=day,
        fetched_at=now,
        file=file,
        theirs_fen=sum(line.fen for line in lines),
        ours_fen=sum(fen for _, fen in ours.values()),
        count=len(lines),
    )
    differences = [*_self_explained(lines, booked), *differences_between(lines, ours)]
    for each in differences:
        each.reconciliation = account
        each.resolved_at = now if each.resolution else None
    Difference.objects.bulk_create(differences)
    details = {"day": day.isoformat(), "gap": account.gap_fen, "differences": len(differences)}
    record("account.reconcile", actor=SYSTEM, now=now, subject=account, details=details)
    left = sum(1 for each in differences if not each.resolution)
    if left:
        context = {"day": day.isoformat(), "count": left, "amount": yuan(account.gap_fen), "key": account.pk}
        tell_each(people=staff_of(office.pk), kind=messages.ACCOUNT_DIFFERS, context=context, now=now)
    return account


@transaction.atomic
def resolve_difference(*, difference: Difference, resolution: str, actor: Actor, now: datetime) -> None:
    """Write down how a difference was explained and settled; once, by a person, kept in the log."""
    if not access.can_resolve(actor, difference.reconciliation):
        raise Forbidden("account.resolve")
    if not resolution.strip():
        raise Refused("请写明核对的结果和处理办法。", field="resolution")
    values = {"resolution": resolution.strip(), "resolved_by_id": actor.person_id, "resolved_at": now}
    if not Difference.objects.filter(pk=difference.pk, resolved_at=None).update(**values):
        raise Refused("这一处差异已经处理过，请刷新页面查看。")
    details = {"transaction": difference.transaction, "kind": difference.kind}
    record(
        "account.resolve", actor=actor, now=now, subject=difference, note=resolution.strip(), details=details
    )


def once_each(lines: Sequence[AccountLine]) -> list[AccountLine]:
    """Each transaction once, in order of time: a file may repeat and shuffle its lines."""
    unique = {line.transaction: line for line in lines}
    return sorted(unique.values(), key=lambda line: (line.at, line.transaction))


def differences_between(
    lines: Sequence[AccountLine], ours: Mapping[str, tuple[str, int]]
) -> list[Difference]:
    """What a person has to explain."""
    found = []
    for line in lines:
        _, fen = ours.get(line.transaction, ("", None))
        if fen == line.fen:
            continue
        kind = DifferenceKind.AMOUNT if fen is not None else DifferenceKind.UNKNOWN_BILL
        if fen is None and bill_of_order(line.order) is not None:
            kind = DifferenceKind.MISSING_HERE
        found.append(_difference(kind, number=line.transaction, order=line.order, theirs=line.fen, ours=fen))
    theirs = {line.transaction for line in lines}
    found += [
        _difference(
            DifferenceKind.MISSING_THERE, number=transaction_number, order=order, theirs=None, ours=fen
        )
        for transaction_number, (order, fen) in sorted(ours.items())
        if transaction_number not in theirs
    ]
    return found


def _difference(
    kind: str, *, number: str, order: str, theirs: int | None, ours: int | None, resolution: str = ""
) -> Difference:
    return Difference(
        kind=kind, transaction=number, order=order, theirs_fen=theirs, ours_fen=ours, resolution=resolution
    )


def _self_explained(lines: Sequence[AccountLine], booked: Sequence[str]) -> list[Difference]:
    return [
        _difference(
            DifferenceKind.MISSING_HERE,
            number=line.transaction,
            order=line.order,
            theirs=line.fen,
            ours=line.fen,
            resolution=why,
        )
        for line, why in zip(lines, booked, strict=True)
        if why
    ]


def _book_from_file(line: AccountLine, office: Organisation, now: datetime) -> str:
    """Book what only the platform has, if everything fits; gives why, or nothing if there was nothing to book."""
    if line.kind == "refunded":
        return _finish_from_file(line, office, now)
    bill = bill_of_order(line.order)
    known = Payment.objects.filter(transaction=line.transaction).exists()
    if known or bill is None or bill.office_id != office.pk or bill.fen != line.fen:
        return ""
    verdict = book_payment(
        bill=bill,
        transaction_number=line.transaction,
        fen=line.fen,
        paid_at=line.at,
        source=Source.FILE,
        now=now,
    )
    return BOOKED_FROM_FILE if verdict in (Verdict.BOOKED, Verdict.SURPLUS) else ""


def _finish_from_file(line: AccountLine, office: Organisation, now: datetime) -> str:
    _, _, key = line.transaction.rpartition("-")
    waiting = Refund.objects.select_related("payment__bill").filter(
        pk=int(key) if key.isdigit() else 0, state=RefundState.APPROVED, payment__bill__office=office
    )
    refund = waiting.first()
    if refund is None or refund.number != line.transaction or -refund.fen != line.fen:
        return ""
    finish_refund(refund=refund, refunded_at=line.at, now=now)
    return REFUND_FROM_FILE
