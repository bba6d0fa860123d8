"""Bills as an office asks for them, and payments as the payment platform tells of them."""

import json
from datetime import datetime
from itertools import count
from urllib.parse import urlencode
from urllib.request import urlopen

from tests.factories.people import make_organisation, make_person
from zhiping.applications.models import Application
from zhiping.applications.tasks import follow_fees
from zhiping.fees.amount import Line
from zhiping.fees.models import Bill
from zhiping.fees.operations import issue_bill, take_notice
from zhiping.fees.operations.paying import collector_of
from zhiping.fees.states import Verdict
from zhiping.gateways.payment import NOTICE, PaymentTold, signed_head
from zhiping.identity.models import Person
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind

KEY = "shared-payment-key-for-tests"
_numbers = count(1)
REVIEW = Line("intermediate_review", "中级评审费", 18000, "浙财综字[2007]100号")
RECOMMENDATION = Line("recommendation", "推荐费", 8000, "浙财综字[2007]100号")


def make_bill(
    now: datetime,
    *,
    lines: tuple[Line, ...] = (REVIEW, RECOMMENDATION),
    office: Organisation | None = None,
    payer: Person | None = None,
) -> Bill:
    """An open bill of 260 yuan, made at `now`, due after five working days."""
    serial = next(_numbers)
    return issue_bill(
        scheme="plan:1",
        subject_id=serial,
        heading="示例市2026年度工艺美术师评审",
        payer=payer or make_person(),
        office=office or make_organisation(f"收费办公室{serial}", kind=OrganisationKind.COMMITTEE_OFFICE),
        lines=lines,
        now=now,
    )


def payment_told(bill: Bill, paid_at: datetime, **changed) -> PaymentTold:
    """What the platform says when the bill is paid at that moment."""
    transaction = changed.pop("transaction", f"T{bill.pk}")
    values = {
        "event": f"E-{transaction}",
        "order": bill.order,
        "collector": collector_of(bill.office_id),
        "fen": bill.fen,
        "currency": "CNY",
        "transaction": transaction,
        "paid_at": paid_at,
    }
    return PaymentTold(**{**values, **changed})


def notice_of(told: PaymentTold, *, at: datetime, key: str = KEY) -> tuple[dict[str, str], bytes]:
    """Headers and body of the notice as they travel."""
    body = json.dumps(
        {
            "event": told.event,
            "kind": "paid",
            "order": told.order,
            "collector": told.collector,
            "amount": told.fen,
            "currency": told.currency,
            "transaction": told.transaction,
            "paid_at": told.paid_at.isoformat(),
        }
    ).encode()
    return signed_head(key, (NOTICE, ""), told.event, body, at=at), body


def pay_at_stand_in(bill: Bill, **form: str) -> None:
    """Click “确认支付” on the page of the payment platform."""
    urlopen(bill.pay_url, urlencode({"pay": "1", **form}).encode()).read()


def pay_fee(application: Application, now: datetime) -> Bill:
    """The person pays what the application asks for, and the case goes on."""
    bill = Bill.objects.get(subject_id=application.pk)
    told = payment_told(bill, now)
    assert take_notice(told=told, body="{}", now=now) == Verdict.BOOKED
    follow_fees(now)
    return bill
