"""Two thirds in integers, against a brute-force oracle in fractions (domain §2 rows 6-7, §15.1)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.committees.rounds import batches, voters_by_case
from zhiping.committees.states import Choice
from zhiping.committees.tally import count, has_quorum, votes_needed

CHOICES = st.lists(st.sampled_from(list(Choice.values)), max_size=60)


@given(choices=CHOICES, missing=st.integers(0, 20))
def test_a_case_passes_exactly_from_two_thirds_of_the_base(choices, missing):
    tally = count(choices, len(choices) + missing)
    agree = sum(choice == Choice.AGREE for choice in choices)

    assert tally.passed == (tally.base > 0 and Fraction(agree, tally.base) >= Fraction(2, 3))
    assert tally.passed == (tally.base > 0 and agree >= votes_needed(tally.base))


@pytest.mark.parametrize(
    ("base", "agree", "passed"), [(9, 6, True), (9, 5, False), (25, 17, True), (25, 16, False)]
)
def test_the_edge_of_two_thirds(base, agree, passed):
    assert count([Choice.AGREE] * agree + [Choice.AGAINST] * (base - agree), base).passed is passed


def test_abstentions_and_missing_ballots_are_not_agreement():
    assert not count([Choice.AGREE] * 5 + [Choice.ABSTAIN] * 2, 9).passed


def test_nobody_entitled_means_nobody_passes():
    assert not count([], 0).passed


@pytest.mark.parametrize("choices", [[Choice.AGREE] * 4, ["maybe"]])
def test_a_stuffed_or_foreign_ballot_is_an_error(choices):
    with pytest.raises(ValueError, match="ballots for 3 voters"):
        count(choices, 3)


@given(size=st.integers(0, 60), present=st.integers(0, 60))
def test_quorum_is_two_thirds_of_the_members(size, present):
    assert has_quorum(present, size) == (size > 0 and Fraction(present, size) >= Fraction(2, 3))


@given(
    cases=st.lists(st.integers(1, 40), unique=True, max_size=12),
    present=st.sets(st.integers(1, 15)),
    recused=st.dictionaries(st.integers(1, 40), st.frozensets(st.integers(1, 15))),
)
def test_cases_share_a_round_exactly_when_the_same_members_may_vote(cases, present, recused):
    voters = voters_by_case(cases, present, recused)
    found = batches(voters)

    assert sorted(key for _, keys in found for key in keys) == sorted(cases)
    assert len({members for members, _ in found}) == len(found)
    for members, keys in found:
        for key in keys:
            assert members == frozenset(present) - recused.get(key, frozenset())
