"""Every number of the conditions and of the scoring standard is named by a case or a test (issue 2, done when)."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NUMBER = re.compile(r"R-(\d{3})")


def named() -> set[int]:
    here = Path(__file__)
    files = [*ROOT.glob("policy_packs/*/cases.yaml"), *ROOT.glob("tests/**/*.py")]
    texts = (file.read_text(encoding="utf-8") for file in files if file != here)
    return {int(number) for text in texts for number in NUMBER.findall(text)}


def test_conditions_and_scoring_rows_are_each_named():
    """R-120…R-191 and R-228…R-269, written out: a span such as this one names only its ends."""
    wanted = {*range(120, 192), *range(228, 270)}

    assert sorted(wanted - named()) == []
