"""The command line: stable output, exit codes, and messages that name key, line and what is allowed."""

import io
import json

import pytest

from tests.policy_engine.packs import BAD, GOOD
from zhiping.policy_engine.cli import main

EXAMPLE = "example-2020-crafts-intermediate"
PEOPLE = """
- name: 申报人甲
  in_post: true
  is_civil_servant: false
  unit_affiliation: municipal
  employment: [{from: 2012-01, employer_kind: 企业, work: skill, is_related: true}]
  skills: [{skill_level: technician, obtained_on: 2018-01-01}]
  ce_hours: [{year: 2019, total: 90, professional: 60}, {year: 2020, total: 90, professional: 60}]
- name: 申报人乙
  in_post: false
"""
CLAIMS = """
name: 申报人甲
facts: {title_obtained_on: 2014-11-30}
claims:
  - {row: contest, id: a, work: 春, prize: 金奖, recognised: true, date: 2019-05-01}
  - {row: honour, id: b, level: unit, date: 2019-05-01}
  - {row: honour, id: c, level: unit, date: 2018-05-01}
"""


def run(*argv, root=GOOD):
    out = io.StringIO()
    code = main([str(each) for each in argv], root=root, out=out)
    return code, out.getvalue()


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.yaml"
    file.write_text(PEOPLE)
    return file


@pytest.fixture
def claims(tmp_path):
    file = tmp_path / "claims.yaml"
    file.write_text(CLAIMS)
    return file


def test_list_names_every_pack():
    code, text = run("list")
    told = json.loads(run("list", "--json")[1])

    assert code == 0
    assert EXAMPLE in text
    assert [each["id"] for each in told["packs"]] == [EXAMPLE, "example-2021-crafts-overlay"]


def test_list_of_broken_packs_says_so():
    code, text = run("list", root=BAD)

    assert code == 1
    assert "不认识的键“yaer”" in text


def test_check_is_green_on_good_packs_and_counts():
    code, text = run("check", EXAMPLE)

    assert (code, text) == (0, f"{EXAMPLE}：23 条，26 个用例，通过\n共 1 个政策包，0 个问题\n")
    assert json.loads(run("check", "--json")[1])["ok"] is True


def test_check_reports_what_differs_from_the_cases(tmp_path):
    (tmp_path / "_shared").symlink_to(GOOD / "_shared")
    folder = tmp_path / EXAMPLE
    folder.mkdir()
    (folder / "pack.yaml").write_text((GOOD / EXAMPLE / "pack.yaml").read_text())
    cases = (GOOD / EXAMPLE / "cases.yaml").read_text()
    (folder / "cases.yaml").write_text(
        cases.replace("clauses: {gate.photo: not_met}", "note: 无").replace("fees: 180", "fees: 0")
    )
    code, text = run("check", root=tmp_path)

    assert code == 1
    assert "条款“gate.photo”没有不通过的用例" not in text
    assert "fees 应为 0，实为 180" in text


def test_check_without_cases_file_reports_every_clause(tmp_path):
    (tmp_path / "_shared").symlink_to(GOOD / "_shared")
    (tmp_path / EXAMPLE).mkdir()
    (tmp_path / EXAMPLE / "pack.yaml").write_text((GOOD / EXAMPLE / "pack.yaml").read_text())
    code, text = run("check", root=tmp_path)

    assert code == 1
    assert "没有用例文件" in text
    assert "条款“gate.scope”没有通过、不通过的用例" in text
    assert "条款“exceptional.form”没有通过、不能判断的用例" in text
    assert "得分项“contest”没有得分的用例" in text


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ("casse: []", "不认识的键“casse”"),
        ("cases: [{name: x, title: 工艺美术师, expect: fine}]", "“expect”的值“fine”不在允许的范围"),
        ("cases: [{name: x, title: 工艺美术师, person: nobody}]", "people 里没有“nobody”"),
        ("cases: [{name: x, title: 工艺美术师, facts: {in_psot: true}}]", "“x”：不认识的键“in_psot”"),
        ("cases: [{name: x, title: 工艺美术师, requirement: 128}]", "requirement“128”写法不对"),
        ("cases: [{name: x, title: 工艺美术师, at: 昨天}]", "at“昨天”不是时间"),
        ("cases: [{name: x, title: 工艺美术师, clauses: {gate.none: met}}]", "没有条款“gate.none”"),
        (
            "cases: [{name: x, title: 工艺美术师, pathway: normal, expect: eligible}]",
            "expect 应为 eligible，实为 undetermined",
        ),
        (
            "cases: [{name: x, title: 工艺美术师, facts: {in_post: true}, verdicts: {skilled: eligible}}]",
            "verdicts skilled 应为 eligible",
        ),
        ("cases: [{name: x, title: 工艺美术师, chain: none, steps: [a]}]", "chain 应为 none，实为 city"),
        ("cases: [{name: x, title: 工艺美术师, deciding: [a], decided_by: [b]}]", "decided_by 应为 ['b']"),
        ("cases: [{name: x, title: 工艺美术师, materials: [a]}]", "materials 应为 ['a']"),
        (
            "scoring_cases: [{name: x, claims: [{row: contest}], expect: {total: 3, readings: {a=1: 3}}}]",
            "total 应为 3，实为 0",
        ),
        (
            "scoring_cases: [{name: x, claims: [{row: contest, id: k}], expect: {}, states: {k: counted}}]",
            "states k 应为 counted，实为 pending",
        ),
        ("cases: [1", "不是合法的 YAML"),
    ],
)
def test_mistakes_in_cases_are_told(cases, said, tmp_path):
    (tmp_path / "_shared").symlink_to(GOOD / "_shared")
    (tmp_path / EXAMPLE).mkdir()
    (tmp_path / EXAMPLE / "pack.yaml").write_text((GOOD / EXAMPLE / "pack.yaml").read_text())
    (tmp_path / EXAMPLE / "cases.yaml").write_text(cases)
    code, text = run("check", root=tmp_path)

    assert code == 1
    assert said in text


