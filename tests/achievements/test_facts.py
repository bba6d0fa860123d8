"""Approved versions become facts that the policy engine reads without complaint (R-040, R-268)."""

from datetime import date, timedelta

import pytest

from config.environment import ROOT
from tests.factories.archive import make_item, make_profile
from tests.factories.people import LONG_AGO, make_organisation, make_person
from zhiping.achievements.facts import facts_of
from zhiping.achievements.models import ItemVersion, Profile
from zhiping.achievements.queries import approved_versions, profile_version
from zhiping.achievements.schema import categories
from zhiping.achievements.states import VersionState
from zhiping.organisations.states import OrganisationKind
from zhiping.policy_engine.factbook import check_person, declare
from zhiping.policy_engine.problems import Complaints
from zhiping.policy_engine.yamltext import parse

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
JOB = {
    "from": "2010-07",
    "employer": "厂",
    "employer_kind": "enterprise",
    "work": "technical",
    "is_related": True,
}


@pytest.fixture
def person():
    person = make_person()
    make_profile(person, data={"is_retired": False, "profession": "陶瓷工艺", "ethnicity": "汉族"})
    return person


def facts(person, day=DAY, **narrowed):
    profile = profile_version(person, approved=True)
    return facts_of(person, approved_versions(person), profile=profile, day=day, **narrowed)


def declared():
    shared = parse((ROOT / "policy_packs" / "_shared" / "facts.yaml").read_text(encoding="utf-8"))
    complaints = Complaints()
    book = declare(shared["facts"], shared["scales"], complaints)
    complaints.raise_if_any()
    return book


def test_only_approved_versions_become_records(person):
    kept = make_item(person, "papers", data={"title": "釉色", "kind": "journal"}, label="釉色")
    make_item(person, "papers", data={"title": "草稿"}, state=VersionState.DRAFT)
    make_item(person, "papers", data={"title": "待审"}, state=VersionState.SUBMITTED)

    found = facts(person)["papers"]

    assert found == [
        {
            "id": f"item-{kept.item_id}",
            "evidence": f"item-{kept.item_id}",
            "source": "业绩档案：釉色（第 1 版，单位已审核）",
            "title": "釉色",
            "kind": "journal",
            "confirmed": True,
        }
    ]


def test_every_category_is_known_to_be_none_or_listed(person):
    assert {name: facts(person)[name] for name in categories()} == {name: [] for name in categories()}


def test_profile_and_employer_give_the_single_facts(person):
    found = facts(person, jurisdiction="330100")

    assert found["born_on"] == "1985-06-01"
    assert (found["employer_kind"], found["region_code"]) == ("enterprise", "330106")
    assert (found["works_in_province"], found["works_in_city"]) == (True, True)
    assert found["specialty_text"] == "陶瓷工艺"
    assert found["is_agency_client"] is False
    assert "ethnicity" not in found
    assert found["sources"]["born_on"] == "身份证件"
    assert found["sources"]["is_retired"] == "个人基本信息（第 1 版，单位已审核）"
    assert found["sources"]["discipline_active"] == "由业绩档案推算"
    assert facts(person, jurisdiction="331100")["works_in_city"] is False
    assert "works_in_city" not in facts(person, jurisdiction="330000")


def test_agency_client_states_the_kind_of_their_unit():
    person = make_person()
    agency = make_organisation(kind=OrganisationKind.PERSONNEL_AGENCY)
    make_profile(person, agency, data={"employer_kind": "freelance"})

    found = facts(person)

    assert (found["employer_kind"], found["is_agency_client"]) == ("freelance", True)


def test_person_without_profile_has_records_only():
    person = make_person(born_on=date(1990, 1, 1))

    assert "employer_kind" not in facts(person)


@pytest.mark.parametrize(
    ("until", "active"), [("2026-03-02", True), ("2026-03-01", False), ("2026-03", True), (None, True)]
)
def test_punishment_counts_while_in_force(person, until, active):
    entry = {"kind": "记过", "from": "2025-09-01"} | ({"until": until} if until else {})
    make_item(person, "discipline", data=entry)

    assert facts(person)["discipline_active"] is active


def test_life_in_enterprises_follows_from_the_employment_records():
    person = make_person()
    make_profile(person, make_organisation(kind=OrganisationKind.PUBLIC_INSTITUTION))
    assert "always_enterprise" not in facts(person)
    make_item(person, "employment", data={**JOB, "to": "2015-01"})
    assert (facts(person)["always_enterprise"], facts(person)["came_from_enterprise"]) == (True, True)

    make_item(person, "employment", data={**JOB, "from": "2015-02", "employer_kind": "public_institution"})

    assert (facts(person)["always_enterprise"], facts(person)["came_from_enterprise"]) == (False, True)


def test_the_engine_reads_every_fact_without_complaint(person):
    samples = {
        "text": "甲",
        "date": "2018-06",
        "boolean": True,
        "integer": 2,
        "number": 12.5,
    }
    for key, kind in categories().items():
        data = {
            name: next(iter(field.choices)) if field.type == "choice" else samples[field.type]
            for name, field in kind.fields.items()
        }
        make_item(person, key, data=data)
    book = declared()
    found = {name: value for name, value in facts(person).items() if name in book or name == "sources"}

    read = check_person(book, found)

    assert set(categories()) <= set(read.values)


def test_versions_usable_at_a_moment_are_those_approved_by_then(person):
    """R-041: an application judged then saw the version of then."""
    old = make_item(person, "papers", data={"title": "旧"})
    newer = ItemVersion.objects.create(
        item=old.item,
        number=2,
        label="新",
        data={"title": "新"},
        state=VersionState.APPROVED,
        employer=Profile.objects.get().employer,
        saved_at=LONG_AGO,
        submitted_at=LONG_AGO,
        decided_at=LONG_AGO + timedelta(days=100),
    )

    assert list(approved_versions(person)) == [newer]
    assert list(approved_versions(person, at=LONG_AGO + timedelta(days=50))) == [old]
    assert list(approved_versions(person, at=LONG_AGO)) == []
