"""From the rows of a register to records of the archive (R-043, R-369…R-371)."""

from datetime import date

import pytest

from sandbox.registers.stand_ins import REGISTERS
from tests.factories.registers import DIPLOMA, INSURED, PATENT
from zhiping.achievements.sources import is_same, read_rows, sources

TODAY = date(2026, 3, 2)


def read(name, *rows):
    return read_rows(sources()[name], rows, today=TODAY)


def test_sources_name_categories_fields_and_choices_that_exist():
    for source in sources().values():
        fields = source.kind.fields
        named = {*source.asks, *source.fixed, *source.words, *source.needs}
        assert named | {name for names in source.same for name in names} <= set(fields)
        for name, words in source.words.items():
            assert set(words.values()) <= set(fields[name].choices)
        for name, value in source.fixed.items():
            assert value in fields[name].choices


def test_every_source_has_its_stand_in():
    assert set(sources()) == {each.name for each in REGISTERS}


@pytest.mark.parametrize("register", REGISTERS, ids=lambda each: each.name)
def test_the_example_of_each_stand_in_is_read_whole(register):
    """R-043: education, insurance, papers and patents, and the others, come in by themselves."""
    found, unread = read(register.name, register.example)

    assert unread == 0
    assert found[0].proof
    source = sources()[register.name]
    assert set(source.questions(found[0].data)) <= set(source.asks)


def test_a_diploma_speaks_the_words_of_the_form():
    [found], _ = read("education", DIPLOMA)

    assert found.data == {
        "level": "bachelor",
        "degree": "bachelor",
        "school": "示范大学",
        "major": "机械工程",
        "mode": "full_time",
        "origin": "domestic",
        "graduated_on": "2010-06-30",
    }
    assert found.proof == "A0B1C2D3E4F5G6H7"
    assert set(sources()["education"].questions(found.data)) == {"is_related"}


def test_a_row_that_cannot_be_read_does_not_spoil_the_others():
    found, unread = read(
        "education", {**DIPLOMA, "level": "未知"}, DIPLOMA, {"id": "empty", "level": "博士x"}
    )

    assert [each.key for each in found] == [DIPLOMA["id"]]
    assert unread == 2


def test_months_become_one_stretch_for_each_unbroken_run():
    """R-370: 2018-01…2021-12 are 48 months; a gap makes two stretches."""
    [whole], _ = read("insurance", INSURED)
    gap, _ = read("insurance", {**INSURED, "months": [m for m in INSURED["months"] if m != "2019-06"]})

    assert (whole.data["from"], whole.data["to"]) == ("2018-01", "2021-12")
    assert "48 个月" in whole.note
    assert [(each.data["from"], each.data["to"]) for each in gap] == [
        ("2018-01", "2019-05"),
        ("2019-07", "2021-12"),
    ]


def test_who_is_insured_until_lately_still_works_there():
    [now], _ = read("insurance", {**INSURED, "months": ["2025-11", "2025-12"]})
    [past], _ = read("insurance", {**INSURED, "months": ["2025-10", "2025-11"]})

    assert "to" not in now.data
    assert past.data["to"] == "2025-11"


def test_insurance_out_of_the_province_is_told():
    [found], _ = read("insurance", {**INSURED, "area": "江苏省南京市", "in_province": False})

    assert "江苏省南京市，省外" in found.note


@pytest.mark.parametrize("months", [[], ["2018-13"], ["x"], ["2018-01", ""], None])
def test_months_that_are_none_are_not_read(months):
    assert read("insurance", {**INSURED, "months": months}) == ([], 1)


def test_only_a_granted_patent_is_offered():
    """R-371: "granted" and "filed": only the granted one counts."""
    granted, filed = read("patents", PATENT, {**PATENT, "id": "2", "status": "已受理", "granted_on": ""})[0]

    assert sources()["patents"].hindrance(granted.data) == ""
    assert "还没有授权" in sources()["patents"].hindrance(filed.data)


def test_typed_and_found_are_the_same_thing_by_any_of_the_ways():
    skills = sources()["skills"]
    found = {"certificate_number": "S 01", "occupation": "电工", "skill_level": "technician"}

    assert is_same(skills, found, {"certificate_number": "s01"})
    assert is_same(skills, found, {"occupation": "电工", "skill_level": "technician"})
    assert not is_same(skills, found, {"occupation": "电工", "skill_level": "senior_worker"})
    assert not is_same(sources()["patents"], {"name": "甲"}, {})
