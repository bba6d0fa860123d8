"""浙江 2021 高级、正高级工艺美术师 and the Hangzhou overlay: stories with exact verdicts, and the score by an independent hand.

R-139…R-144, R-177, R-178, R-228…R-269, R-285…R-288, R-297…R-299, R-077, R-390, C-16…C-38, C-76.
"""

import datetime as dt
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.policy_packs import appendix_b
from zhiping.policy_engine.check import check_packs
from zhiping.policy_engine.cli import main
from zhiping.policy_engine.demands import chain_for, fees_for, materials_for, windows_for
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack
from zhiping.policy_engine.problems import PackError
from zhiping.policy_engine.sheet import score

PACKS = Path(__file__).parents[2] / "policy_packs"
SENIOR, FULL = "zhejiang-2021-arts-and-crafts-senior", "zhejiang-2021-arts-and-crafts-senior-full"
HZ_SENIOR, HZ_FULL = "hangzhou-2021-arts-and-crafts-senior", "hangzhou-2021-arts-and-crafts-senior-full"
TITLED = {"titles": [{"title": "工艺美术师", "level": "intermediate", "obtained_on": dt.date(2014, 11, 30)}]}
MAKER = TITLED | {
    "specialty": "ceramics", "in_post": True, "does_craft_work": True, "works_in_province": True,
    "is_civil_servant": False, "personnel_relation": "local", "employer_kind": "enterprise", "is_established": False,
    "unit_affiliation": "county",
    "education": [{"level": "bachelor", "graduated_on": dt.date(2008, 6, 30), "verified_online": True}],
}  # fmt: skip


def pack(name):
    return load_pack(PACKS / name)


def verdicts(name, title, facts, **more):
    return {each.id: each.verdict for each in judge(pack(name), title, facts, **more).pathways}


def command(*arguments):
    """Exit code and parsed JSON of a `policy` command."""
    out = io.StringIO()
    code = main([*arguments, "--json"], root=PACKS, out=out)
    return code, json.loads(out.getvalue())


@pytest.mark.parametrize("folder", [SENIOR, FULL, HZ_SENIOR, HZ_FULL])
def test_pack_is_cited_and_proven_by_its_cases(folder):
    """Every clause has a passing and a failing case; nothing is uncited (R-389, R-395)."""
    [done] = check_packs([PACKS / folder])
    assert [str(problem) for problem in done.problems] == []
    assert done.cases >= 5


def test_every_requirement_of_the_scoring_standard_is_named_in_a_case():
    """R-139…R-144 and R-228…R-269 are each cited by a case of these packs, or by a test of this file."""
    cited = set().union(
        *(done.requirements for done in check_packs([PACKS / each for each in (SENIOR, FULL)]))
    )
    by_tests = {"R-265"}  # the sheet's terms: tested below
    wanted = {f"R-{number}" for number in (*range(139, 145), *range(228, 270))}
    assert wanted - cited == by_tests


def test_several_people_are_judged_in_one_call(tmp_path):
    """A facts file holds a list: one at 70, one at 69, one civil servant (R-140, R-232, R-067)."""
    body = json.dumps(
        [
            {**MAKER, "name": "申报人甲", "score_total": 70},
            {**MAKER, "name": "申报人乙", "score_total": 69},
            {**MAKER, "name": "申报人丙", "score_total": 130, "is_civil_servant": True},
        ],
        ensure_ascii=False,
        default=str,
    )
    file = tmp_path / "people.yaml"
    file.write_text(body, encoding="utf-8")
    _, told = command(
        "judge", SENIOR, "--title", "高级工艺美术师", "--facts", str(file), "--pathway", "self_scored"
    )
    people = told if isinstance(told, list) else told.get("people") or told.get("results")
    found = {each["name"]: each["pathways"][0] for each in people}
    assert found["申报人甲"]["verdict"] == "eligible"
    assert [each["reading"] for each in found["申报人甲"]["decided_by"]] == ["C-76"]
    assert (found["申报人乙"]["verdict"], found["申报人乙"]["deciding"]) == (
        "ineligible",
        ["self_scored.seventy"],
    )
    assert (found["申报人丙"]["verdict"], found["申报人丙"]["deciding"]) == (
        "ineligible",
        ["scope.civil_servant"],
    )


def test_normal_is_never_eligible_without_the_criteria():
    """R-396, R-074: the conditions stand in 浙经信消费〔2022〕12号, which is named, whatever the facts are."""
    for name, title in ((SENIOR, "高级工艺美术师"), (FULL, "正高级工艺美术师")):
        said = judge(pack(name), title, MAKER | {"meets_normal_criteria": True}, pathway="normal")
        assert said.verdict == "undetermined"
        assert "浙经信消费〔2022〕12号" in said.in_words()


