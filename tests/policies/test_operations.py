"""Drafting, offering, approving, superseding, installing packs; entering a calendar year."""

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.factories.people import make_organisation, staff_actor
from tests.factories.plans import EXAMPLE, example_text, make_office, make_pack_version
from zhiping.auditlog.models import LogEntry
from zhiping.kernel.actor import SYSTEM, Actor, Role
from zhiping.kernel.errors import Forbidden, Refused
from zhiping.kernel.queries import working_calendar
from zhiping.organisations.states import OrganisationKind
from zhiping.policies.models import PackVersion
from zhiping.policies.operations import (
    approve_pack,
    draft_pack,
    enter_calendar_year,
    install_pack,
    publish_pack,
    return_pack,
    rewrite_pack,
)
from zhiping.policies.queries import pack_of, problems_of, visible_to
from zhiping.policies.states import PackState

pytestmark = pytest.mark.django_db


def office_actor(office=None) -> Actor:
    return staff_actor(office or make_office(), Role.COMMITTEE_OFFICE)


def admin() -> Actor:
    return staff_actor(make_organisation(kind=OrganisationKind.PLATFORM), Role.SYSTEM_ADMIN)


def test_a_pack_is_drafted_offered_and_published_by_a_second_person(now):
    """R-389: nobody publishes what they wrote."""
    office = make_office()
    author, colleague = office_actor(office), office_actor(office)

    version = draft_pack(text=example_text(), actor=author, now=now)
    publish_pack(version=version, actor=author, now=now)
    with pytest.raises(Refused, match="另一位同事"):
        approve_pack(version=version, actor=author, now=now)
    approve_pack(version=version, actor=colleague, now=now)

    version.refresh_from_db()
    assert (version.state, version.number, version.published_at) == (PackState.PUBLISHED, 1, now)
    assert list(LogEntry.objects.values_list("verb", flat=True)) == [
        "pack.draft",
        "pack.offer",
        "pack.approve",
    ]


def test_a_new_version_supersedes_the_old_one_which_stays_usable(now):
    office = make_office()
    author, colleague = office_actor(office), office_actor(office)
    old = make_pack_version(slug="example-2020-crafts-intermediate", owner=office)
    version = draft_pack(text=example_text().replace("amount: 180", "amount: 200"), actor=author, now=now)
    publish_pack(version=version, actor=author, now=now)

    approve_pack(version=version, actor=colleague, now=now)

    old.refresh_from_db()
    assert (old.state, version.number) == (PackState.SUPERSEDED, 2)
    assert pack_of(old).data["fees"][0]["amount"] == 180
    assert pack_of(version).data["fees"][0]["amount"] == 200


@pytest.mark.parametrize("state", [PackState.OFFERED, PackState.PUBLISHED, PackState.SUPERSEDED])
def test_the_database_refuses_to_change_or_delete_a_version_past_the_draft(state):
    """R-389: a change never alters what was judged by it."""
    version = make_pack_version(state=state)

    with pytest.raises(DatabaseError), transaction.atomic():
        PackVersion.objects.filter(pk=version.pk).update(text="format: 1")
    with pytest.raises(DatabaseError), transaction.atomic():
        PackVersion.objects.filter(pk=version.pk).delete()

    assert PackVersion.objects.get(pk=version.pk).text == version.text


def test_a_draft_is_rewritten_until_it_is_offered_and_again_after_a_return(now):
    author = office_actor()
    version = draft_pack(text=example_text(), actor=author, now=now)
    rewrite_pack(version=version, text=example_text().replace("180", "190"), actor=author, now=now)
    publish_pack(version=version, actor=author, now=now)
    with pytest.raises(Refused, match="只有草稿可以修改"):
        rewrite_pack(version=version, text=example_text(), actor=author, now=now)

    return_pack(version=version, reason="费用依据不对", actor=author, now=now)
    rewrite_pack(version=version, text=example_text(), actor=author, now=now)

    assert version.text == example_text()


def test_a_return_needs_a_reason(now):
    author = office_actor()
    version = draft_pack(text=example_text(), actor=author, now=now)
    publish_pack(version=version, actor=author, now=now)

    with pytest.raises(Refused, match="退回的原因"):
        return_pack(version=version, reason="  ", actor=author, now=now)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format: 1\nformat: 1\n", "重复"),
        ("format: 1\ncolour: red\n", "不认识的键“colour”"),
        ("[1, 2]", "最外层"),
        ("{", ""),
    ],
)
def test_problems_name_line_and_remedy(text, words):
    problems = problems_of(text)

    assert problems
    assert words in " ".join(problem.message for problem in problems)
    assert all(problem.remedy for problem in problems)


