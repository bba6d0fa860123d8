"""A fee paid, and a fee left unpaid, through HTTP and the payment platform's own page (issue 3; R-316, R-320…R-325, R-373)."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from sandbox.clock import Clock
from tests.factories.applications import forwarded, make_world, step_of
from tests.factories.fees import pay_at_stand_in
from tests.factories.people import applicant_actor, sign_in
from zhiping.applications.models import Application
from zhiping.applications.operations import pass_step
from zhiping.applications.states import ApplicationState
from zhiping.fees.models import Bill, Invoice
from zhiping.jobs.queue import run_due, run_periodic
from zhiping.kernel.clock import beijing_day
from zhiping.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.journey]


class Story:
    """The clock of both sides, the worker, and the applicant's screen."""

    def __init__(self, monkeypatch, client, now):
        self.patch, self.client = monkeypatch, client
        self.world = make_world(now)
        application, later = forwarded(now, self.world)
        self.at(later)
        step = step_of(application)
        pass_step(step=step, opinion="同意", version=step.version, actor=self.world.county_officer, now=later)
        self.application = application

    def at(self, moment):
        self.now = moment
        self.patch.setattr("zhiping.kernel.clock.now", lambda: moment)
        self.patch.setattr(Clock, "now", lambda _: moment.replace(microsecond=0))

    def work(self):
        cache.clear()
        run_periodic(self.now)
        while run_due():
            pass
        run_periodic(self.now)

    def office_passes(self):
        sign_in(self.client, self.world.officer)
        address = reverse("committee:applications:pass", args=[self.application.pk])
        answer = self.client.post(
            address, {"version": step_of(self.application).version, "opinion": "材料齐全"}
        )
        assert answer.status_code == 302

    def page(self) -> str:
        sign_in(self.client, applicant_actor(self.application.person))
        bill = self.bill
        return self.client.get(reverse("applicant:fees:show", args=[bill.pk])).content.decode()

    @property
    def bill(self) -> Bill:
        return Bill.objects.get(subject_id=self.application.pk)

    @property
    def state(self) -> str:
        return Application.objects.get(pk=self.application.pk).state

    def told(self) -> list[str]:
        rows = Message.objects.filter(person=self.application.person, key__startswith="fee.")
        return list(rows.order_by("pk").values_list("key", flat=True))


@pytest.fixture
def story(monkeypatch, client, now, sandbox, settings):
    cache.clear()
    settings.PAYMENT_URL, settings.PUBLIC_URL = f"{sandbox.base}/payment", "http://127.0.0.1:1"
    story = Story(monkeypatch, client, now)
    yield story
    cache.clear()


def test_a_fee_is_asked_for_paid_and_receipted(story):
    story.office_passes()
    assert story.state == ApplicationState.PAYMENT_PENDING
    story.work()
    assert "缴费二维码" in story.page()

    pay_at_stand_in(story.bill)
    answer = story.client.post(reverse("applicant:fees:check", args=[story.bill.pk]))
    story.work()

    assert "已入账" in story.client.get(answer.url).content.decode()
    assert story.state == ApplicationState.ACCEPTED
    invoice = story.client.get(reverse("applicant:fees:invoice", args=[story.bill.pk]))
    assert b"".join(invoice.streaming_content)[:5] == b"%PDF-"
    assert story.told() == ["fee.billed", "fee.paid"]
    assert Invoice.objects.get().bill == story.bill


def test_a_fee_paid_late_was_given_up_after_a_days_warning_and_goes_back(story):
    """Issue 3: a fee paid late: given up, with a day's warning; what comes too late is given back."""
    story.office_passes()
    story.work()
    due, address = story.bill.due_at, story.bill.pay_url
    story.at(due - timedelta(hours=30))
    story.work()
    assert story.told() == ["fee.billed", "fee.warned"]
    warned = Message.objects.get(key="fee.warned")
    assert warned.created_at <= due - timedelta(days=1)
    assert f"{beijing_day(due - timedelta(seconds=1)):%Y-%m-%d} 24:00" in warned.title

    story.at(due)
    story.work()

    assert story.state == ApplicationState.PAYMENT_LAPSED
    assert "视作自动放弃" in story.page()
    assert story.told()[-1] == "fee.lapsed"
    with pytest.raises(OSError, match="409"):
        pay_at_stand_in(story.bill)
    assert address == story.bill.pay_url


def test_a_fee_paid_in_the_last_second_counts(story):
    story.office_passes()
    story.work()
    due = story.bill.due_at
    story.at(due - timedelta(hours=30))
    story.work()
    story.at(due - timedelta(seconds=1))
    pay_at_stand_in(story.bill)
    story.at(due + timedelta(hours=3))
    story.work()

    assert story.state == ApplicationState.ACCEPTED
    assert "已缴费" in story.page()
