"""What the page says of one record: why it counts, never against its own date (R-092)."""

from datetime import date
from types import SimpleNamespace

from zhiping.applications.counting import counting_of

PACK = SimpleNamespace(data={}, cutoff=date(2025, 12, 31))
SINCE, WORDS = date(2021, 1, 1), "近五年（2021-01-01 以后）"


def told(category: str, day: str):
    field = {"honours": "granted_on", "papers": "published_on"}[category]
    return counting_of(PACK, {"category": category, "data": {field: day}}, SINCE, WORDS)


def test_an_older_honour_counts_without_naming_the_window_it_lies_before():
    counting = told("honours", "2019-09-10")

    assert (counting.counts, counting.why) == (True, "不限取得时间，计入")


def test_an_older_paper_does_not_count():
    assert not told("papers", "2019-09-10").counts


def test_a_paper_in_the_window_names_the_window():
    assert told("papers", "2022-05-01").why == f"{WORDS}，计入"
