"""Rolling over, confirming, proposing, publishing, changing dates, following the clock."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories.people import make_organisation, make_region, staff_actor
from tests.factories.plans import example_text, make_office, make_pack_version, make_plan, open_around
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.actor import SYSTEM, Role
from zhiping.kernel.clock import BEIJING, end_of, start_of
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.plans.models import Plan
from zhiping.plans.operations import (
    confirm_point,
    follow_the_clock,
    install_plan,
    propose_plan,
    publish_plan,
    return_plan,
    roll_over,
    set_basics,
    set_window,
)
from zhiping.plans.queries import findings_of, is_open, visible_to
from zhiping.plans.rules import rules_of
from zhiping.plans.states import PlanState

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def clerk(office):
    return staff_actor(office, Role.COMMITTEE_OFFICE)


@pytest.fixture
def colleague(office):
    return staff_actor(office, Role.COMMITTEE_OFFICE)


@pytest.fixture
def last_year(office):
    return make_plan(office=office, state=PlanState.ARCHIVED, slug="crafts-2020")


@pytest.fixture
def draft(last_year, clerk, now):
    return roll_over(plan=last_year, year=2026, actor=clerk, now=now)


def confirm_all(plan, actor, now):
    for key in plan.confirmations.values_list("key", flat=True):
        confirm_point(plan=plan, key=key, actor=actor, now=now)


def test_a_rollover_copies_the_plan_into_a_draft_with_moved_dates(draft, last_year):
    """Issue §4: copy last year's plan, shift dates."""
    windows = {w.step: (w.opens_at, w.closes_at) for w in draft.windows.all()}

    assert (draft.state, draft.year, draft.slug, draft.rolled_from) == (
        "draft",
        2026,
        "crafts-2026",
        last_year,
    )
    assert draft.name == "2026年度工艺美术师申报计划（示例）"
    assert draft.cutoff_on == date(2026, 12, 31)
    assert windows["applicant"] == (start_of(date(2026, 9, 1)), end_of(date(2026, 10, 10)))
    assert [title.name for title in draft.titles.all()] == ["工艺美术师"]


def test_a_rollover_lists_what_a_person_must_confirm(draft):
    points = {point.key: point.value for point in draft.confirmations.all()}

    assert list(points) == [
        "pack",
        "cutoff",
        "window.applicant",
        "window.unit",
        "document.criteria",
        "contact.office",
    ]
    assert points["window.applicant"] == "2026-09-01 至 2026-10-10 24:00"
    assert "示例发〔2012〕9号" in points["document.criteria"]
    assert "0571-80000000" in points["contact.office"]


def test_a_rollover_from_a_first_day_keeps_the_distances(last_year, clerk, now):
    new = roll_over(plan=last_year, year=2026, actor=clerk, now=now, opens_on=date(2026, 3, 2))

    assert new.windows.get(step="applicant").opens_at == start_of(date(2026, 3, 2))
    assert new.windows.get(step="applicant").closes_at == end_of(date(2026, 4, 10))


def test_a_window_without_a_printed_beginning_begins_on_the_given_day(office, clerk, now):
    """Distances are counted from the notice's date, 1 September 2020, to 10 October."""
    plan = make_plan(office=office, state=PlanState.ARCHIVED, days={"applicant": (None, date(2020, 10, 10))})

    new = roll_over(plan=plan, year=2026, actor=clerk, now=now, opens_on=date(2026, 3, 2))

    window = new.windows.get(step="applicant")
    assert (window.opens_at, window.closes_at) == (start_of(date(2026, 3, 2)), end_of(date(2026, 4, 10)))


def test_a_rollover_into_a_year_without_calendar_is_refused(last_year, clerk, now):
    """R-392."""
    with pytest.raises(Refused, match="2027 年的节假日安排还没有录入"):
        roll_over(plan=last_year, year=2027, actor=clerk, now=now)

    assert Plan.objects.count() == 1


@pytest.mark.parametrize("year", [2020, 2019])
def test_a_rollover_goes_forward(last_year, clerk, now, year):
    with pytest.raises(Refused, match="要晚于 2020 年"):
        roll_over(plan=last_year, year=year, actor=clerk, now=now)


def test_a_second_rollover_into_the_same_year_is_refused(draft, last_year, clerk, now):
    with pytest.raises(Refused, match="已经建立"):
        roll_over(plan=last_year, year=2026, actor=clerk, now=now)


