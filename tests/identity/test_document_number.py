"""Identity numbers are checked, read and normalised (GB 11643)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiping.identity.document_number import check_character, checked_number, normalised, resident_number
from zhiping.identity.states import IdentityDocument, Sex

TODAY = date(2026, 3, 2)
EXAMPLE = "11010519491231002X"  # the worked example of the standard


def test_resident_number_is_read():
    found = resident_number("１10105 19491231-002x", today=TODAY)

    assert (found.number, found.area, found.born_on, found.sex) == (
        EXAMPLE,
        "110105",
        date(1949, 12, 31),
        Sex.FEMALE,
    )


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("110105491231002", "15 位"),
        ("11010519491331002X", "19491331"),
        ("110105194912310021", "校验位"),
        ("11010520491231002" + check_character("11010520491231002"), "不合理"),
        ("1101051949123100²X", "其他字符"),
        ("", "0 位"),
    ],
)
def test_resident_number_refused_with_the_reason(number, part):
    with pytest.raises(ValueError, match=part):
        resident_number(number, today=TODAY)


@given(st.integers(0, 17), st.sampled_from("0123456789"))
def test_resident_number_with_one_wrong_digit_is_never_accepted(position, digit):
    broken = EXAMPLE[:position] + digit + EXAMPLE[position + 1 :]
    if broken == EXAMPLE:
        return
    with pytest.raises(ValueError, match="身份证"):
        resident_number(broken, today=TODAY)


def kept_or_sentence(kind, text):
    try:
        return checked_number(kind, text, today=TODAY)
    except ValueError as error:
        return str(error)


@given(st.text(max_size=25))
def test_any_text_is_accepted_or_refused_with_a_sentence(text):
    for kind in IdentityDocument:
        outcome = kept_or_sentence(kind, text)

        assert outcome == normalised(text) or outcome.endswith("。")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (IdentityDocument.PASSPORT, "E12345678", "E1"),
        (IdentityDocument.HK_MACAU_PERMIT, "h12345678", "X12345678"),
        (IdentityDocument.TAIWAN_PERMIT, "12345678", "1234"),
        (IdentityDocument.FOREIGN_RESIDENT, "CHN110100010101", "CHN1"),
    ],
)
def test_other_documents_have_their_own_shape(kind, good, bad):
    assert checked_number(kind, good, today=TODAY) == good.upper()
    with pytest.raises(ValueError, match="。"):
        checked_number(kind, bad, today=TODAY)
