"""安吉 2021: the 28 rows of the work plan, common rules, green channels, interview, self-evaluation, 初定.

R-155…R-166, R-183…R-188, R-224, R-291, R-302, R-305, R-308, R-321, R-336, R-352, R-353, R-364, R-365, R-382…R-388.
"""

import collections
import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiping.policy_engine.cases import run_cases
from zhiping.policy_engine.coverage import uncovered
from zhiping.policy_engine.demands import chain_for, fees_for
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack

ROOT = Path(__file__).parents[2] / "policy_packs"
FOLDERS = sorted(ROOT.glob("anji-2021-[0-9][0-9]-*"))
ROWS = {int(folder.name.split("-")[2]): load_pack(folder) for folder in FOLDERS}
COMMON = load_pack(ROOT / "anji-2021-common")
SYSTEM = "湖州市专业技术人员继续教育学时登记管理系统"
HOURS = [
    {"year": year, "professional": 72, "public_general": 12, "public_industry": 6, "registered_in": SYSTEM}
    for year in (2017, 2018, 2019, 2020)
]
WORKER = {
    "employer_kind": "enterprise", "is_established": False, "ce_hours": HOURS,
    "education": [{"level": "college", "graduated_on": dt.date(2008, 6, 30), "verified_online": True}],
    "skills": [{"skill_level": "technician", "obtained_on": dt.date(2019, 1, 1), "is_related": True}],
    "employment": [{"from": dt.date(2008, 7, 1), "employer_kind": "enterprise", "work": "skill", "is_related": True}],
}  # fmt: skip


def committee(row):
    return ROWS[row].data["plan"]["committee"]


def test_the_table_has_28_rows_in_order():
    """R-364, R-382."""
    assert sorted(ROWS) == list(range(1, 29))
    assert [committee(row)["row"] for row in range(1, 29)] == list(range(1, 29))
    assert committee(15)["evaluates"] == ["工艺美术员", "助理工艺美术师", "工艺美术师"]
    assert committee(15)["recommends"] == ["高级工艺美术师", "正高级工艺美术师"]


def test_empty_cells_are_legal_and_kept():
    """R-384: (evaluated, recommended) of the rows with empty cells."""
    counts = {row: (len(committee(row)["evaluates"]), len(committee(row)["recommends"])) for row in ROWS}
    assert {row: counts[row] for row in (1, 6, 13, 16, 23, 26)} == {
        1: (0, 1), 6: (9, 0), 13: (1, 0), 16: (3, 0), 23: (2, 0), 26: (0, 0)}  # fmt: skip
    assert ROWS[26].titles == []


def test_closing_months_are_indications():
    """R-386, R-302: nine rows in June, eight in July, two in August, three, three and two after that."""
    months = collections.Counter(
        window["closes"].month
        for row in range(1, 28)
        for window in ROWS[row].data["windows"]
        if window["indicative"]
    )
    assert months == {6: 9, 7: 8, 8: 2, 9: 3, 10: 3, 11: 2}


def test_initial_recognition_has_two_windows_of_its_own():
    """R-387, R-163."""
    answers = {
        month: judge(
            ROWS[28], "助理工程师", WORKER | {"specialty": "engineering"}, at=dt.date(2021, month, 15)
        ).verdict
        for month in range(1, 13)
    }
    assert [month for month, verdict in answers.items() if verdict == "eligible"] == [4, 5, 6, 7, 8, 9]


def test_evaluated_titles_are_decided_and_recommended_ones_only_recommended():
    """R-383, R-165."""
    assert {each["name"]: each["result"] for each in ROWS[8].titles} == {
        "技术员": "title", "助理工程师": "title", "工程师": "title",
        "高级工程师": "recommendation", "正高级工程师": "recommendation"}  # fmt: skip
    assert {each["result"] for row in (19, 20, 21, 22) for each in ROWS[row].titles} == {"entrusted"}
    assert {each["result"] for each in ROWS[28].titles if each["name"] != "工程师"} == {"initial"}


@pytest.mark.parametrize(
    ("row", "title", "word"),
    [(17, "经济师", "以考代评"), (18, "会计师", "以考代评"), (12, "工程师", "另行发文")],
)
def test_titles_that_are_not_applied_for_here_are_refused_with_the_reason(row, title, word):
    """R-157, R-164."""
    verdict = judge(ROWS[row], title, WORKER)
    assert (verdict.verdict, verdict.pathways) == ("not_offered", [])
    assert word in verdict.in_words()


def test_chain_goes_level_by_level_but_a_county_committee_has_no_city_level():
    """R-291, R-165."""
    expected = ["unit", "unit_publicity", "industry", "county_hr", "city", "committee"]
    assert [each["id"] for each in chain_for(ROWS[8], "工程师", "normal", {})["steps"]] == expected
    assert [each["id"] for each in chain_for(ROWS[27], "工程师", "skilled", {})["steps"]] == [
        each for each in expected if each != "city"
    ]
    assert "entrust" in [each["id"] for each in chain_for(ROWS[20], "教练", "normal", {})["steps"]]


