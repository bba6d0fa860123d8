"""The knowledge base: articles of docs/help, found by words. Pure but for reading the files once.

A search matches if every word of it is in the article. Chinese is written without spaces, so a word that stands
nowhere as a whole counts as the pairs of its characters: 忘了密码 finds 忘记密码 by 密码. Characters beyond the basic
plane (rare names) are characters like any other; full-width letters and digits equal plain ones.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TITLE_WEIGHT = 5
LONGEST_SEARCH = 60


@dataclass(frozen=True, slots=True)
class Article:
    """One article; `text` is its Markdown with the heading."""

    slug: str
    title: str
    text: str

    def weight(self, word: str) -> float:
        """How much the article is about the word: 1 for each place, more in the title, a part for part of its pairs.

        >>> Article("a", "忘记密码", "请重置密码").weight("密码")
        6.0
        """
        title, text = normal(self.title), normal(self.text)
        whole = TITLE_WEIGHT * title.count(word) + text.count(word)
        if whole or len(word) < 3:
            return float(whole)
        pairs = [word[at : at + 2] for at in range(len(word) - 1)]
        named = sum(pair in title for pair in pairs)
        told = sum(pair in text for pair in pairs)
        return (named + told / TITLE_WEIGHT) / len(pairs) if named or told >= 2 else 0.0


def normal(text: str) -> str:
    """One way of writing: compatibility forms made plain, letters small.

    >>> normal("ＰＤＦ")
    'pdf'
    """
    return unicodedata.normalize("NFKC", text).lower()


def search(articles: Iterable[Article], text: str) -> list[Article]:
    """The articles that hold every word, the most fitting first; all of them for an empty search."""
    words = normal(text[:LONGEST_SEARCH]).split()
    weighed = [(tuple(each.weight(word) for word in words), each) for each in articles]
    held = [(sum(weights), each) for weights, each in weighed if all(weights)]
    return [each for _, each in sorted(held, key=lambda pair: (-pair[0], pair[1].slug))]


@cache
def articles_in(folder: Path) -> Sequence[Article]:
    """Every article of the folder, read once per process: they change only with the release."""
    found = []
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].removeprefix("# ").strip()
        found.append(Article(path.stem, title, text))
    return tuple(found)