def test_another_office_rolls_nothing_over(last_year, now):
    stranger = staff_actor(make_office(), Role.COMMITTEE_OFFICE)

    with pytest.raises(Forbidden):
        roll_over(plan=last_year, year=2026, actor=stranger, now=now)


def test_a_draft_is_not_proposed_before_every_point_is_confirmed(draft, clerk, now):
    with pytest.raises(Refused, match="还有 6 项没有确认"):
        propose_plan(plan=draft, actor=clerk, now=now)

    draft.refresh_from_db()
    assert draft.state == PlanState.DRAFT


def test_each_confirmation_is_kept_by_name_and_logged(draft, clerk, now):
    confirm_point(plan=draft, key="cutoff", actor=clerk, now=now)
    confirm_point(plan=draft, key="cutoff", actor=clerk, now=now + timedelta(hours=1))

    point = draft.confirmations.get(key="cutoff")
    entry = LogEntry.objects.get(verb="plan.confirm")
    assert (point.confirmed_name, point.confirmed_at) == (clerk.name, now)
    assert entry.details == {"key": "cutoff", "value": "2026-12-31"}


def test_a_plan_is_published_by_a_second_person(draft, clerk, colleague, now):
    confirm_all(draft, clerk, now)
    propose_plan(plan=draft, actor=clerk, now=now)
    with pytest.raises(Refused, match="另一位同事"):
        publish_plan(plan=draft, actor=clerk, now=now)

    publish_plan(plan=draft, actor=colleague, now=now)

    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == (PlanState.PUBLISHED, now)


def test_a_plan_without_room_for_the_publicity_is_not_proposed(draft, clerk, now):
    """R-303."""
    set_window(plan=draft, step="unit", opens=None, closes=date(2026, 10, 13), actor=clerk, now=now)
    confirm_all(draft, clerk, now)

    with pytest.raises(Refused, match="放不下 5 个工作日的公示"):
        propose_plan(plan=draft, actor=clerk, now=now)


def test_a_changed_window_must_be_confirmed_again(draft, clerk, now):
    confirm_all(draft, clerk, now)

    set_window(
        plan=draft, step="applicant", opens=date(2026, 9, 2), closes=date(2026, 10, 9), actor=clerk, now=now
    )

    assert list(draft.confirmations.filter(confirmed_at=None).values_list("key", flat=True)) == [
        "window.applicant"
    ]


def test_a_returned_plan_is_a_draft_again_and_a_return_needs_a_reason(draft, clerk, colleague, now):
    confirm_all(draft, clerk, now)
    propose_plan(plan=draft, actor=clerk, now=now)
    with pytest.raises(Refused, match="退回的原因"):
        return_plan(plan=draft, reason="", actor=colleague, now=now)

    return_plan(plan=draft, reason="单位审核太短", actor=colleague, now=now)

    assert draft.state == PlanState.DRAFT


def test_the_rules_of_a_proposed_plan_are_frozen(draft, clerk, now):
    confirm_all(draft, clerk, now)
    propose_plan(plan=draft, actor=clerk, now=now)

    with pytest.raises(Refused, match="不能再改"):
        set_basics(plan=draft, name="x", cutoff_on=None, version=draft.pack_version, actor=clerk, now=now)
    with pytest.raises(Refused, match="不能改时间"):
        set_window(plan=draft, step="unit", opens=None, closes=date(2026, 12, 1), actor=clerk, now=now)


def test_a_new_version_of_the_rules_brings_titles_windows_and_open_points(draft, clerk, now):
    confirm_all(draft, clerk, now)
    text = example_text().replace('name: "单位审核", who: "employer"', 'name: "单位推荐", who: "employer"')
    version = make_pack_version(text.replace('id: "unit", name: "单位推荐"', 'id: "unit2", name: "单位推荐"'
                                             ).replace('window: "unit"', 'window: "unit2"'))  # fmt: skip

    set_basics(plan=draft, name="新名", cutoff_on=date(2026, 12, 30), version=version, actor=clerk, now=now)

    assert list(draft.windows.values_list("step", "closes_at"))[1] == ("unit2", None)
    assert set(draft.confirmations.filter(confirmed_at=None).values_list("key", flat=True)) == {
        "pack",
        "cutoff",
        "window.unit2",
    }


