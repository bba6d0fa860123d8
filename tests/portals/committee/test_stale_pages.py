"""A page that another person's act has overtaken changes nothing; one that sends no version counts as such."""

import pytest
from django.test import Client

from tests.factories.committees import World
from tests.factories.notices import make_publicity
from tests.factories.people import sign_in
from tests.factories.plans import make_plan
from zhiping.committees.models import Round
from zhiping.committees.operations.voting import open_rounds
from zhiping.kernel.actor import ANONYMOUS
from zhiping.notices.list_content import Report
from zhiping.notices.models import Objection
from zhiping.notices.operations import accept_objection, file_objection
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db
OLD = [{}, {"version": ""}, {"version": "x"}, {"version": "99"}]


@pytest.fixture
def world(now, at):
    at(now)
    return World(now)


@pytest.fixture
def office(world):
    client = Client()
    sign_in(client, world.clerk)
    return client


def posted(client, address, fields, old):
    """The status, and whether the page says that somebody was faster."""
    answer = client.post(address, {**fields, **old})
    return answer.status_code, "刚刚已被处理" in answer.content.decode()


def objection_of(world, now) -> Objection:
    publicity = make_publicity(now, organisation=world.office)
    filed, _ = file_objection(
        publicity=publicity,
        entry=publicity.entries.first(),
        report=Report(channel="online", text="业绩不属实"),
        link="/x/",
        actor=ANONYMOUS,
        now=now,
    )
    return filed


@pytest.mark.parametrize("old", OLD)
def test_an_objection_is_neither_accepted_nor_decided_from_an_old_page(world, office, now, old):
    objection = objection_of(world, now)
    address = f"/committee/publicity/objections/{objection.pk}/"
    assert posted(office, address, {"accept": "1"}, old) == (409, True)
    accept_objection(objection=objection, version=objection.version, actor=world.clerk, now=now)
    told = {"upheld": "no", "decision": "经核查不属实"}
    assert posted(office, address, told, old) == (422, True)
    objection.refresh_from_db()
    assert objection.decision == ""

    assert office.post(address, {**told, "version": objection.version}).status_code == 302
    objection.refresh_from_db()
    assert objection.decision == "经核查不属实"


@pytest.mark.parametrize("old", OLD)
def test_a_round_is_neither_closed_nor_made_void_from_an_old_page(world, office, now, old):
    [(round_, _)] = open_rounds(meeting=world.session(cases=1), actor=world.clerk, now=now)
    address = f"/committee/meetings/rounds/{round_.pk}/"

    assert posted(office, address, {}, old) == (409, True)
    assert posted(office, f"{address}void/", {"reason": "纸条遗失"}, old) == (409, True)
    assert Round.objects.get(pk=round_.pk).state == "open"


@pytest.mark.parametrize("old", OLD)
def test_a_meeting_does_not_go_on_from_an_old_page(world, office, old):
    meeting = world.meeting()

    assert posted(office, f"/committee/meetings/{meeting.pk}/do/start_roll_call/", {}, old) == (409, True)
    meeting.refresh_from_db()
    assert meeting.state == "planned"


@pytest.mark.parametrize("old", OLD)
def test_a_plan_does_not_go_on_from_an_old_page(world, office, old):
    plan = make_plan(office=world.office, state=PlanState.OPEN)

    told = {"reason": "系统停机"}
    assert posted(office, f"/committee/plans/{plan.slug}/act/suspend/", told, old) == (409, True)
    plan.refresh_from_db()
    assert plan.state == PlanState.OPEN


@pytest.mark.parametrize("old", OLD)
def test_a_filing_is_neither_given_nor_taken_from_an_old_page(world, old):
    client, committee = Client(), world.filed_committee()
    sign_in(client, world.official)

    address = f"/authority/committees/{committee.pk}/withdraw/"
    assert posted(client, address, {"basis": "示范函〔2026〕1号"}, old) == (422, True)
    committee.refresh_from_db()
    assert committee.state == "filed"
