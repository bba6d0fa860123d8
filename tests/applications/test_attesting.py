"""Every fact that a shipped pack asks for is collected somewhere: archive, draft, a question, or a desk."""

from pathlib import Path

import pytest

from zhiping.achievements.facts import KNOWN, facts_of
from zhiping.achievements.models import ProfileVersion
from zhiping.achievements.schema import profile_fields
from zhiping.applications import attesting
from zhiping.applications.attesting import desk_facts, facts_at, source_words
from zhiping.applications.draft import Draft
from zhiping.applications.facts import DERIVED, asked_facts, documents_of
from zhiping.applications.facts import _form_facts as form_facts
from zhiping.identity.models import Person
from zhiping.kernel.actor import Role
from zhiping.organisations.models import Organisation
from zhiping.policy_engine.pack import load_pack

PATHS = sorted(Path("policy_packs").resolve().glob("[a-z]*/pack.yaml"))
PACKS = {path.parent.name: path for path in PATHS if not load_pack(path).is_abstract}
JIAXING, ANJI = "jiaxing-2022-engineering-intermediate-junior", "anji-2021-11-natural-resources-engineering"
SENIOR, INNOVATORS = "zhejiang-2021-arts-and-crafts-senior", "anji-2021-13-innovators"
FROM_LEDGERS = {"debarred_until"}  # the integrity archive tells it (tests/integrity)
# Told by the unit's publicity when it reports, and by the scoring rows themselves.
ELSEWHERE = {"unit_publicity_days", "score_total"}
BODIES = [Role.EMPLOYER_CLERK, Role.ACCEPTANCE_POINT, Role.COUNTY_HR, Role.COMMITTEE_OFFICE]


def whole_draft(pack) -> Draft:
    """A draft with every page filled in by the way of direct application, as far as the pack has it."""
    slots = [each["id"] for each in pack.data.get("materials") or ()]
    referee = {"name": "推荐人甲", "title": "高级", "contact": "单位", "employer": "示范单位"}
    sections = {
        "photo": {"file": {"width": 400, "height": 560, "size": 50000}},
        "integrity": {"image": {"file": 1}},
        "form": {"pathway": "direct", "specialty": "x", "self_report": "述职"},
        "referral": {"reason": "标志性业绩", "referees": [referee]},
        "attachments": {"slots": {slot: [{"file": 2}] for slot in slots}},
        "score": {"claims": [{"row": "x", "item": 1}]},
    }
    return Draft(None, pack, sections)


def test_known_facts_are_those_that_profile_and_records_give(now):
    """The list by which desks and questions are decided is what the archive really tells."""
    profile = ProfileVersion(data=dict.fromkeys(profile_fields(), True), number=1)
    profile.employer = Organisation(kind="enterprise", region_id="330106")
    person = Person(born_on=now.date())
    told = facts_of(person, [], profile=profile, day=now.date(), jurisdiction="330100")
    from_records = {"always_enterprise", "came_from_enterprise"}

    assert {
        name for name, value in told.items() if not isinstance(value, list | dict)
    } | from_records == KNOWN


@pytest.mark.parametrize("slug", PACKS)
def test_every_fact_of_a_pack_is_collected(slug):
    pack = load_pack(PACKS[slug])
    single = {name for name in pack.facts_read() if pack.facts[name].type != "list"}
    given = {name for name, value in form_facts(whole_draft(pack)).items() if value is not None}
    asked = {fact.name for fact in asked_facts(pack, {})}
    at_desks = {fact.name for role in BODIES for fact in facts_at(pack, role)}

    assert single - KNOWN - given - asked - at_desks - ELSEWHERE - FROM_LEDGERS == set()


def test_derived_facts_are_really_derived():
    """A name in that list is never asked for, so something must supply it in at least one notice."""
    given = set()
    for path in PACKS.values():
        given |= {
            name for name, value in form_facts(whole_draft(load_pack(path))).items() if value is not None
        }

    assert DERIVED - given == ELSEWHERE


@pytest.mark.parametrize(
    ("slug", "name", "desk"),
    [
        (ANJI, "has_post_vacancy", attesting.EMPLOYER),
        (SENIOR, "has_post_vacancy", attesting.EMPLOYER),
        ("anji-2021-23-health-senior", "self_assessing", attesting.EMPLOYER),
        ("anji-2021-27-furniture-engineers", "furniture_industry", attesting.EMPLOYER),
        (JIAXING, "specialty_in_scope", attesting.POINT),
        (ANJI, "appraisal_checked", attesting.AUTHORITY),
        (ANJI, "lacks_education", attesting.AUTHORITY),
        (ANJI, "lacks_seniority", attesting.AUTHORITY),
        ("hangzhou-2020-arts-and-crafts-intermediate", "lacks_assistant_years", attesting.AUTHORITY),
        (ANJI, "specialty_in_scope", attesting.OFFICE),
        ("anji-2021-17-economics", "exam_passed", attesting.OFFICE),
        (INNOVATORS, "interview_passed", attesting.OFFICE),
        (SENIOR, "lacks_seniority", attesting.OFFICE),
    ],
)
def test_fact_belongs_to_the_desk_of_the_body_that_knows(slug, name, desk):
    assert desk_facts(load_pack(PACKS[slug]))[name] == desk


def test_full_time_work_is_asked_in_the_wizard():
    """Only 嘉兴 asks it; the person tells, the unit audits."""
    assert "is_full_time" in {fact.name for fact in asked_facts(load_pack(PACKS[JIAXING]), {})}


def test_office_states_what_no_earlier_desk_has():
    pack = load_pack(PACKS[JIAXING])
    names = {fact.name for fact in facts_at(pack, Role.COMMITTEE_OFFICE)}

    assert "specialty_in_scope" in names
    assert "has_post_vacancy" not in names
    assert "specialty_in_scope" not in {
        fact.name for fact in facts_at(pack, Role.COMMITTEE_OFFICE, {"specialty_in_scope"})
    }


def test_source_names_the_desk():
    assert source_words(load_pack(PACKS[SENIOR]), "lacks_seniority") == "评委会办公室认定"
    assert source_words(load_pack(PACKS[SENIOR]), "has_post_vacancy") == "用人单位认定"


def test_signed_form_of_recommendation_is_a_document_once_it_is_uploaded():
    """R-358: `direct.form` is met by the signed sheet, not by what was typed."""
    pack = load_pack(PACKS[SENIOR])
    typed = Draft(None, pack, {"referral": {"reason": "标志性业绩"}, "form": {"pathway": "direct"}})

    assert "recommendation_form" not in documents_of(typed)
    assert "recommendation_form" in documents_of(whole_draft(pack))
