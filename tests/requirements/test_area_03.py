"""Area 3, the archive: windows, collective work, parts of evidence, versions (R-038…R-056), from the test ideas."""

from datetime import date

import pytest
from django.conf import settings

from tests.factories.archive import make_file, make_item, make_profile
from tests.factories.people import applicant_actor, make_person
from zhiping.achievements.facts import facts_of
from zhiping.achievements.operations import BadRecord, submit_item
from zhiping.achievements.queries import approved_versions
from zhiping.achievements.schema import categories
from zhiping.achievements.states import VersionState
from zhiping.applications.counting import counted_items, counting_of, since_day
from zhiping.applications.draft import Draft
from zhiping.policy_engine import load_pack

pytestmark = pytest.mark.django_db


def pack_of(slug):
    return load_pack(settings.POLICY_PACKS / slug)


def award(day, **more):
    return {"item": 1, "category": "contests", "data": {"work": "瓶", "awarded_on": day, **more}}


def counts(pack, facts, item):
    return counting_of(pack, item, *since_day(pack, facts)).counts


@pytest.mark.parametrize(
    ("day", "expected"), [("2018-06-29", False), ("2018-06-30", True), ("2018-07-01", True)]
)
def test_awards_count_from_the_day_of_the_current_title(day, expected):
    """R-049: 丽水, title of 2018-06-30."""
    pack = pack_of("lishui-2021-arts-and-crafts-intermediate-junior")
    facts = {"titles": [{"title": "助理工艺美术师", "level": "assistant", "obtained_on": "2018-06-30"}]}

    assert counts(pack, facts, award(day)) is expected


@pytest.mark.parametrize(
    ("post", "day", "expected"),
    [
        ("2019-03-01", "2017-01-01", True),
        ("2019-03-01", "2016-12-31", False),
        ("2014-01-01", "2014-02", True),
        ("2014-01-01", "2013-12-31", False),
    ],
)
def test_awards_count_from_the_post_or_for_five_years(post, day, expected):
    """R-050, C-41: cut-off 2021-12-31, five full years are 2017-01-01…2021-12-31."""
    pack = pack_of("zhejiang-2021-arts-and-crafts-senior")

    assert counts(pack, {"appointments": [{"from": post}]}, award(day)) is expected


def test_what_is_known_by_its_year_counts_by_its_year():
    """R-049, R-050: income is told by the year, and a year that reaches into the window counts."""
    pack = pack_of("zhejiang-2021-arts-and-crafts-senior")
    facts = {"appointments": [{"from": "2019-03-01"}]}
    income = [{"category": "economic_results", "data": {"year": year}} for year in (2016, 2017, 2022)]

    assert [counts(pack, facts, item) for item in income] == [False, True, False]


def test_work_outside_the_trade_does_not_count():
    """R-051."""
    pack = pack_of("zhejiang-2021-arts-and-crafts-senior")

    assert not counts(pack, {}, award("2020-01-01", own_trade=False))
    assert counts(pack, {}, award("2020-01-01", own_trade=True))


def test_the_rules_never_read_what_does_not_count():
    """R-049, R-092, C-25: an old award may lie in the draft, but proves nothing there; a standing is no achievement."""
    title = {
        "item": 9,
        "category": "titles",
        "data": {"title": "助理工艺美术师", "obtained_on": "2018-06-30"},
    }
    honour = {"item": 8, "category": "honours", "data": {"name": "工匠", "granted_on": "2015-01-01"}}
    old, new = award("2018-06-29"), award("2019-06-29")
    sections = {"achievements": {"items": [title, honour, old, new]}}
    pack = pack_of("lishui-2021-arts-and-crafts-intermediate-junior")

    assert counted_items(Draft(None, pack, sections)) == [title, honour, new]


@pytest.mark.parametrize("with_proof", [False, True])
def test_collective_honours_need_proof_of_contribution(now, with_proof):
    """R-048."""
    person = make_person()
    make_profile(person)
    data = {"name": "先进集体", "level": "county", "issuer": "县政府", "issuer_kind": "government",
            "recipient": "unit", "granted_on": "2020-01-01"}  # fmt: skip
    version = make_item(person, "honours", data=data, state=VersionState.DRAFT)
    version.evidence_links.create(file=make_file(person), part="certificate")
    if with_proof:
        version.evidence_links.create(file=make_file(person), part="contribution")
    act = {"version": version, "stamp": None, "actor": applicant_actor(person), "now": now}

    if with_proof:
        submit_item(**act)
        version.refresh_from_db()
        assert version.state == VersionState.SUBMITTED
        return
    with pytest.raises(BadRecord) as refusal:
        submit_item(**act)
    assert list(refusal.value.errors) == ["file-contribution"]


@pytest.mark.parametrize(
    ("category", "parts"),
    [
        ("papers", ["封面", "刊号页（书号页）", "目录页", "正文"]),
        ("projects", ["合同书或立项书封面页", "项目金额页", "主要参与人员名单及负责内容", "盖章页"]),
    ],
)
def test_papers_and_projects_are_proved_by_four_parts(category, parts):
    """R-053, R-054."""
    kind = categories()[category]

    assert [part.label for part in kind.evidence if part.is_needed({})] == parts


def test_every_scoring_row_draws_on_one_category():
    """R-046: no indicator is left without a place in the archive."""
    rows = pack_of("zhejiang-2021-arts-and-crafts-senior").scoring.rows
    homes = {row.id: row.raw.get("source") for row in rows.values()}

    assert len(homes) >= 16
    assert {home for home in homes.values() if home} <= set(categories())


def test_an_hour_card_becomes_hours_of_its_year():
    """R-047."""
    person = make_person()
    profile = make_profile(person)
    make_item(person, "ce_hours", data={"year": 2022, "total": 90, "registered_in": "学时登记管理系统"})

    facts = facts_of(person, approved_versions(person), profile=profile.versions.get(), day=date(2023, 1, 1))
    assert [(each["year"], each["total"]) for each in facts["ce_hours"]] == [(2022, 90)]
