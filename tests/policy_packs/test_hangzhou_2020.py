"""杭州 2020 工艺美术师: stories, and two of its rules against an independent brute-force reading.

R-121…R-138, R-215…R-217, R-283, R-284, R-296, R-306…R-313, R-326, C-01…C-16.
"""

import datetime as dt
import itertools
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from zhiping.policy_engine.demands import chain_for, fees_for, materials_for
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.pack import load_pack

PACK = load_pack(Path(__file__).parents[2] / "policy_packs" / "hangzhou-2020-arts-and-crafts-intermediate")
TITLE = "工艺美术师"
FIRST, LAST = 2008 * 12, 2020 * 12 + 11  # months told as one number; the cut-off is the end of December 2020
NEEDED = {"college": 7, "bachelor": 5, "second_bachelor": 3, "master": 2}
RECORD = "教育部学历证书电子注册备案表"
ASSISTANT = {
    "employer_kind": "enterprise",
    "titles": [{"title": "助理工艺美术师", "level": "assistant", "obtained_on": dt.date(2016, 7, 1)}],
    "contests": [], "honours": [], "displays": [], "collections": [], "papers": [], "economic_results": [],
}  # fmt: skip


def of(facts, pathway, **more):
    return judge(PACK, TITLE, facts, pathway=pathway, **more).pathways[0]


def first_day(month):
    return dt.date(month // 12, month % 12 + 1, 1)


def last_day(month):
    return first_day(month + 1) - dt.timedelta(days=1)


@st.composite
def careers(draw):
    """Degrees and jobs that begin with a month and end with one, so that months can be counted on fingers."""
    degrees = draw(
        st.lists(
            st.tuples(st.sampled_from(list(NEEDED)), st.integers(FIRST, LAST), st.booleans()),
            min_size=1,
            max_size=3,
        )
    )
    job = st.tuples(
        st.integers(FIRST, LAST),
        st.integers(0, 120),
        st.booleans(),
        st.sampled_from([True, True, True, False]),
    )
    return degrees, draw(st.lists(job, min_size=1, max_size=4))


def counted_on_fingers(degrees, jobs):
    """Verdict of the enterprise clauses by listing every month (independent of the engine)."""
    if not all(in_enterprise for *_, in_enterprise in jobs):
        return "ineligible"
    worked = {m for begin, length, related, _ in jobs if related for m in range(begin, begin + length + 1)}
    worked = {month for month in worked if month <= LAST}
    best, second = "ineligible", [each for each in degrees if each[0] == "second_bachelor"]
    for level, years in NEEDED.items():
        since = [month for each, month, _ in degrees if each == level]
        if not since or len([m for m in worked if m >= min(since)]) < years * 12:
            continue
        if level != "second_bachelor" or any(proved for *_, proved in second):
            return "eligible"
        best = "needs_evidence"
    return best


@settings(max_examples=300, deadline=None)
@given(careers())
def test_enterprise_clauses_agree_with_counting_months_on_fingers(career):
    """R-122…R-126, R-109…R-112: 7, 5, 3 or 2 years after the degree; overlaps once, gaps not at all."""
    degrees, jobs = career
    facts = {
        "employer_kind": "enterprise", "is_backbone": True,
        "education": [
            {"level": level, "graduated_on": first_day(month), "proof": RECORD if proved else "学历学位证书"}
            for level, month, proved in degrees
        ],
        "employment": [
            {
                "from": first_day(begin), "to": last_day(begin + length), "is_related": related, "work": "technical",
                "employer_kind": "enterprise" if in_enterprise else "public_institution",
            }
            for begin, length, related, in_enterprise in jobs
        ],
    }  # fmt: skip
    assert of(facts, "enterprise_exempt").verdict == counted_on_fingers(degrees, jobs)


LEVELS = ("county", "municipal", "provincial", "national")
contests = st.fixed_dictionaries(
    {"work": st.just("春"), "level": st.sampled_from(LEVELS), "prize": st.sampled_from(["gold", "silver", "bronze"]),
     "role": st.sampled_from(["lead", "main", "participate"]), "own_trade": st.booleans()}
)  # fmt: skip
honours = st.fixed_dictionaries(
    {"name": st.sampled_from(["杭州市劳动模范", "先进工作者", "拔尖人才", "三八红旗手"]), "level": st.sampled_from(LEVELS),
     "issuer_kind": st.sampled_from(["government", "department", "association"])}
)  # fmt: skip
collections = st.fixed_dictionaries(
    {"work": st.just("春"), "collector_class": st.sampled_from(["other", "municipal", "national_first"]),
     "role": st.sampled_from(["lead", "main"])}
)  # fmt: skip
papers = st.fixed_dictionaries(
    {"kind": st.sampled_from(["journal", "conference", "online"]), "level": st.sampled_from(LEVELS),
     "in_proceedings": st.booleans()}
)  # fmt: skip
pieces = st.one_of(*(st.tuples(st.just(name), each) for name, each in (
    ("contests", contests), ("honours", honours), ("collections", collections), ("papers", papers))))  # fmt: skip


def conditions_served(kind, record, *, generously):
    """Numbers of the six conditions that this piece may serve, read from the notice by hand."""
    wide = record["level"] in LEVELS[1:] if "level" in record else False
    high = record.get("level") in LEVELS[2:]
    if kind == "contests":
        helped = record["role"] in ("lead", "main")
        second_class = record["prize"] in ("gold", "silver")
        doubtful = generously and high and record["prize"] == "bronze"
        if helped and record["own_trade"] and ((wide and second_class) or doubtful):
            yield 1
        if helped and high and second_class:
            yield 3
    elif kind == "honours":
        by_state = record["issuer_kind"] != "association"
        model = "劳动模范" in record["name"] or "先进工作者" in record["name"]
        if wide and ((model and by_state) or "拔尖人才" in record["name"]):
            yield 2
    elif kind == "collections":
        if record["collector_class"] != "other" and record["role"] == "lead":
            yield 4
    elif high and (
        record["kind"] == "journal" or (record["kind"] == "conference" and record["in_proceedings"])
    ):
        yield 5


def most_by_trying_everything(found, sales, *, generously):
    """The largest number of conditions met, by trying every use of every certificate."""
    choices = {}
    for certificate, (kind, record) in found:
        choices.setdefault(certificate, {None}).update(conditions_served(kind, record, generously=generously))
    best = max((len(set(use) - {None}) for use in itertools.product(*choices.values())), default=0)
    return best + (sum(sales) / 2 >= 500000)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abcd"), pieces), max_size=5),
    st.tuples(st.integers(300, 700), st.integers(300, 700)).map(lambda each: tuple(n * 1000 for n in each)),
)
def test_two_of_six_agrees_with_trying_every_use_of_every_certificate(found, sales):
    """R-131…R-138, C-12: one certificate serves one condition; C-11: a provincial third class is decided by people."""
    facts = ASSISTANT | {name: [] for name in ("contests", "honours", "collections", "papers")}
    for certificate, (kind, record) in found:
        facts[kind] = [*facts[kind], record | {"evidence": certificate}]
    facts["economic_results"] = [{"year": 2019, "sales_cny": sales[0]}, {"year": 2020, "sales_cny": sales[1]}]
    sure = most_by_trying_everything(found, sales, generously=False)
    perhaps = most_by_trying_everything(found, sales, generously=True)
    expected = "eligible" if sure >= 2 else "ineligible" if perhaps < 2 else "needs_decision"
    assert of(facts, "exceptional").verdict == expected


