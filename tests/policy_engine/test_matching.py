"""Distinct evidence by the best assignment (R-138, C-12): against trying every assignment."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from zhiping.policy_engine.matching import most_served

PIECES = st.sampled_from(["p", "q", "r", "s"])
SINGLES = st.lists(st.lists(PIECES.map(lambda piece: frozenset([piece])), max_size=4), max_size=5)
SETS = st.lists(st.lists(st.frozensets(PIECES, max_size=3), max_size=3), max_size=4)


def by_trying(options):
    best = 0
    for chosen in product(*([None, *ways] for ways in options)):
        used = [piece for way in chosen if way is not None for piece in way]
        if len(used) == len(set(used)):
            best = max(best, sum(way is not None for way in chosen))
    return best


@given(SINGLES)
def test_single_pieces_are_matched_as_well_as_possible(options):
    assert most_served(options) == by_trying(options)


@given(SETS)
def test_sets_of_pieces_are_matched_as_well_as_possible(options):
    assert most_served(options) == by_trying(options)


def test_greedy_order_does_not_matter():
    """The first condition must give up the gold award that only the second can use otherwise."""
    gold, silver = frozenset(["gold"]), frozenset(["silver"])

    assert most_served([[gold, silver], [gold]]) == 2
    assert most_served([[gold], [gold]]) == 1
