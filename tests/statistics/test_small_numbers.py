"""No hidden count follows from what is shown (issue 3 §11)."""

from hypothesis import given
from hypothesis import strategies as st

from zhiping.statistics.small_numbers import SMALLEST_SHOWN, shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 40)))
def test_a_hidden_count_cannot_be_computed(counts):
    seen, total = shown(counts)

    assert all(counts[key] == count for key, count in seen.items() if count is not None)
    assert all(count is None or count == 0 or count >= SMALLEST_SHOWN for count in seen.values())
    hidden = [key for key, count in seen.items() if count is None]
    if total is not None and hidden:
        rest = total - sum(count for count in seen.values() if count is not None)
        assert len(hidden) > 1
        assert rest >= SMALLEST_SHOWN


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(SMALLEST_SHOWN, 40)))
def test_where_nothing_is_small_nothing_is_hidden(counts):
    assert shown(counts) == (counts, sum(counts.values()))
