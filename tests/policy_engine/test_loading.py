"""Fragments and overlays, the text that is published, and packs as plain data (R-389, R-390, R-400)."""

import datetime as dt
import json

import pytest

from tests.policy_engine.packs import EXAMPLE, GOOD, SMALL, example, small
from zhiping.policy_engine import judge, load_pack, load_pack_text
from zhiping.policy_engine.check import check_packs
from zhiping.policy_engine.demands import chain_for, fees_for, materials_for, windows_for

OVERLAY = GOOD / "example-2021-crafts-overlay"


def test_overlay_changes_what_it_names_and_nothing_else():
    """R-390: earlier dates and contacts of a forwarding notice over the parent's."""
    over, base = load_pack(OVERLAY), example()

    assert [gate.id for gate in over.gates] == ["gate.scope", "gate.deadline", "gate.backbone", "gate.ce"]
    assert [each["id"] for each in over.data["windows"]] == ["applicant", "county_paper", "unit"]
    assert over.data["contacts"][0]["phones"] == base.data["contacts"][0]["phones"]
    assert over.data["contacts"][0]["organisation"] == "示例县经信局"
    assert "sanctions" not in over.data
    assert over.clauses["gate.ce"].cite["words"] == "示例县发〔2020〕2号 二"
    assert over.clauses["gate.scope"].cite["words"] == "示例发〔2020〕1号 一"
    assert [each["id"] for each in base.data["windows"]] == ["applicant", "unit"]


def test_cases_are_owed_only_for_what_the_overlay_adds_or_changes():
    assert load_pack(OVERLAY).own_clauses == {"gate.ce", "gate.backbone"}


def test_published_text_gives_the_same_pack_again():
    """R-400: export, import into an empty system, export again → identical text."""
    pack = load_pack(OVERLAY)
    again = load_pack_text(pack.text)

    assert (again.text, again.checksum) == (pack.text, pack.checksum)
    person = {"in_post": True}
    assert judge(again, "工艺美术师", person).as_dict() == judge(pack, "工艺美术师", person).as_dict()


def test_pack_as_plain_data_survives_json():
    told = example().as_dict()

    assert json.loads(json.dumps(told, ensure_ascii=False)) == told
    assert told["pack"]["plan"]["cutoff"]["day"] == "2020-12-31"


def test_loading_again_gives_the_same_compiled_pack_until_the_file_changes(tmp_path):
    folder = tmp_path / "example-2020-crafts-intermediate"
    folder.mkdir()
    file = folder / "pack.yaml"
    file.write_text(load_pack(EXAMPLE).text)
    first = load_pack(folder)

    assert load_pack(folder) is first
    file.write_text(first.text.replace("示例市工艺美术行业协会", "示例市行业协会"))
    assert load_pack(folder) is not first


def test_only_facts_that_something_reads_are_asked_for():
    asked = example().facts_read()

    assert "photo_width" in asked
    assert "patents" not in asked


PERSON = {"unit_affiliation": "county", "employer_kind": "public_institution"}


def test_chain_materials_fees_and_windows_follow_the_person():
    """R-118: alternatives by kind of organisation."""
    pack = example()

    def steps(facts):
        chain = chain_for(pack, "工艺美术师", "skilled", facts)
        return [(step["id"], step["state"]) for step in chain["steps"]]

    assert steps(PERSON) == [("unit", "needed"), ("county_hr", "needed"), ("committee", "needed")]
    assert steps({"unit_affiliation": "municipal"}) == [("unit", "needed"), ("committee", "needed")]
    assert steps({})[1] == ("county_hr", "depends")
    needed = {each["id"]: each["state"] for each in materials_for(pack, "工艺美术师", "exceptional", PERSON)}
    assert needed == {"exceptional_form": "needed", "post_form": "needed"}
    assert [each["amount"] for each in fees_for(pack, "工艺美术师", "skilled", PERSON)] == [180]
    assert [each["id"] for each in windows_for(pack, "工艺美术师", "skilled", PERSON)] == [
        "applicant",
        "unit",
    ]


def test_judgement_at_a_day_is_plain_data():
    """R-395: the whole argument is JSON."""
    verdict = judge(small("fact: n, gte: 5"), "t", {"name": "申报人甲", "n": 4}, at=dt.date(2021, 7, 1))
    told = json.loads(json.dumps(verdict.as_dict(), ensure_ascii=False))

    assert told["at"] == "2021-07-01T12:00:00+08:00"
    assert told["pathways"][0]["clauses"][0]["change"]["missing"] == 1
    assert (
        told["pathways"][0]["words"]
        == "正常申报：不符合。条件——数目：4个，要求不少于5个（小发〔2021〕1号 二）。"
    )


@pytest.mark.parametrize("parameters", [{"none": 1}])
def test_parameter_that_does_not_exist_is_refused(parameters):
    with pytest.raises(ValueError, match="没有参数“none”"):
        judge(small("fact: a, is: true"), "t", {}, parameters=parameters)


def test_fragments_add_sections_and_their_clauses_are_proven_by_one_of_the_packs(tmp_path):
    """A clause of a fragment is owed by one of the packs that use it, not by each."""
    (tmp_path / "_shared").mkdir()
    (tmp_path / "_shared" / "gate.yaml").write_text(
        "gates: [{id: gate.b, kind: other, text: 乙, cite: 一, fact: b, is: true}]\n"
        "remarks: [{id: r, text: 说明, cite: 一}]\nplan: {menu: 首页}\n"
    )
    filled = SMALL.format(condition="fact: a, is: true", parameters="{}", definitions="{}", gates="[]")
    cases = "cases:\n" + "".join(
        f"  - {{name: {name}, title: t, facts: {{a: {value}, b: {value}}}, clauses: {{it: {status}, gate.b: {status}}}}}\n"
        for name, value, status in (("是", "true", "met"), ("否", "false", "not_met"))
    )
    for name, text in (
        ("one", cases),
        ("two", cases.replace(", gate.b: met", "").replace(", gate.b: not_met", "")),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(
            f"use: [_shared/gate.yaml]{filled}".replace("id: small", f"id: {name}")
        )
        (tmp_path / name / "cases.yaml").write_text(text)
    checks = check_packs([tmp_path / "one", tmp_path / "two", tmp_path / "three"])

    assert [[str(problem) for problem in each.problems] for each in checks[:2]] == [[], []]
    assert checks[2].problems[0].message == "没有这个文件"
    assert load_pack(tmp_path / "two").data["plan"]["menu"] == "首页"
    assert load_pack(tmp_path / "two").shared_clauses == {"gate.b"}