def test_normal_application_names_the_missing_body():
    """R-121, C-01: nothing is invented for the body that was not supplied."""
    verdict = of(
        ASSISTANT | {"education": [{"level": "bachelor", "graduated_on": dt.date(2014, 6, 30)}]}, "normal"
    )
    assert (verdict.verdict, verdict.deciding) == ("undetermined", ["normal.education", "normal.years"])
    assert "通知正文" in verdict.in_words()


def test_one_gold_medal_for_two_conditions_is_explained():
    """R-138: the verdict says how many conditions hold and which reading would change it."""
    gold = {
        "work": "春",
        "level": "provincial",
        "prize": "gold",
        "role": "lead",
        "own_trade": True,
        "evidence": "a",
    }
    verdict = of(ASSISTANT | {"contests": [gold]}, "exceptional")
    others = ["exceptional.honour", "exceptional.display", "exceptional.paper", "exceptional.sales"]
    assert (verdict.verdict, verdict.deciding) == ("ineligible", ["exceptional.two", *others])
    assert verdict.clause("exceptional.two").sentence == "满足1项，要求2项，还差1项"
    assert [each["parameter"] for each in verdict.decided_by] == ["one_certificate"]


def test_technician_verdict_cites_the_provincial_document_and_the_doubt():
    """R-128, R-073, C-09."""
    facts = {
        "employer_kind": "enterprise",
        "skills": [{"skill_level": "technician", "obtained_on": dt.date(2018, 1, 1)}],
        "employment": [
            {"from": dt.date(2006, 1, 1), "work": "skill", "employer_kind": "enterprise", "is_related": True}
        ],
    }
    verdict = of(facts, "skilled")
    assert verdict.verdict == "eligible"
    assert verdict.clause("skilled.technician").clause.cite["number"] == "浙人社发〔2019〕31号"
    assert [each["reading"] for each in verdict.decided_by] == ["C-09"]


def test_chain_is_the_printed_order_and_ends_with_the_form_in_the_personal_file():
    """R-283, R-284, R-319: municipal units go by territory too."""
    for owner in ("county", "municipal", "provincial", "none"):
        steps = chain_for(PACK, TITLE, "normal", {"unit_affiliation": owner})["steps"]
        assert [each["id"] for each in steps if each["action"] in ("audit", "recommend")] == [
            "unit", "acceptance_point", "county_hr", "office"]  # fmt: skip
        assert steps[-1]["action"] == "return"


def test_paper_is_three_copies_and_the_post_form_only_for_established_staff():
    """R-215, R-306, R-308, R-309, R-311."""
    form = PACK.data["review_form"]
    assert (form["name"], form["copies"], form["size"]) == ("中级职称评审表", 3, "A4")
    needed = {
        kind: {m["id"] for m in materials_for(PACK, TITLE, "normal", facts) if m["state"] == "needed"}
        for kind, facts in {
            "established": {"employer_kind": "public_institution", "is_established": True},
            "other": {"employer_kind": "public_institution", "is_established": False},
            "enterprise": {"employer_kind": "enterprise", "is_established": False},
        }.items()
    }
    assert needed == {
        "established": {"review_form", "post_form"},
        "other": {"review_form"},
        "enterprise": {"review_form"},
    }


def test_what_the_attachments_do_not_say_is_not_there():
    """R-326, C-01: no fee, no continuing education, no online dates, no number."""
    assert fees_for(PACK, TITLE, "normal", {}) == []
    assert PACK.data["notice"]["number"] is None
    assert "continuing_education" not in PACK.data
    assert [each["closes"] for each in PACK.data["windows"] if each.get("closes")] == [dt.date(2020, 11, 10)]
