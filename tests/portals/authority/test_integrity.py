"""Pages of the integrity archive: audience, scope, two people, the appeal of whom it names (R-339…R-343)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.applications import forwarded, make_world
from tests.factories.integrity import confirmed, make_authority, officer, proposed
from tests.factories.people import applicant_actor, make_organisation, make_person, sign_in, staff_actor
from zhiping.applications.states import ApplicationState
from zhiping.integrity.models import IntegrityRecord
from zhiping.integrity.states import RecordState
from zhiping.kernel.actor import Role

pytestmark = pytest.mark.django_db
LIST, NEW = reverse("authority:integrity:list"), reverse("authority:integrity:propose")


def browser(actor) -> Client:
    client = Client()
    sign_in(client, actor)
    return client


def page(key: int) -> str:
    return reverse("authority:integrity:show", args=[key])


def test_from_a_case_to_its_end_by_two_people(now):
    """R-339: one records by the case's number, another confirms; the case ends, its person is told."""
    world = make_world(now)
    case, _ = forwarded(now, world)
    first = browser(world.county_officer)
    found = first.get(NEW, {"part": "applicant", "who": case.number})
    assert case.person.name in found.text
    assert "浙人社发〔2020〕47号" in found.text

    typed = {
        "sanction": "province_47",
        "kind": "提供虚假材料",
        "text": "论文系伪造。",
        "document_number": "示范人社监〔2026〕1号",
    }
    sent = first.post(f"{NEW}?part=applicant&who={case.number}", typed)
    record = IntegrityRecord.objects.get()
    assert sent.url == page(record.pk)
    assert "提交复核结果" not in first.get(page(record.pk)).text
    denied = first.post(page(record.pk), {"version": 1, "outcome": "confirm", "decision": "属实"})
    assert denied.status_code == 403

    second = browser(world.county_officer)
    second.post(page(record.pk), {"version": 1, "outcome": "confirm", "decision": "属实"})
    case.refresh_from_db()
    record.refresh_from_db()
    assert (record.state, case.state) == (RecordState.IN_FORCE, ApplicationState.EXPELLED)
    assert (
        "论文系伪造"
        in browser(applicant_actor(case.person))
        .get(reverse("applicant:integrity:show", args=[record.pk]))
        .text
    )


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"part": "applicant", "who": "2026-001-999999"}, "没有这个申报号"),
        ({"part": "employer", "who": "91330100000000000X"}, "统一社会信用代码"),
        ({"part": "expert", "who": "330106198506010011"}, "没有这个证件号码"),
    ],
)
def test_whom_nobody_knows_is_said_so_and_what_was_typed_stays(now, asked, word):
    answer = browser(officer(make_authority())).get(NEW, asked)

    assert answer.status_code == 422
    assert word in answer.text
    assert asked["who"] in answer.text


def test_a_case_of_another_county_cannot_be_found(now):
    case, _ = forwarded(now, make_world(now))
    elsewhere = officer(make_authority("330102"))

    assert browser(elsewhere).get(NEW, {"part": "applicant", "who": case.number}).status_code == 422


def test_half_a_finding_is_refused_with_what_was_typed(now):
    world = make_world(now)
    case, _ = forwarded(now, world)
    client = browser(world.county_officer)
    answer = client.post(
        f"{NEW}?part=applicant&who={case.number}",
        {"sanction": "province_47", "kind": "", "text": "论文系伪造。", "document_number": ""},
    )

    assert answer.status_code == 422
    assert "论文系伪造。" in answer.text
    assert not IntegrityRecord.objects.exists()


def test_what_is_only_proposed_stays_in_its_body(now):
    waiting = proposed(now, make_person("申报人乙"))
    own, elsewhere = browser(officer(waiting.recorded_for)), browser(officer(make_authority("330102")))

    assert "申报人乙" in own.get(LIST).text
    assert "申报人乙" not in elsewhere.get(LIST).text
    assert elsewhere.get(page(waiting.pk)).status_code == 404
    named = browser(applicant_actor(waiting.person))
    assert named.get(reverse("applicant:integrity:show", args=[waiting.pk])).status_code == 404


def test_the_named_person_appeals_and_a_third_decides(now):
    record = confirmed(now)
    named = browser(applicant_actor(record.person))
    own = reverse("applicant:integrity:show", args=[record.pk])
    assert named.post(own, {"text": ""}).status_code == 422
    named.post(own, {"text": "论文真实。"})
    appeal = record.appeals.get()

    third = browser(officer(record.recorded_for))
    place = reverse("authority:integrity:appeal", args=[appeal.pk])
    assert "论文真实。" in third.get(place).text
    third.post(place, {"version": 1, "outcome": "uphold", "decision": "编辑部证明属实"})

    record.refresh_from_db()
    assert record.state == RecordState.LIFTED
    assert "编辑部证明属实" in named.get(own).text


def test_others_see_nothing_of_it(now):
    record = confirmed(now)
    stranger = browser(applicant_actor(make_person()))
    clerk = browser(staff_actor(make_organisation(), Role.EMPLOYER_CLERK))

    assert stranger.get(reverse("applicant:integrity:show", args=[record.pk])).status_code == 404
    assert clerk.get(reverse("employer:integrity:show", args=[record.pk])).status_code == 404
    assert record.person.name not in clerk.get(reverse("employer:integrity:list")).text
    assert clerk.get(LIST).status_code == 403


def test_desks_see_a_record_in_force_and_not_an_old_one(now):
    """C-53: a visible flag on applications for other levels."""
    world = make_world(now)
    case, _ = forwarded(now, world)
    desk = browser(world.county_officer)
    place = reverse("authority:applications:case", args=[case.pk])
    confirmed(now, case.person, plan_year=2020)
    assert "诚信档案有记录" not in desk.get(place).text

    confirmed(now, case.person)
    shown = desk.get(place).text
    assert "诚信档案有记录" in shown
    assert "2026-01-01 至 2028-12-31" in shown
