"""The fee of an accepted application, by the real packs' schedules (R-320…R-326, C-55…C-58)."""

import json
from datetime import timedelta

import pytest
from django.conf import settings

from tests.factories.committees import make_application
from tests.factories.fees import payment_told
from tests.factories.people import LONG_AGO, staff_actor
from zhiping.applications.models import Application, Snapshot
from zhiping.applications.operations import ask_fee, ask_money_back
from zhiping.applications.states import ApplicationState
from zhiping.applications.tasks import follow_fees
from zhiping.auditlog.queries import history_of
from zhiping.certificates.queries import is_exportable
from zhiping.committees.operations.publicity import post_list
from zhiping.fees.models import Bill, Refund
from zhiping.fees.operations import lapse_bill, set_amount, take_notice, waive_bill, warn_bill
from zhiping.fees.states import BillState
from zhiping.kernel.actor import Role
from zhiping.kernel.errors import Refused
from zhiping.messaging.models import Message
from zhiping.notices.states import PublicityKind
from zhiping.plans.operations import load_notice

pytestmark = pytest.mark.django_db
LISHUI = "lishui-2021-arts-and-crafts-intermediate-junior"
ANJI = "anji-2021-03-express-engineering"
SILENT = "zhejiang-2021-arts-and-crafts-senior"


def accepted(slug: str, *, title: str = "", **facts) -> Application:
    """An application of that notice's plan which the office has just accepted."""
    plan = load_notice(folder=settings.POLICY_PACKS / slug, now=LONG_AGO)
    application = make_application(plan, state=ApplicationState.ACCEPTED)
    if title:
        application.title = plan.titles.get(name=title)
        application.save(update_fields=["title"])
    content = json.dumps({"facts": facts})
    Snapshot.objects.create(
        application=application, number=1, content=content, sha256="0" * 64, created_at=plan.created_at
    )
    return application


def state_of(application) -> str:
    return Application.objects.get(pk=application.pk).state


def bill_of(application) -> Bill:
    return Bill.objects.get(subject_id=application.pk)


@pytest.mark.parametrize(
    ("title", "region", "lines"),
    [
        (
            "工艺美术师",
            "331121",
            [("中级评审费", 18000), ("推荐费", 8000)],
        ),  # 青田: recommended by a lower committee
        ("工艺美术师", "331102", [("中级评审费", 18000)]),  # 莲都: comes straight
        ("助理工艺美术师", "331121", [("初级评审费", 10000)]),
    ],
)
def test_lishui_charges_by_title_and_by_who_recommends(now, title, region, lines):
    """R-320, C-55: 180 + 80 = 260; 180; 100."""
    application = accepted(LISHUI, title=title, region_code=region)

    assert ask_fee(application=application, now=now)

    assert [(line.name, line.fen) for line in bill_of(application).lines.all()] == lines
    assert state_of(application) == ApplicationState.PAYMENT_PENDING


def test_lishui_charges_no_recommendation_where_the_region_is_not_known(now):
    application = accepted(LISHUI, title="工艺美术师")
    ask_fee(application=application, now=now)

    assert bill_of(application).fen == 18000


def test_a_notice_that_states_no_fee_asks_for_none(now):
    """R-326: chain has no payment step."""
    application = accepted(SILENT)

    assert not ask_fee(application=application, now=now)
    assert state_of(application) == ApplicationState.ACCEPTED
    assert Bill.objects.count() == 0


def test_anji_waits_for_the_amount_then_charges_it(now):
    """R-321: amount empty → nothing can be paid or exported; amount entered 150 → order of 150."""
    application = accepted(ANJI)
    ask_fee(application=application, now=now)
    follow_fees(now)
    assert (state_of(application), Bill.objects.count()) == (ApplicationState.PAYMENT_PENDING, 0)
    assert Message.objects.get(person=application.person).key == "application.awaits_amount"

    plan = application.plan
    clerk = staff_actor(plan.office, Role.COMMITTEE_OFFICE)
    values = {
        "scheme": f"plan:{plan.pk}",
        "office": plan.office,
        "item": "review",
        "basis": "浙价费〔2002〕229号",
    }
    set_amount(**values, fen=15000, actor=clerk, now=now)
    follow_fees(now)

    assert bill_of(application).fen == 15000


def pay(application, now, paid_at=None) -> None:
    take_notice(told=payment_told(bill_of(application), paid_at or now), body="{}", now=now)
    follow_fees(now)


