"""Two versions of a pack compared clause by clause, in words."""

import pytest

from tests.factories.plans import example_text
from zhiping.policies.comparison import changes_between
from zhiping.policy_engine import load_pack_text

OLD = example_text()


@pytest.mark.parametrize(
    ("before", "after", "section", "words"),
    [
        ("gte: 3}", "gte: 4}", "条件", ("3", "4")),
        ("closes: 2020-10-10", "closes: 2020-10-12", "时间", ("截止：2020-10-10", "截止：2020-10-12")),
        ("amount: 180", "amount: 200", "费用", ("金额：180", "金额：200")),
        ("copies: 3", "copies: 2", "评审表", ("份数：3", "份数：2")),
        ("0571-80000000", "0571-80000001", "联系方式", ("0571-80000000", "0571-80000001")),
        ("cap: 15", "cap: 12", "评分标准", ("15", "12")),
        ("day: 2020-12-31", "day: 2021-12-31", "计划", ("2020-12-31", "2021-12-31")),
    ],
)
def test_a_change_is_told_on_both_sides(before, after, section, words):
    """R-389, issue §4: one difference gives one line in words."""
    text = OLD.replace(before, after) if before in OLD else OLD.replace(before.rstrip("}"), after.rstrip("}"))
    assert text != OLD

    changes = changes_between(load_pack_text(OLD), load_pack_text(text))

    found = [each for each in changes if each.section == section]
    assert found
    assert words[0] in found[0].before
    assert words[1] in found[0].after
    assert found[0].kind == "修改"


def test_the_same_version_differs_in_nothing():
    assert changes_between(load_pack_text(OLD), load_pack_text(OLD)) == []


def test_what_is_new_and_what_is_gone():
    line = next(each for each in OLD.splitlines() if '"other"' in each)
    shorter = OLD.replace(line, line.replace('"other"', '"another"'))

    kinds = {(each.kind, each.name) for each in changes_between(load_pack_text(OLD), load_pack_text(shorter))}

    assert kinds == {("删去", "other"), ("新增", "another")}
