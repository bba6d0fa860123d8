"""Unified social credit codes are checked (GB 32100)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.organisations.credit_code import ALPHABET, checked_code

EXAMPLE = "91350100M000100Y43"  # the worked example of the standard


def test_code_is_normalised():
    assert checked_code(" 9135 0100m000100y43") == EXAMPLE


@pytest.mark.parametrize(
    ("code", "part"),
    [("9135", "4 位"), ("91350100M000100Y44", "校验位"), ("9135O100M000100Y43", "大写字母")],
)
def test_wrong_code_is_refused_with_the_reason(code, part):
    with pytest.raises(ValueError, match=part):
        checked_code(code)


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_code_with_one_wrong_character_is_never_accepted(position, character):
    broken = EXAMPLE[:position] + character + EXAMPLE[position + 1 :]
    if broken == EXAMPLE:
        return
    with pytest.raises(ValueError, match="统一社会信用代码"):
        checked_code(broken)


def kept_or_sentence(text):
    try:
        return checked_code(text)
    except ValueError as error:
        return str(error)


@given(st.text(max_size=25))
def test_any_text_is_accepted_or_refused_with_a_sentence(text):
    outcome = kept_or_sentence(text)

    assert len(outcome) == 18 or outcome.endswith("。")