def test_full_senior_has_no_standard_and_two_ways():
    """R-143, R-144, R-269, C-32: nothing is inherited from the senior notice."""
    assert set(verdicts(FULL, "正高级工艺美术师", MAKER)) == {"normal", "direct"}
    assert pack(FULL).scoring is None
    assert judge(pack(FULL), "正高级工艺美术师", MAKER, pathway="self_scored").verdict == "not_offered"
    with pytest.raises(PackError, match="没有量化评分标准"):
        score(pack(FULL), {"claims": []})
    assert "scoring_sheet" not in {each["id"] for each in pack(FULL).data["materials"]}


def test_seventy_with_and_without_bonus():
    """C-18: 60 + bonus 10 opens self-scoring; the other reading closes it and is named as deciding."""
    claims = [
        {"row": "education_level", "level": "doctor"},
        {"row": "science_awards", "level": "provincial", "date": dt.date(2018, 1, 1)},
        {
            "row": "patents",
            "number": "1",
            "kind": "invention",
            "status": "granted",
            "date": dt.date(2018, 1, 1),
        },
        {"row": "heritage", "technique": "甲", "role": "participate", "date": dt.date(2018, 1, 1)},
        {"row": "bonus_2", "honour": "provincial_master", "date": dt.date(2018, 1, 1)},
    ]
    said = judge(pack(SENIOR), "高级工艺美术师", MAKER | {"claims": claims}, pathway="self_scored")
    assert said.verdict == "eligible"
    decided = {each["parameter"]: each["verdict"] for each in said.pathways[0].decided_by}
    assert decided["score_threshold_leaves_out"] == "ineligible"
    sheet = score(pack(SENIOR), TITLED | {"claims": claims})
    other = next(each for each in sheet.readings if each["parameter"] == "score_threshold_leaves_out")
    assert (sheet.total, sheet.opens, other["opens"]) == (70, True, False)


def test_without_the_title_the_score_is_undetermined():
    """C-25: who never held 工艺美术师 has nothing that counts; unknown titles are asked for."""
    for titles in (
        [],
        [{"title": "助理工艺美术师", "level": "assistant", "obtained_on": dt.date(2010, 1, 1)}],
    ):
        sheet = score(pack(SENIOR), {"titles": titles, "claims": []})
        assert (sheet.opens, [raw["missing"] for _, raw, _ in sheet.missing]) == (None, ["undetermined"])


def test_points_cannot_be_typed_and_wrong_keys_are_named():
    """R-267: a claim carries data; typed points and unknown rows are refused with the remedy."""
    with pytest.raises(PackError, match="不能填写"):
        score(pack(SENIOR), TITLED | {"claims": [{"row": "training", "points": 99}]})
    with pytest.raises(PackError, match="exhibitions"):
        score(pack(SENIOR), TITLED | {"claims": [{"row": "exhibition"}]})


def test_the_table_has_sixteen_rows_seven_bonus_items_and_their_evidence():
    """R-230, R-231, R-265, R-266, R-361: 16 + 7 rows, each with evidence; terms by 第十五条, which is not supplied."""
    scoring = pack(SENIOR).data["scoring"]
    rows = [
        row
        for first in scoring["first_level"]
        for second in first.get("second_level") or ()
        for row in second["rows"]
    ]
    bonus = scoring["first_level"][2]["rows"]
    assert (len(rows), len(bonus)) == (16, 7)
    assert all(row["evidence"] and row["source"] in pack(SENIOR).facts for row in [*rows, *bonus])
    assert [first["cap"] for first in scoring["first_level"]] == [20, 90, 20]
    caps = [[second["cap"] for second in first.get("second_level") or ()] for first in scoring["first_level"]]
    assert caps == [[10, 10], [20, 30, 20, 20], []]
    assert scoring["terms"]["cite"] == {"document": "criteria", "article": "第十五条"}
    assert pack(SENIOR).data["documents"]["criteria"]["supplied"] is False


def test_continuing_education_starts_with_the_plan_of_2022():
    """R-177, R-178: the same rules with the cut-off of 2022 ask for hours that the notice does not print."""
    this_year = judge(pack(SENIOR), "高级工艺美术师", MAKER | {"score_total": 80}, pathway="self_scored")
    assert this_year.pathways[0].clause("gate.continuing_education").status == "not_applicable"
    data = pack(SENIOR).data
    assert data["continuing_education"]["from_plan_year"] == 2022
    assert data["continuing_education"]["required"] is False


