"""What is missing, in words: "2027 年还需专业科目 60 学时、不限科目 30 学时". Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhiping.continuing_education.requirement import MANY, Missing, hours_to_learn

SUBJECT_WORDS = {
    (): "不限科目",
    ("professional",): "专业科目",
    ("public_general",): "一般公需科目",
    ("public_industry",): "行业公需科目",
}


@dataclass(frozen=True, slots=True)
class ToLearn:
    """The hours to learn in a year, or in several years together."""

    years: tuple[int, ...]
    parts: tuple[tuple[str, float], ...]
    is_over: bool

    @property
    def when(self) -> str:
        if len(self.years) == 1:
            return f"{self.years[0]} 年"
        return f"{self.years[0]}—{self.years[-1]} 年合计" if self.years else "合计"

    @property
    def words(self) -> str:
        return f"{self.when}还需" + "、".join(f"{subject} {hours:g} 学时" for subject, hours in self.parts)

    @property
    def hours(self) -> float:
        return sum(hours for _, hours in self.parts)


def to_learn(missing: Iterable[Missing], *, this_year: int) -> list[ToLearn]:
    """Year by year; a year that is over can only be made up by registering what was learned then.

    >>> [each.words for each in to_learn([Missing((2028,), (), 60.0, 90)], this_year=2026)]
    ['2028 年还需不限科目 30 学时']
    """
    found = []
    for years, parts in hours_to_learn(missing).items():
        named = tuple((_subject(subjects), hours) for subjects, hours in parts.items() if hours < MANY)
        if named:
            found.append(ToLearn(years, named, is_over=bool(years) and max(years) < this_year))
    return found


def _subject(subjects: tuple[str, ...]) -> str:
    public = {"public_general", "public_industry"}
    return SUBJECT_WORDS.get(subjects) or ("公需科目" if set(subjects) == public else "＋".join(subjects))
