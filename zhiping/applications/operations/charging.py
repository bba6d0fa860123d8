"""The fee of an accepted application: asked for, settled, given up (R-320…R-326, C-55…C-58). No review without it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhiping.applications import messages, transitions
from zhiping.applications.models import Application
from zhiping.applications.queries import latest_snapshot, live_application
from zhiping.applications.states import ENDED, ApplicationState
from zhiping.fees.amount import Line, lines_of
from zhiping.fees.models import Bill, Payment, Refund
from zhiping.fees.operations import cancel_bill, issue_bill, request_refund, request_surplus_refund
from zhiping.fees.queries import amounts_of, counting_payment
from zhiping.fees.states import SETTLED, BillState
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Refused
from zhiping.lifecycle.moving import move
from zhiping.messaging.operations import tell
from zhiping.plans.models import Plan
from zhiping.plans.rules import rules_of
from zhiping.policy_engine import fees_for

APPLIED_AGAIN = "逾期后查明按时缴费，但本人已在同一计划重新申报，退还原缴费用"


def scheme_of(plan: Plan) -> str:
    """The plan's name among fee schedules."""
    return f"plan:{plan.pk}"


def owed_by(application: Application) -> list[Line]:
    """What the plan's notice asks of this person, judged by what they submitted; nothing if it states no fee."""
    pack = rules_of(application.plan)
    if not pack.data.get("fees"):
        return []
    snapshot = latest_snapshot(application)
    facts: Mapping[str, Any] = json.loads(snapshot.content)["facts"] if snapshot else {}
    told = {name: value for name, value in facts.items() if name in pack.facts}
    asked = fees_for(pack, application.title.key, application.pathway, told, at=application.submitted_at)
    return lines_of(asked, amounts_of(scheme_of(application.plan)))


@transaction.atomic
def ask_fee(*, application: Application, now: datetime) -> bool:
    """After acceptance: wait for the fee if there is one; gives whether there is.

    1. move; 2. the bill, if every amount is known; else the person is told that it will follow (R-321).
    """
    lines = owed_by(application)
    if not lines:
        return False
    move(application, transitions.ASK_FEE, actor=SYSTEM, now=now, details={"items": [x.item for x in lines]})
    if all(line.fen for line in lines):
        _issue(application, lines, now)
    else:
        tell(
            person=application.person_id, kind=messages.AWAITS_AMOUNT, context=_context(application), now=now
        )
    return True


@transaction.atomic
def charge_waiting(*, application: Application, now: datetime) -> bool:
    """Make the bill of an application whose amount was not known before."""
    lines = owed_by(application)
    if not lines or not all(line.fen for line in lines):
        return False
    _issue(application, lines, now)
    return True


@transaction.atomic
def follow_bill(*, application: Application, bill: Bill, now: datetime) -> None:
    """Go on after the bill was paid or waived; end after it lapsed; come back if it turns out to have been paid in time.

    The open bill of a case that ended otherwise (fraud) is cancelled.
    """
    details = {"bill": bill.number}
    if application.state == ApplicationState.PAYMENT_PENDING and bill.state in SETTLED:
        move(application, transitions.SETTLE_FEE, actor=SYSTEM, now=now, details=details)
        tell(person=application.person_id, kind=messages.ACCEPTED, context=_context(application), now=now)
    elif application.state == ApplicationState.PAYMENT_PENDING and bill.state == BillState.LAPSED:
        move(application, transitions.GIVE_UP_UNPAID, actor=SYSTEM, now=now, details=details)
    elif application.state == ApplicationState.PAYMENT_LAPSED and bill.state == BillState.PAID:
        _come_back(application, bill, now)
    elif application.state in ENDED and bill.state == BillState.OPEN:
        cancel_bill(bill=bill, now=now)


@transaction.atomic
def ask_money_back(*, payment: Payment, reason: str, actor: Actor, now: datetime) -> Refund:
    """Ask for a refund; what pays for a running application stays until that has ended."""
    application = Application.objects.get(pk=payment.bill.subject_id)
    if payment.counts and application.state not in ENDED:
        raise Refused("这笔费用对应的申报还在进行，退了就等于没有缴费。申报结束以后才能申请退款。")
    return request_refund(payment=payment, reason=reason, actor=actor, now=now)


def _come_back(application: Application, bill: Bill, now: datetime) -> None:
    payment = counting_payment(bill)
    if payment is None or payment.refunds.exists():
        return
    if live_application(application.person_id, application.plan) is not None:
        request_surplus_refund(payment=payment, now=now, reason=APPLIED_AGAIN)
        return
    move(application, transitions.REINSTATE_PAID, actor=SYSTEM, now=now, details={"bill": bill.number})
    tell(person=application.person_id, kind=messages.REINSTATED, context=_context(application), now=now)


def _issue(application: Application, lines: list[Line], now: datetime) -> Bill:
    return issue_bill(
        scheme=scheme_of(application.plan),
        subject_id=application.pk,
        heading=f"{application.plan.name}（{application.title.name}）",
        payer=application.person,
        office=application.plan.office,
        lines=lines,
        now=now,
    )


def _context(application: Application) -> dict[str, Any]:
    return {"key": application.pk, "title": application.title.name, "number": application.number}