def test_green_channels_differ_by_field():
    """R-156, R-157: transport by the exceptional conditions, water by a threshold that is not in the notice."""
    facts = WORKER | {"lacks_education": True, "score_total": 90, "documents": ["exceptional_form"]}
    transport = judge(ROWS[7], "工程师", facts | {"specialty": "planning"}, pathway="green_channel").pathways[
        0
    ]
    assert (transport.verdict, transport.deciding) == ("undetermined", ["green.rules"])
    water = judge(ROWS[8], "工程师", facts | {"specialty": "design"}, pathway="green_channel").pathways[0]
    assert (water.verdict, water.deciding) == ("undetermined", ["green.score"])
    assert judge(ROWS[9], "工程师", facts, pathway="green_channel").verdict == "not_offered"


def test_row_13_knows_only_the_interview_and_row_27_only_the_furniture_trade():
    """R-158, R-159, R-336."""
    assert [each.id for each in ROWS[13].pathways] == ["interview"]
    assert [each.id for each in ROWS[27].pathways] == ["skilled", "enterprise_evaluation"]
    asked = judge(ROWS[27], "工程师", WORKER | {"furniture_industry": False}, pathway="enterprise_evaluation")
    assert asked.verdict == "not_offered"


def test_self_assessing_units_are_outside_and_file_seven_working_days_before():
    """R-166, R-305, R-352, R-353."""
    for row in (23, 24, 25):
        title = ROWS[row].titles[0]["name"]
        assert judge(ROWS[row], title, {"self_assessing": True}).verdict == "not_offered"
        assert judge(ROWS[row], title, {"self_assessing": False}).verdict != "not_offered"
    filings = {each["id"]: each for each in ROWS[26].data["filings"]}
    assert filings["before_review"]["working_days_before_review"] == 7
    assert set(filings) == {"before_review", "results", "yearly"}


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(57, 80), st.integers(0, 20), st.integers(0, 20), st.integers(0, 14)),
        min_size=4,
        max_size=4,
    )
)
def test_four_years_of_hours_agree_with_the_table_read_by_hand(years):
    """R-168, R-171, R-183, C-51: 90 and 60 each year, both public subjects together 18; 2021 does not matter."""
    hours = [
        {
            "year": 2017 + i,
            "professional": a,
            "public_general": b,
            "public_industry": c,
            "total": d,
            "registered_in": SYSTEM,
        }
        for i, (a, b, c, d) in enumerate(years)
    ]
    expected = all(a + b + c + d >= 90 and a >= 60 and b + c >= 18 for a, b, c, d in years)
    verdict = judge(ROWS[8], "工程师", WORKER | {"specialty": "design", "ce_hours": hours}, pathway="skilled")
    assert verdict.verdict == ("eligible" if expected else "ineligible")


def test_copies_and_fee_wait_for_documents_that_were_not_supplied():
    """R-308, R-321: three copies for 中级; the senior number and the fee have no value until entered."""
    assert ROWS[8].data["review_form"]["copies"] == 3
    assert ROWS[1].data["review_form"]["copies"] == {"param": "senior_copies"}
    assert ROWS[1].parameters["senior_copies"] is None
    fee = fees_for(ROWS[8], "工程师", "normal", {})[0]
    assert (fee.get("amount"), fee["not_supplied"]) == (None, "fees_229")


def test_sixteen_contacts_by_office_and_no_name_of_a_person():
    """R-365, R-388: the office and its telephone, never a name."""
    contacts = [each for each in COMMON.data["contacts"] if each["role"] == "continuing_education"]
    assert len({each["phones"][0] for each in contacts}) == 16
    by_field = {each["subject"]: (each["organisation"], each["phones"][0]) for each in contacts}
    assert by_field["生态环境"] == ("湖州市生态环境局", "2668525")
    assert by_field["一般公需科目；经济、技工学校"] == ("湖州市人力资源和社会保障局", "2053961")
    assert all(re.search("局|党校$", each["organisation"]) for each in contacts)
    assert all(set(each) <= {"id", "role", "organisation", "phones", "subject", "cite"} for each in contacts)


def test_every_common_clause_is_proven_both_ways_in_some_row():
    """Issue §3: the rows share their parent's clauses, so their cases together must prove them."""
    seen = collections.defaultdict(set)
    for folder, pack in zip(FOLDERS, ROWS.values(), strict=True):
        report = run_cases(pack, (folder / "cases.yaml").read_text("utf-8"))
        assert not report.problems
        for name, states in report.seen.items():
            seen[name] |= states
    together = type(report)(seen=seen)
    assert uncovered(COMMON, together, names=sorted(COMMON.clauses)) == []