def test_anji_prints_the_form_only_after_payment(now):
    """R-323, C-58: export before payment refused, after payment allowed; Lishui's form does not wait for the fee."""
    application = accepted(ANJI)
    plan = application.plan
    clerk = staff_actor(plan.office, Role.COMMITTEE_OFFICE)
    values = {"scheme": f"plan:{plan.pk}", "office": plan.office, "item": "review", "basis": "文件"}
    set_amount(**values, fen=15000, actor=clerk, now=now)
    ask_fee(application=application, now=now)
    assert not is_exportable(Application.objects.get(pk=application.pk))

    pay(application, now)
    assert is_exportable(Application.objects.get(pk=application.pk))

    other = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=other, now=now)
    assert is_exportable(Application.objects.get(pk=other.pk))


def test_a_paid_case_goes_on_and_tells_its_story(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    pay(application, now)
    follow_fees(now)

    assert state_of(application) == ApplicationState.ACCEPTED
    verbs = [entry.verb for entry in history_of(application)]
    assert verbs == ["application.ask_fee", "application.settle_fee"]


def test_a_waived_case_goes_on(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    bill = bill_of(application)
    clerk = staff_actor(bill.office, Role.COMMITTEE_OFFICE)
    waive_bill(bill=bill, reason="低保", version=bill.version, actor=clerk, now=now)
    follow_fees(now)

    assert state_of(application) == ApplicationState.ACCEPTED


def lapse(application) -> Bill:
    bill = bill_of(application)
    warn_bill(bill=bill, now=bill.due_at - timedelta(hours=30))
    lapse_bill(bill=bill, now=bill.due_at)
    follow_fees(bill.due_at)
    return bill


def test_an_unpaid_case_is_given_up_and_says_so(now):
    """R-324: due 28 December unpaid → on the 29th given up; the log says why."""
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    bill = lapse(application)

    assert state_of(application) == ApplicationState.PAYMENT_LAPSED
    assert history_of(application).last().verb == "application.give_up_unpaid"
    assert list(Message.objects.filter(person=bill.payer).order_by("pk").values_list("key", flat=True)) == [
        "fee.billed",
        "fee.warned",
        "fee.lapsed",
    ]


def test_who_paid_in_time_but_was_heard_of_late_comes_back(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    bill = lapse(application)
    pay(application, bill.due_at + timedelta(hours=1), paid_at=bill.due_at - timedelta(seconds=1))

    assert state_of(application) == ApplicationState.ACCEPTED
    assert history_of(application).last().verb == "application.reinstate_paid"


def test_who_applied_again_meanwhile_gets_the_money_back_instead(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    bill = lapse(application)
    Application.objects.create(
        person=application.person, plan=application.plan, title=application.title, created_at=now
    )
    pay(application, bill.due_at + timedelta(hours=1), paid_at=bill.due_at - timedelta(seconds=1))
    follow_fees(bill.due_at + timedelta(hours=2))

    assert state_of(application) == ApplicationState.PAYMENT_LAPSED
    assert Refund.objects.count() == 1


def test_no_review_begins_for_an_unpaid_case(now):
    """Issue 3 §3: an unpaid case cannot be put on the pre-review list."""
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    clerk = staff_actor(application.plan.office, Role.COMMITTEE_OFFICE)

    with pytest.raises(Refused, match="待缴费"):
        post_list(
            kind=PublicityKind.PRE_REVIEW,
            plan=application.plan,
            applications=[Application.objects.get(pk=application.pk)],
            place="网站",
            method="网上",
            contact="办公室",
            actor=clerk,
            now=now,
        )


def test_an_expelled_case_owes_nothing_any_more(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.EXPELLED)
    follow_fees(now)

    assert bill_of(application).state == BillState.CANCELLED


def test_what_pays_for_a_running_case_is_not_given_back(now):
    application = accepted(LISHUI, title="工艺美术师", region_code="331102")
    ask_fee(application=application, now=now)
    pay(application, now)
    payment = bill_of(application).payments.get()
    clerk = staff_actor(application.plan.office, Role.COMMITTEE_OFFICE)

    with pytest.raises(Refused, match="还在进行"):
        ask_money_back(payment=payment, reason="不报了", actor=clerk, now=now)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.REFUSED)
    assert ask_money_back(payment=payment, reason="评前异议属实", actor=clerk, now=now).fen == 18000
