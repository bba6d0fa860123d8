"""Rare characters are printed as themselves or refused by name (decision 12, issue 2 §12)."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.paper import drawn_line, page_texts, same_ink
from tests.factories import documents as samples
from zhiping.documents.glyphs import (
    FONT_FILES,
    UnprintableError,
    character_groups,
    covered_ranges,
    missing_glyphs,
    require_printable,
)
from zhiping.documents.printing import render

RARE_NAMES = "𠮷㛃䶮䲜𬭩𬱟喆堃㐂𫖯"
EUDC = "\ue863"  # private use: what old systems stored for 䶮
FOOTNOTE_BOX = "☐"


def test_ranges_are_those_of_the_shipped_fonts():
    covered = set()
    for path in FONT_FILES:
        with TTFont(path) as font:
            covered |= set(font.getBestCmap())

    starts, ends = covered_ranges()

    assert {
        point for start, end in zip(starts, ends, strict=True) for point in range(start, end + 1)
    } == covered


def test_a_font_without_full_character_map_is_an_error(tmp_path):
    with TTFont(FONT_FILES[2]) as font:
        font["cmap"].tables = [table for table in font["cmap"].tables if table.format != 12]
        font.save(tmp_path / "small.otf")

    with pytest.raises(ValueError, match=r"small\.otf has no full"):
        character_groups(tmp_path / "small.otf")


def test_every_ideograph_of_the_national_name_lists_is_covered():
    """The unified ideographs of the basic block and extension A, whole."""
    ideographs = "".join(map(chr, [*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0)]))

    assert missing_glyphs(ideographs) == ""


def test_missing_glyphs_names_each_character_once_in_order():
    assert missing_glyphs(f"甲{FOOTNOTE_BOX}乙{EUDC}{FOOTNOTE_BOX}\n丙\t·丁") == FOOTNOTE_BOX + EUDC


@given(st.text(alphabet=st.characters(categories=["Cs", "Co", "Cn"], max_codepoint=0x10FFFF), max_size=5))
def test_characters_without_meaning_are_never_printable(text):
    assert set(missing_glyphs(text)) == set(text)


def test_an_entry_that_cannot_be_printed_is_refused_at_its_field():
    require_printable("申报人𠮷㛃䶮", field="name")

    with pytest.raises(UnprintableError) as refusal:
        require_printable(f"申报人{EUDC}", field="name")

    assert refusal.value.field == "name"


def test_printing_refuses_and_names_what_it_cannot_print():
    form = samples.review_form(statement=f"生僻字{EUDC}")

    with pytest.raises(UnprintableError) as refusal:
        render(form.template, form, created=samples.CREATED)

    assert refusal.value.characters == EUDC
    assert "U+E863" in refusal.value.sentence


def test_rare_characters_come_back_from_the_printed_page_as_text():
    form = samples.review_form(statement=RARE_NAMES, watermark="")

    text = "".join(page_texts(render(form.template, form, created=samples.CREATED)))

    assert RARE_NAMES in text
    assert samples.NAME in text


@pytest.mark.parametrize("character", RARE_NAMES)
def test_a_rare_character_is_drawn_with_its_own_shape(character, tmp_path):
    """Neither blank nor the empty box that a font draws for what it lacks."""
    drawn = drawn_line(character, tmp_path)

    assert not same_ink(drawn, drawn_line(EUDC, tmp_path))
    assert not same_ink(drawn, drawn_line("甲", tmp_path))
    assert same_ink(drawn, drawn_line(character, tmp_path))


def test_two_characters_that_no_font_has_are_drawn_as_the_same_box(tmp_path):
    """The control of the test above: it would notice a box."""
    assert same_ink(drawn_line(EUDC, tmp_path), drawn_line(FOOTNOTE_BOX, tmp_path))


def test_the_rare_font_carries_its_licence_and_no_reserved_name():
    with TTFont(FONT_FILES[2]) as font:
        names = {record.nameID: record.toUnicode() for record in font["name"].names}
    licence = (Path(FONT_FILES[2]).parent / "OFL.txt").read_text(encoding="utf-8")

    assert names[1] == "Zhiping Rare Han"
    assert "Open Font License" in names[13]
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "PERMISSION & CONDITIONS" in licence