@pytest.mark.parametrize(
    ("name", "title", "affiliation", "expected"),
    [
        (SENIOR, "高级工艺美术师", "county", ["unit", "unit_publicity", "county", "city", "intermediate_committee", "office"]),
        (SENIOR, "高级工艺美术师", "provincial", ["unit", "unit_publicity", "provincial_authority", "provincial_department", "office"]),
        (FULL, "正高级工艺美术师", "county", ["unit", "unit_publicity", "county", "city", "office"]),
        (FULL, "正高级工艺美术师", "provincial", ["unit", "unit_publicity", "provincial_authority", "office"]),
        (FULL, "正高级工艺美术师", "none", ["unit", "unit_publicity", "agency", "city", "provincial_department", "office"]),
    ],
)  # fmt: skip
def test_chain_by_affiliation(name, title, affiliation, expected):
    """R-285, R-286, R-287, C-34, C-36: as printed per plan."""
    chain = chain_for(pack(name), title, "normal", MAKER | {"unit_affiliation": affiliation})
    assert [step["id"] for step in chain["steps"]] == expected
    assert all(step["cite"] and step["holders"] for step in chain["steps"])


def test_both_departments_must_pass_at_county_and_city():
    """R-008, R-285: 经信 and 人社, at both levels."""
    chain = chain_for(pack(SENIOR), "高级工艺美术师", "normal", MAKER)
    for step in chain["steps"][2:4]:
        assert step["needs"] == "all"
        assert {holder["role"] for holder in step["holders"]} == {"industry_authority", "hr_authority"}


def test_paper_of_full_senior_is_sealed_by_four_bodies_or_by_the_provincial_department():
    """R-288, R-310: 4 seals for county units, 1 for province-direct ones; three copies each (R-308)."""

    def papers(affiliation):
        facts = MAKER | {"unit_affiliation": affiliation}
        found = materials_for(pack(FULL), "正高级工艺美术师", "normal", facts)
        return [
            (each["copies"], len(each["seals"]))
            for each in found
            if each["how"] == "paper" and each["state"] == "needed"
        ]

    assert (papers("county"), papers("provincial"), papers("none")) == ([(3, 4)], [(3, 1)], [(3, 2)])


def test_no_fee_is_stated():
    """R-326."""
    assert fees_for(pack(SENIOR), "高级工艺美术师", "normal", MAKER) == []
    assert fees_for(pack(FULL), "正高级工艺美术师", "normal", MAKER) == []


@pytest.mark.parametrize(
    ("name", "parent", "title", "paper", "city"),
    [
        (HZ_SENIOR, SENIOR, "高级工艺美术师", "2022-04-26", "2022-05-12"),
        (HZ_FULL, FULL, "正高级工艺美术师", "2022-04-22", "2022-04-30"),
    ],
)
def test_hangzhou_adds_its_earlier_paper_date_and_keeps_the_provincial_one(name, parent, title, paper, city):
    """R-077, R-299, R-390, C-37: the parent knows neither the date nor the telephone of the overlay."""
    closes = {each["id"]: each["closes"] for each in windows_for(pack(name), title, "normal", MAKER)}
    assert (closes["county_paper"], closes["city"]) == (paper, city)
    phones = {phone for each in pack(name).data["contacts"] for phone in each["phones"]}
    assert {"85257109", "0571-88228291"} <= phones
    assert "county_paper" not in {each["id"] for each in pack(parent).data["windows"]}
    assert "85257109" not in pack(parent).text
    elsewhere = judge(pack(name), title, MAKER | {"works_in_city": False}, pathway="normal")
    assert elsewhere.pathways[0].deciding == ["scope.city"]


def test_no_person_is_named_in_the_contacts():
    """R-401: contacts carry office, telephone, address; the notice's people are left out."""
    for name in (SENIOR, FULL, HZ_SENIOR, HZ_FULL):
        for contact in pack(name).data["contacts"]:
            assert set(contact) <= {"id", "before", "role", "organisation", "phones", "address", "cite"}
        assert "联系人" not in pack(name).text


LEVEL, ROLE = st.sampled_from([*appendix_b.LEVELS]), st.sampled_from(["participate", "main", "lead"])
VENUE = st.sampled_from(["other", "municipal", "national_second", "national_craft", "national_first"])
FEW, YES_NO = st.sampled_from(["甲", "乙", "丙"]), st.booleans()
DAYS = [
    (2014, 11, 29),
    (2014, 11, 30),
    (2014, 12, 1),
    (2015, 12, 31),
    (2016, 1, 1),
    (2016, 12, 31),
    (2017, 1, 1),
    (2021, 12, 31),
]
DAY = st.sampled_from([dt.date(*each) for each in DAYS])
MONTH = st.integers(1990 * 12, 2021 * 12 + 11)


