"""What people type becomes typed values, or a sentence beside the field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.achievements.record import (
    label_of,
    last_day,
    open_parts,
    open_points,
    read_record,
    shown_value,
    typed_value,
)
from zhiping.achievements.schema import categories, profile_fields

TODAY = date(2026, 3, 2)


def read(category: str, **typed):
    return read_record(categories()[category].fields, typed, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2018-06-30", "2018-06-30"),
        ("2018.6.3", "2018-06-03"),
        ("2018年6月3日", "2018-06-03"),
        ("２０１８/06", "2018-06"),
        ("2018年6月", "2018-06"),
        ("2026-03-02", "2026-03-02"),
    ],
)
def test_dates_are_read_as_people_write_them(typed, kept):
    """R-108: the month alone is enough."""
    assert read("papers", published_on=typed).data == {"published_on": kept}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2026-03-03", "晚于今天"),
        ("2018-02-30", "不是有效的日期"),
        ("去年", "不是有效的日期"),
        ("1018-01-01", "年份不对"),
        ("2018-13", "不是有效的日期"),
    ],
)
def test_wrong_dates_are_told(typed, words):
    reading = read("papers", published_on=typed)

    assert words in reading.errors["published_on"]
    assert reading.data == {}


def test_end_before_start_is_told_at_the_end():
    wrong = read("employment", **{"from": "2018-07-01", "to": "2018-06"})
    right = read("employment", **{"from": "2018-06-15", "to": "2018-06"})

    assert wrong.errors == {"to": "结束时间“2018-06”早于开始时间“2018-07-01”。请对照证明材料改正其中一个。"}
    assert right.errors == {}


def test_contract_may_end_in_the_future():
    assert read("appointments", to="2027-01-01").errors == {}


@pytest.mark.parametrize(
    ("category", "name", "typed", "kept"),
    [
        ("ce_hours", "professional", "60.5", 60.5),
        ("ce_hours", "professional", "６０", 60),
        ("projects", "amount", "1,200,000", 1_200_000),
        ("appraisals", "year", "2025", 2025),
        ("education", "is_related", "false", False),
        ("education", "level", "bachelor", "bachelor"),
        ("honours", "name", " 𠮷㛃奖\u3000", "𠮷㛃奖"),
    ],
)
def test_values_are_typed(category, name, typed, kept):
    assert read(category, **{name: typed}).data == {name: kept}


@pytest.mark.parametrize(
    ("category", "name", "typed", "words"),
    [
        ("ce_hours", "professional", "很多", "不是数字"),
        ("ce_hours", "professional", "-1", "太小"),
        ("ce_hours", "professional", "1e9", "不是数字"),
        ("ce_hours", "professional", "NaN", "不是数字"),
        ("appraisals", "year", "2027", "最大是 2026"),
        ("science_awards", "grade", "4", "最大是 3"),
        ("science_awards", "grade", "1.5", "不是整数"),
        ("education", "level", "genius", "选项"),
        ("education", "is_related", "maybe", "“是”或“否”"),
        ("papers", "title", "长" * 121, "最多 120 字，现在是 121 字"),
        ("honours", "name", "\U000e0041\ue000奖", "无法印到"),
    ],
)
def test_wrong_values_are_told_with_the_remedy(category, name, typed, words):
    reading = read(category, **{name: typed})

    assert words in reading.errors[name]
    assert reading.errors[name].endswith("。")


def test_phone_has_its_shape():
    fields = profile_fields()

    assert read_record(fields, {"phone": "13800001234"}, today=TODAY).errors == {}
    assert "11 位" in read_record(fields, {"phone": "12345"}, today=TODAY).errors["phone"]


def test_open_points_are_the_required_fields_left_empty():
    category = categories()["appraisals"]

    assert open_points(category.fields, {"year": 2025}) == {"grade": "还没有填等次。"}
    assert open_points(category.fields, {"year": 2025, "grade": "qualified"}) == {}


def test_paper_needs_its_four_parts():
    """R-053."""
    missing = open_parts(categories()["papers"], {}, ["cover", "number", "text"])

    assert [part.label for part in missing] == ["目录页"]


def test_project_names_the_part_that_is_missing():
    """R-054."""
    missing = open_parts(categories()["projects"], {}, ["cover", "amount", "members"])

    assert [part.label for part in missing] == ["盖章页"]


def test_collective_work_needs_proof_of_contribution():
    """R-048."""
    contests = categories()["contests"]

    assert [part.key for part in open_parts(contests, {"role": "main"}, ["certificate"])] == ["contribution"]
    assert open_parts(contests, {"role": "lead"}, ["certificate"]) == []


def test_label_names_the_record():
    data = {"work": "春", "event": "博览会", "prize": "gold"}

    assert label_of(categories()["contests"], data) == "春：博览会 金奖（一等奖）"
    assert label_of(categories()["papers"], {}) == "未填写的论文"


def test_values_are_shown_and_typed_again():
    fields = categories()["education"].fields

    assert shown_value(fields["is_related"], False) == "否"
    assert shown_value(fields["level"], "bachelor") == "大学本科"
    assert shown_value(fields["degree"], None) == ""
    assert shown_value(categories()["projects"].fields["amount"], 5) == "5 元"
    assert [typed_value(value) for value in (True, None, 5)] == ["true", "", "5"]


def test_month_ends_on_its_last_day():
    """R-108."""
    assert last_day("2020-02") == date(2020, 2, 29)


@given(st.sampled_from(sorted(categories())), st.data())
def test_anything_typed_is_taken_or_told(key, data):
    fields = categories()[key].fields
    typed = {name: data.draw(st.text(max_size=30)) for name in fields}

    reading = read_record(fields, typed, today=TODAY)

    assert all(sentence.endswith("。") for sentence in reading.errors.values())
    again = read_record(
        fields, {name: typed_value(value) for name, value in reading.data.items()}, today=TODAY
    )
    assert {name: again.data.get(name) for name in reading.data if name not in reading.errors} == {
        name: value for name, value in reading.data.items() if name not in reading.errors
    }
