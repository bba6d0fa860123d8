"""The photo rules R-082…R-086, each at its bounds."""

from fractions import Fraction

import pytest
from PIL import Image, ImageDraw

from zhiping.files.photo import PhotoFacts, PhotoRules, is_acceptable, judge_photo, measure_photo, white_share


def broken(size=100_000, pixels=(260, 400), kind="JPEG", white=1.0) -> list[str]:
    facts = PhotoFacts(kind, size, *pixels, white)
    return [tick.key for tick in judge_photo(facts, PhotoRules()) if not tick.is_met]


@pytest.mark.parametrize(
    ("size", "expected"), [(30720, ["size"]), (30721, []), (1048575, []), (1048576, ["size"])]
)
def test_size_bounds(size, expected):
    """R-083, C-60."""
    assert broken(size=size) == expected


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [
        ((215, 300), ["pixels"]),
        ((216, 301), []),
        ((300, 215), ["pixels", "ratio"]),
        ((215, 400), ["pixels", "ratio"]),
        ((260, 400), []),
        ((259, 400), ["ratio"]),
        ((320, 400), []),
        ((321, 400), ["ratio"]),
    ],
)
def test_pixels_and_ratio_bounds(pixels, expected):
    """R-084, R-085: bounds of the pixels are open, those of the ratio closed, compared as fractions."""
    assert broken(pixels=pixels) == expected


def test_format_is_binding_and_background_is_advice():
    """R-082, R-086."""
    rules = PhotoRules()
    grey = judge_photo(PhotoFacts("JPEG", 100_000, 300, 400, 0.2), rules)
    png = judge_photo(PhotoFacts("PNG", 100_000, 300, 400, 1.0), rules)
    unread = judge_photo(PhotoFacts("JPEG", 100_000, 300, 400, None), rules)

    assert is_acceptable(grey)
    assert is_acceptable(unread)
    assert [tick.sentence for tick in grey if not tick.is_met] == [
        "背景应为白色，边缘只有 20% 接近白色，请核对；不是白底的会被单位退回"
    ]
    assert not is_acceptable(png)


def test_rules_come_from_the_pack():
    rules = PhotoRules.from_pack({"bytes_gt": 1, "ratio_lte": 0.75, "background": "white"}, {})

    assert (rules.bytes_gt, rules.ratio_lte, rules.width_gt) == (1, Fraction("0.75"), 215)


@pytest.mark.parametrize(
    ("background", "is_white"),
    [("#ffffff", True), ("#f0f0f0", True), ("#4488dd", False), ("#c8c8c8", False), ("#ffe0e0", False)],
)
def test_white_background_is_sampled_beside_the_head(tmp_path, background, is_white):
    picture = Image.new("RGB", (300, 400), background)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((90, 80, 210, 240), fill="#caa080")
    draw.rectangle((20, 280, 280, 400), fill="#203040")
    path = tmp_path / "photo.jpg"
    picture.save(path, "JPEG", quality=90)

    facts = measure_photo(path, size=path.stat().st_size)

    assert (facts.format, facts.width, facts.height) == ("JPEG", 300, 400)
    assert (facts.white_share >= 0.9) is is_white
    assert white_share(Image.new("RGB", (10, 10), "black")) == 0


def test_figure_left_open_by_a_notice_is_a_parameter_of_the_pack():
    """C-60."""
    rules = PhotoRules.from_pack({"bytes_gt": {"param": "least"}, "width_gt": 215}, {"least": 30000})
    assert (rules.bytes_gt, rules.width_gt) == (30000, 215)
