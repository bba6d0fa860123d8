"""Hours go from archive cards into the ledger and from the ledger into archive and application (R-043, R-045, R-047)."""

from datetime import UTC, datetime

import pytest

from tests.factories.applications import (
    PROFILE,
    forwarded,
    make_ready_draft,
    make_technician,
    make_world,
    reason,
    step_of,
    submitted,
)
from tests.factories.archive import make_item, make_profile
from tests.factories.hours import REGISTER, make_record, make_year
from tests.factories.people import applicant_actor, make_person
from zhiping.achievements.facts import facts_of
from zhiping.achievements.models import ArchiveItem
from zhiping.achievements.operations import save_item
from zhiping.achievements.queries import approved_versions
from zhiping.applications.operations import pass_step, pick_items, return_case
from zhiping.applications.operations.hours import refuse_short_hours
from zhiping.applications.queries import assessment_of, draft_of
from zhiping.applications.tasks import keep_hours_in_step
from zhiping.continuing_education.models import HourRecord, HourYear
from zhiping.kernel.errors import Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def person():
    return make_profile().person


def hours_of(person):
    versions = approved_versions(person)
    return facts_of(person, versions, profile=None, day=NOW.date())["ce_hours"]


def test_the_ledger_comes_into_the_archive_by_itself(person):
    """R-043, R-045: no upload, no audit; the source is told."""
    make_year(person, 2026, professional=72, public_general=12)

    keep_hours_in_step(NOW)

    [fact] = hours_of(person)
    assert (fact["year"], fact["professional"], fact["public_general"]) == (2026, 72, 12)
    assert fact["registered_in"] == REGISTER
    assert "自动提取自继续教育学时台账" in fact["source"]


def test_the_same_ledger_again_makes_no_new_version(person):
    make_year(person, 2026, professional=72)
    keep_hours_in_step(NOW)
    keep_hours_in_step(NOW)

    assert [each.number for each in approved_versions(person)] == [1]


def test_more_hours_are_the_next_version_and_the_old_one_stays(person):
    """R-041, R-179."""
    make_year(person, 2026, professional=60)
    keep_hours_in_step(NOW)
    make_year(person, 2026, public_general=12)
    keep_hours_in_step(NOW)

    item = ArchiveItem.objects.get(person=person)
    assert [each.data.get("public_general") for each in item.versions.order_by("number")] == [None, 12]


def test_a_card_moves_into_the_ledger_and_counts_once(person):
    """R-047, R-187: one truth, the ledger; the card itself is no fact any more."""
    card = {"year": 2017, "total": 90, "registered_in": "纸质证书"}
    make_item(person, "ce_hours", data=card, label="2017 年度")

    keep_hours_in_step(NOW)

    assert HourYear.objects.get(person=person, year=2017).whole == 90
    assert [(fact["year"], fact["total"]) for fact in hours_of(person)] == [(2017, 90)]
    assert ArchiveItem.objects.filter(person=person).count() == 2


def test_hours_of_another_register_in_the_same_year_are_added(person):
    """R-176: each record names its source; both together make the year."""
    make_year(person, 2021, professional=60)
    card = {"year": 2021, "public_general": 12, "registered_in": "丽水市人力社保公共服务平台"}
    make_item(person, "ce_hours", data=card)

    keep_hours_in_step(NOW)

    assert sum(fact.get("public_general", 0) for fact in hours_of(person)) == 12
    assert sum(fact.get("professional", 0) for fact in hours_of(person)) == 60


def test_revoked_hours_leave_the_archive(person):
    record = make_record(person)
    keep_hours_in_step(NOW)
    HourRecord.objects.filter(pk=record.pk).update(state="revoked")
    from zhiping.continuing_education.operations import bring_into_step

    bring_into_step(touched=[(person.pk, 2026)], now=NOW)
    keep_hours_in_step(NOW)

    assert hours_of(person) == []


def test_what_was_extracted_is_not_typed_over(person):
    make_year(person, 2026, professional=72)
    keep_hours_in_step(NOW)
    item = ArchiveItem.objects.get(person=person)

    with pytest.raises(Refused, match="自动提取"):
        save_item(
            item=item, category="ce_hours", typed={"year": "2026", "professional": "200"}, evidence=[],
            stamp="", token=None, actor=applicant_actor(person), now=NOW,
        )  # fmt: skip


def test_people_without_a_profile_keep_their_ledger():
    person = make_person()
    make_year(person, 2026, professional=72)

    keep_hours_in_step(NOW)

    assert hours_of(person)[0]["professional"] == 72


def test_an_application_judges_by_the_ledger_and_counts_no_card_twice(now):
    """R-045, R-191: the years of the ledger are carried into the application; cards that moved there are not."""
    world = make_world(now)
    person = make_technician(world.employer)
    keep_hours_in_step(now)

    application = make_ready_draft(now, world, person=person)
    assessment = assessment_of(application, now)

    hours = [item for item in assessment.draft.items if item["category"] == "ce_hours"]
    assert [(item["data"]["year"], item["source"]) for item in hours] == [
        (2019, "继续教育学时台账"),
        (2020, "继续教育学时台账"),
    ]
    assert assessment.must == []
    assert sorted((fact["year"], fact["total"]) for fact in assessment.facts["ce_hours"]) == [
        (2019, 90),
        (2020, 90),
    ]


def test_hours_that_came_meanwhile_do_not_hinder_mending(now):
    """R-190, R-295: after a return only the named places open, but the ledger goes on by itself."""
    world = make_world(now)
    application = submitted(now, world)
    step = step_of(application)
    return_case(
        step=step, reasons=[reason("form:self_report")], version=step.version, actor=world.clerk, now=now
    )
    make_year(application.person, 2021, professional=90)
    keep_hours_in_step(now)
    draft = draft_of(application)
    versions = approved_versions(application.person)

    section = pick_items(
        application_id=application.pk, version_ids=[each.pk for each in versions],
        version=draft.versions["achievements"], actor=applicant_actor(application.person), now=now,
    )  # fmt: skip

    assert 2021 in [item["data"].get("year") for item in section.data["items"]]


def test_hours_are_held_against_the_ledger_of_the_day(now, monkeypatch):
    """R-189, R-190: what was enough on submission is not when the ledger has lost a year by now."""
    monkeypatch.setitem(PROFILE, "unit_affiliation", "municipal")
    world = make_world(now)
    person = make_technician(world.employer)
    for year in (2019, 2020):
        make_year(person, year, professional=12, register="补登记系统")
    keep_hours_in_step(now)
    application = submitted(now, world, person=person)
    refuse_short_hours(application=application, now=now)

    HourRecord.objects.filter(person=person, year=2020).delete()

    with pytest.raises(Refused, match="继续教育学时不够，不能通过：2020 年还需"):
        refuse_short_hours(application=application, now=now)


def test_only_the_last_desk_before_the_committee_asks_for_the_hours(now, monkeypatch):
    """R-190: decisive at the last audit of the chain; the employer's desk before it does not ask."""

    def short(**_):
        raise Refused("继续教育学时不够")

    monkeypatch.setattr("zhiping.applications.operations.deciding.refuse_short_hours", short)
    world = make_world(now)
    application, moment = forwarded(now, world)
    step = step_of(application)

    with pytest.raises(Refused, match="学时不够"):
        pass_step(step=step, opinion="符合", version=step.version, actor=world.county_officer, now=moment)
    step.refresh_from_db()
    assert step.state == "open"
