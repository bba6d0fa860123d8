"""How much of a lesson counts as studied, and questions as a training body writes them. Pure.

People may study faster than the clock: films at up to double speed, texts as fast as they read, up to the same. Going
back is free and there is nothing to press while one studies. What nobody can do is to be done sooner than half the
length of the lesson, or to study two lessons in the same minute.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from zhiping.kernel.errors import Refused

FASTEST = 2.0
LONGEST_GAP = timedelta(minutes=10)  # who leaves the page for longer does not study meanwhile
RIGHT = "*"
MOST_QUESTIONS, FEWEST_CHOICES = 50, 2


def credited(*, before: int, reported: float, whole: int, last_at: datetime, now: datetime) -> int:
    """Seconds that count after a report: what is reported, but no more than the clock allows, and never less than before.

    >>> at = datetime(2026, 3, 2, 9, 0)
    >>> credited(before=0, reported=600, whole=600, last_at=at, now=at + timedelta(seconds=60))
    120
    >>> credited(before=100, reported=50, whole=600, last_at=at, now=at + timedelta(seconds=60))
    100
    """
    passed = min(max(now - last_at, timedelta(0)), LONGEST_GAP).total_seconds()
    allowed = before + passed * FASTEST
    return int(min(whole, max(before, min(reported, allowed))))


def questions_in(text: str) -> list[dict[str, Any]]:
    """Questions from their text: blocks parted by blank lines, the question, then its choices, the right one starred.

    >>> questions_in("青瓷用什么烧？\\n* 还原焰\\n氧化焰")
    [{'text': '青瓷用什么烧？', 'choices': ['还原焰', '氧化焰'], 'right': 0}]
    """
    blocks = [block.strip().splitlines() for block in text.replace("\r", "").split("\n\n") if block.strip()]
    if len(blocks) > MOST_QUESTIONS:
        raise Refused(f"一章最多 {MOST_QUESTIONS} 道题。", field="questions")
    return [_question(number, block) for number, block in enumerate(blocks, start=1)]


def share_right(
    questions: Sequence[Mapping[str, Any]], answers: Sequence[int | None]
) -> tuple[int, list[int]]:
    """Per cent of right answers and the numbers of the wrong ones, from 1."""
    wrong = [
        number
        for number, (question, answer) in enumerate(zip(questions, answers, strict=True), start=1)
        if answer != question["right"]
    ]
    return (100 * (len(questions) - len(wrong)) // len(questions) if questions else 100), wrong


def _question(number: int, lines: list[str]) -> dict[str, Any]:
    asked, *choices = [line.strip() for line in lines if line.strip()]
    starred = [index for index, choice in enumerate(choices) if choice.startswith(RIGHT)]
    if len(choices) < FEWEST_CHOICES or len(starred) != 1:
        raise Refused(
            f"第 {number} 题应有至少 {FEWEST_CHOICES} 个选项，其中正好一个以 {RIGHT} 开头（正确答案）。",
            field="questions",
        )
    return {
        "text": asked,
        "choices": [choice.removeprefix(RIGHT).strip() for choice in choices],
        "right": starred[0],
    }