def one(row, **fields):
    return st.fixed_dictionaries({"row": st.just(row), "date": DAY, **fields})


def month_period(pair):
    first, last = sorted(pair)
    after = last + 1
    return {
        "row": "craft_years",
        "from": dt.date(first // 12, first % 12 + 1, 1),
        "to": dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1),
    }


HONOURS = ["advanced_worker", "party_member", "unit_advanced", "appraisal_excellent"]
ORGANISERS = ["department", "association", "enterprise", "school", "other"]
EVENTS = [*appendix_b.CONTESTS, "某展览"]
POSTS = ["president", "vice_president", "secretary_general", "other"]
TO = st.one_of(st.just({}), st.sampled_from([{"to": dt.date(2021, 12, 30)}, {"to": dt.date(2021, 12, 31)}]))
CLAIM = st.one_of(
    one("training", kind=st.sampled_from(["vocational", "youth_public"]), participants=st.sampled_from([19, 20, 60]),
        is_university=YES_NO, organiser=st.sampled_from(ORGANISERS)),
    one("honours", name=FEW, honour=st.sampled_from(HONOURS), level=LEVEL),
    one("education_level", level=st.sampled_from(["college", "bachelor", "second_bachelor", "master", "doctor"]),
        origin=st.sampled_from(["domestic", "foreign"]), overseas_certified=YES_NO),
    st.tuples(MONTH, MONTH).map(month_period),
    one("exhibitions", venue_class=VENUE, is_solo=YES_NO),
    one("collections", work=FEW, collector_class=VENUE, role=ROLE),
    one("contests", work=FEW, event=st.sampled_from(EVENTS), level=LEVEL, is_recognised=YES_NO,
        prize=st.sampled_from(["grand", "gold", "silver", "bronze", "other"])),
    one("state_events", work=FEW, event=FEW, role=ROLE),
    one("science_awards", level=LEVEL, grade=st.integers(1, 4)),
    one("research", name=FEW, level=LEVEL, role=ROLE, completed=YES_NO),
    one("standards", name=FEW, level=st.sampled_from(["national", "industry", "local", "group"]), role=ROLE,
        local_level=st.sampled_from(["provincial", "municipal"])),
    one("books", title=FEW, kind=st.sampled_from(["government", "professional"]), role=ROLE, isbn=st.just("978-1")),
    one("books", title=FEW, kind=st.sampled_from(["government", "professional"]), role=ROLE),
    one("papers", title=FEW, author_role=st.sampled_from(["first", "corresponding", "other"]), is_professional=YES_NO),
    one("patents", number=FEW, kind=st.sampled_from(["invention", "utility", "design"]),
        status=st.sampled_from(["granted", "pending"])),
    one("apprentices", name=FEW, achieved=st.sampled_from(["municipal_master", "intermediate", "county_master", "assistant"])),
    one("heritage", technique=FEW, role=ROLE),
    one("bonus_1", honour=st.sampled_from(["national_master", "may_day_medal", "other_national"])),
    one("bonus_2", honour=st.sampled_from(["provincial_master", "zhejiang_craftsman", "worldskills_silver"])),
    one("bonus_3", honour=st.sampled_from(["municipal_master", "municipal_craftsman"])),
    one("bonus_4", contest_class=st.sampled_from(["national_1", "national_2", "provincial_1", "provincial_2", "municipal"]),
        rank=st.integers(1, 5), prize=st.sampled_from(["gold", "bronze", "other"])),
    one("bonus_5", level=LEVEL, is_lead=YES_NO),
    *(st.tuples(one(row, level=LEVEL, post=st.sampled_from(POSTS)), TO).map(lambda pair: pair[0] | pair[1])
      for row in ("bonus_6", "bonus_7")),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(CLAIM, max_size=40))
def test_the_score_equals_the_printed_table_for_any_claims(claims):
    """R-228…R-268: the engine and a hand-written reading of Appendix B agree, and 130 is never passed (R-231)."""
    post_on = dt.date(2016, 1, 1)
    facts = TITLED | {
        "appointments": [{"title": "工艺美术师", "level": "intermediate", "from": post_on}],
        "claims": claims,
    }
    sheet = score(pack(SENIOR), facts)
    expected = appendix_b.total(claims, title_on=dt.date(2014, 11, 30), post_on=post_on)
    assert sheet.total == expected
    assert 0 <= sheet.total <= sheet.possible <= 130
    assert sheet.opens == (True if expected >= 70 else None if sheet.possible >= 70 else False)
