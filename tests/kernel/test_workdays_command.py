"""`bin/zhiping workdays`."""

import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> str:
    call_command("workdays", *arguments)
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2026-11-20", "+5", "2026-11-27"),
        ("2022-09-07", "+5", "2022-09-15"),  # 中秋 10–12 September is skipped
        ("2022-04-01", "+1", "2022-04-02"),  # a Saturday made up for 清明
    ],
)
def test_workdays_does_not_count_the_day_of_posting(capsys, start, count, last):
    """R-392, architecture §7.13."""
    assert run(capsys, start, count).startswith(last)


def test_workdays_can_count_the_day_of_posting(capsys):
    """C-59, the other reading."""
    assert run(capsys, "2022-04-15", "+5", "--count-first-day").startswith("2022-04-21")


def test_workdays_as_json(capsys):
    assert json.loads(run(capsys, "2026-11-20", "+5", "--json")) == {
        "from": "2026-11-20",
        "working_days": 5,
        "count_first_day": False,
        "last": "2026-11-27",
    }


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("2031-01-05", "+5"), "2031 年的节假日安排还没有录入"),
        (("2026-12-30", "+5"), "2027 年的节假日安排还没有录入"),
        (("2026-13-01", "+5"), "不是日期"),
        (("2026-11-20", "five"), "不是工作日数"),
        (("2026-11-20", "+0"), "不是工作日数"),
    ],
)
def test_workdays_refuses_with_a_sentence(arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("workdays", *arguments)