def test_a_text_with_problems_is_refused_and_nothing_is_kept(now):
    with pytest.raises(Refused, match=r"规则文本有 \d+ 处要改"):
        draft_pack(text="format: 1\n", actor=office_actor(), now=now)

    assert not PackVersion.objects.exists()


def test_a_publicity_shorter_than_the_law_is_refused_with_its_line():
    """Bad packs are refused at load, with line and remedy (R-276)."""
    text = re.sub(r"min_working_days: 5", "min_working_days: 3", example_text())

    (problem,) = problems_of(text)

    assert "短于法定" in problem.message
    assert "min_working_days: 3" in text.splitlines()[problem.line - 1]


def test_a_draft_may_not_turn_into_another_pack(now):
    author = office_actor()
    version = draft_pack(text=example_text(), actor=author, now=now)

    with pytest.raises(Refused, match="文本里写的却是"):
        rewrite_pack(
            version=version,
            text=example_text().replace("example-2020-crafts-intermediate", "example-2021"),
            actor=author,
            now=now,
        )


def test_another_office_neither_sees_nor_touches_a_draft(now):
    version = draft_pack(text=example_text(), actor=office_actor(), now=now)
    stranger = office_actor()

    assert not visible_to(stranger).exists()
    for act in (
        lambda: publish_pack(version=version, actor=stranger, now=now),
        lambda: rewrite_pack(version=version, text=example_text(), actor=stranger, now=now),
        lambda: approve_pack(version=version, actor=stranger, now=now),
    ):
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize(
    "role", [Role.COUNTY_HR, Role.SUPERVISOR, Role.EMPLOYER_CLERK, Role.COMMITTEE_MEMBER]
)
def test_other_roles_draft_nothing(now, role):
    with pytest.raises(Forbidden):
        draft_pack(text=example_text(), actor=staff_actor(make_organisation(), role), now=now)


def test_installing_twice_publishes_once(now):
    first = install_pack(folder=EXAMPLE, now=now)
    again = install_pack(folder=EXAMPLE, now=now)

    assert first == again
    assert (first.state, first.owner_id) == (PackState.PUBLISHED, None)
    assert LogEntry.objects.filter(verb="pack.approve", actor_role=SYSTEM.role).count() == 1


def test_a_calendar_year_is_entered_by_the_administrator(now):
    """R-392: the calendar is data; an unknown year is refused until then."""
    with pytest.raises(Refused, match="2027 年的节假日安排还没有录入"):
        working_calendar().add(date(2026, 12, 30), 5)

    enter_calendar_year(
        year=2027,
        basis="示例〔2026〕1号",
        lines="2027-01-01至2027-01-03 休 元旦\n2027-01-09 班 调休",
        actor=admin(),
        now=now,
    )

    calendar = working_calendar()
    assert calendar.add(date(2026, 12, 30), 2) == date(2027, 1, 4)
    assert calendar.is_working(date(2027, 1, 9))
    assert LogEntry.objects.get(verb="calendar.enter").details["basis"] == "示例〔2026〕1号"


@pytest.mark.parametrize(
    ("year", "basis", "lines", "words"),
    [
        (2027, "", "2027-01-01 休 元旦", "依据的文件"),
        (1980, "文", "1980-01-01 休 元旦", "年份应在"),
        (2027, "文", "", "一天也没有写"),
        (2027, "文", "元旦放假", "第 1 行“元旦放假”看不懂"),
        (2027, "文", "2027-01-01 休\n2026-12-31 休", "第 2 行的日期不在 2027 年"),
        (2027, "文", "2027-02-30 休", "没有 2027-02-30 这一天"),
        (2027, "文", "2027-01-03至2027-01-01 休", "起止日期不对"),
        (2027, "文", "2027-01-01 休\n2027-01-01 班", "前面已经写过"),
    ],
)
def test_a_calendar_year_that_cannot_be_read_is_refused(now, year, basis, lines, words):
    with pytest.raises(Refused, match=words):
        enter_calendar_year(year=year, basis=basis, lines=lines, actor=admin(), now=now)


def test_only_the_administrator_enters_calendars(now):
    with pytest.raises(Forbidden):
        enter_calendar_year(year=2027, basis="文", lines="2027-01-01 休", actor=office_actor(), now=now)