def test_facts_prints_the_vocabulary():
    """Declared facts with type, unit, allowed values, question in Chinese."""
    code, text = run("facts", EXAMPLE)
    told = json.loads(run("facts", EXAMPLE, "--json")[1])
    kind = next(fact for fact in told["facts"] if fact["name"] == "employer_kind")

    assert code == 0
    assert "employer_kind: choice  现工作单位属于哪一类  可填：enterprise（企业）" in text
    assert "photo_width: integer 单位：像素" in text
    assert kind["values"][0] == "enterprise"
    assert [row["row"] for row in told["claims"]] == ["honour", "contest"]


def test_judge_several_people_in_one_call(people):
    code, text = run("judge", EXAMPLE, "--title", "工艺美术师", "--facts", people)
    told = json.loads(run("judge", EXAMPLE, "--title", "工艺美术师", "--facts", people, "--json")[1])

    assert code == 0
    assert "申报人甲　工艺美术师　符合" in text
    assert [(each["name"], each["verdict"]) for each in told] == [
        ("申报人甲", "eligible"),
        ("申报人乙", "ineligible"),
    ]


def test_judge_one_pathway_shows_every_clause(people):
    code, text = run(
        "judge",
        EXAMPLE,
        "--title",
        "工艺美术师",
        "--facts",
        people,
        "--pathway",
        "skilled",
        "--at",
        "2020-10-11",
    )

    assert code == 0
    assert "[not_met] gate.deadline" in text
    assert "[met] skilled.technician" in text


def test_judge_with_a_value_entered(people):
    options = ("judge", EXAMPLE, "--title", "工艺美术师", "--facts", people, "--pathway", "normal", "--json")
    before, after = (json.loads(run(*options, *more)[1])[0] for more in ((), ("--set", "normal_years=4")))

    assert (before["verdict"], after["verdict"]) == ("undetermined", "needs_evidence")
    assert run(*options, "--set", "years=4")[0] == 1


def test_score_shows_levels_caps_and_readings(claims):
    code, text = run("score", EXAMPLE, "--claims", claims)
    told = json.loads(run("score", EXAMPLE, "--claims", claims, "--json")[1])

    assert code == 0
    assert "总分 9（满分 30）" in text
    assert "另一读法 unit_honours=1（C-22）：总分 7" in text
    assert "自评分申报：不可以" in text
    assert (told["total"], told["opens"], told["readings"][0]["total"]) == (9, False, 7)


def test_score_accepts_a_bare_list_of_claims(tmp_path):
    file = tmp_path / "claims.yaml"
    file.write_text(
        "- {row: contest, work: 春, prize: 金奖, recognised: false}\n- {row: honour, level: county}\n"
    )
    code, text = run("score", EXAMPLE, "--claims", file)

    assert code == 0
    assert "待定：只计取得现职称后的业绩" in text
    assert "业绩 2（honour）：不属于任何给分的情形" in text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("in_psot: true", "facts.yaml:1: 不认识的键“in_psot”——是不是 in_post？"),
        ("\nin_post: 是的", "facts.yaml:2: “in_post”的值不对：是的——应为true 或 false"),
        ("employer_kind: company", "应为下列之一：enterprise（企业）"),
        ("title_obtained_on: 2020-13", "应为日期 2021-12-31 或 2018-01"),
        ("photo_width: 三百", "应为整数（单位：像素）"),
        ("employment: {from: 2020-01-01}", "“employment”应是记录的列表"),
        ("employment:\n  - 2020", "“employment”第 1 条应是“字段: 值”的形式"),
        (
            "employment:\n  - from: 2020-01-01\n    frm: 1",
            "facts.yaml:3: “employment”第 1 条里不认识的键“frm”",
        ),
        ("documents: form", "documents 应是材料 id 的列表"),
        ("sources: 社保", "sources 应是“事实: 来源”的形式"),
        ("- 1", "文件应是一个人的“键: 值”"),
        ("- in_post: yes", "“in_post”的值不对"),
    ],
)
def test_wrong_facts_name_key_line_and_what_is_allowed(facts, said, tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(facts)
    code, text = run("judge", EXAMPLE, "--title", "工艺美术师", "--facts", file)

    assert code == 1
    assert said in text


def test_wrong_facts_as_json(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text("in_psot: true")
    code, text = run("judge", EXAMPLE, "--title", "工艺美术师", "--facts", file, "--json")

    assert code == 1
    assert json.loads(text)["problems"][0]["line"] == 1


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("judge", EXAMPLE),
        ("unknown",),
        ("judge", EXAMPLE, "--title", "t", "--facts", "x", "--at", "昨天"),
    ],
)
def test_wrong_usage_exits_with_two(argv, capsys):
    assert run(*argv)[0] == 2
    assert capsys.readouterr().err


def test_help_exits_with_zero(capsys):
    assert run("--help")[0] == 0
    assert "政策包" in capsys.readouterr().out


def test_missing_files_are_problems_not_crashes(people):
    assert run("facts", "no-such-pack")[0] == 1
    assert run("judge", EXAMPLE, "--title", "工艺美术师", "--facts", people.parent / "none.yaml")[0] == 1