def test_a_published_plan_changes_a_date_only_with_a_reason(office, clerk, now):
    """R-304: the plan's owner can, with a reason, and one log entry appears."""
    plan = open_around(now, office=office)
    later = now.date() + timedelta(days=12)
    with pytest.raises(Refused, match="要写明原因"):
        set_window(plan=plan, step="applicant", opens=None, closes=later, actor=clerk, now=now)

    set_window(
        plan=plan,
        step="applicant",
        opens=now.date(),
        closes=later,
        actor=clerk,
        now=now,
        reason="系统停机一天",
    )

    assert plan.windows.get(step="applicant").closes_at == end_of(later)
    assert [entry.note for entry in LogEntry.objects.filter(verb="plan.set_window")] == ["系统停机一天"]


def test_more_time_opens_a_closed_plan_again(office, clerk, now):
    plan = open_around(now, office=office, state=PlanState.CLOSED)

    set_window(
        plan=plan,
        step="applicant",
        opens=now.date(),
        closes=now.date() + timedelta(days=3),
        actor=clerk,
        now=now,
        reason="补报",
    )

    assert plan.state == PlanState.OPEN


@pytest.mark.parametrize("role", [Role.COUNTY_HR, Role.EMPLOYER_CLERK, Role.SYSTEM_ADMIN])
def test_nobody_else_reopens_a_plan(now, role):
    """R-304."""
    plan = open_around(now, state=PlanState.CLOSED)
    actor = staff_actor(make_organisation(), role)

    with pytest.raises(Forbidden):
        set_window(
            plan=plan, step="applicant", opens=None, closes=now.date(), actor=actor, now=now, reason="x"
        )


def test_time_opens_and_closes_plans(office, clerk, now):
    plan = open_around(now, office=office, state=PlanState.PUBLISHED)
    make_plan(office=office, state=PlanState.ARCHIVED)

    assert follow_the_clock(now=now) == 1
    plan.refresh_from_db()
    assert plan.state == PlanState.OPEN

    assert follow_the_clock(now=now + timedelta(days=11)) == 1
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED
    assert follow_the_clock(now=now + timedelta(days=12)) == 0


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        (datetime(2022, 4, 10, 23, 59, 59, tzinfo=BEIJING), True),
        (datetime(2022, 4, 11, 0, 0, 0, tzinfo=BEIJING), False),
        (datetime(2022, 2, 23, 23, 59, 59, tzinfo=BEIJING), False),
    ],
)
def test_late_by_one_second_is_late(moment, opened):
    """R-062, R-298, C-39."""
    plan = make_plan(days={"applicant": (date(2022, 2, 24), date(2022, 4, 10))})

    assert is_open(plan, moment) is opened


def test_a_suspended_plan_is_not_open(now):
    plan = open_around(now, state=PlanState.SUSPENDED)

    assert not is_open(plan, now)


def test_drafts_are_seen_by_their_office_only(draft, last_year, clerk):
    stranger = staff_actor(make_office(), Role.COMMITTEE_OFFICE)

    assert set(visible_to(clerk)) == {draft, last_year}
    assert set(visible_to(stranger)) == {last_year}


def test_the_dates_of_the_plan_prevail_over_the_notice(office):
    """R-063, R-104: rules are judged with the plan's own windows and cut-off."""
    plan = make_plan(
        office=office,
        year=2026,
        cutoff_on=date(2026, 12, 31),
        days={"applicant": (date(2026, 3, 1), date(2026, 3, 20))},
    )

    rules = rules_of(plan)

    assert rules.cutoff == date(2026, 12, 31)
    assert [(w["opens"], w["closes"]) for w in rules.data["windows"] if w["id"] == "applicant"] == [
        (date(2026, 3, 1), date(2026, 3, 20))
    ]
    assert rules_of(plan) is rules


def test_a_plan_as_printed_uses_the_pack_itself(last_year):
    assert rules_of(last_year).checksum == last_year.pack_version.checksum


def test_a_notice_of_the_past_is_entered_once_and_archived(now):
    version, office = make_pack_version(), make_office()
    fields = {
        "version": version,
        "slug": "h20",
        "region": make_region("330100"),
        "office": office,
        "now": now,
    }

    first = install_plan(**fields)
    again = install_plan(**fields)

    assert first == again
    assert (first.state, first.level, first.year) == (PlanState.ARCHIVED, "intermediate", 2020)
    assert first.windows.count() == 2
    assert LogEntry.objects.filter(verb="plan.install", actor_role=SYSTEM.role).count() == 1
    assert all(not each.blocks for each in findings_of(first))
