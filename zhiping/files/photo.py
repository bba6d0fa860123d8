"""The rules of the identity photo, each with its own tick (R-082…R-086). The figures come from the policy pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

WHITE_FROM = 225  # every channel at least this bright …
GREY_SPREAD = 20  # … and the channels this close: white or nearly so
WHITE_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class PhotoRules:
    """Bounds of a photo; the defaults are those of the notices (R-083…R-085, C-60: 1 K = 1024)."""

    bytes_gt: int = 30 * 1024
    bytes_lt: int = 1024 * 1024
    width_gt: int = 215
    height_gt: int = 300
    ratio_gte: Fraction = Fraction("0.65")
    ratio_lte: Fraction = Fraction("0.8")

    @classmethod
    def from_pack(cls, photo: Mapping[str, Any], parameters: Mapping[str, Any]) -> "PhotoRules":
        """The rules of a pack's `photo` section; what it does not state keeps the default.

        A figure that a notice leaves open (C-60) is named there as a parameter of the pack.
        """

        def figure(key: str) -> Any:
            value = photo[key]
            return parameters[value["param"]] if isinstance(value, Mapping) else value

        ratios = {key: Fraction(str(figure(key))) for key in ("ratio_gte", "ratio_lte") if key in photo}
        numbers = ("bytes_gt", "bytes_lt", "width_gt", "height_gt")
        return cls(**ratios, **{key: int(figure(key)) for key in numbers if key in photo})


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What a file is, as far as the rules ask. `white_share` is None if the picture could not be read."""

    format: str
    bytes: int
    width: int
    height: int
    white_share: float | None


@dataclass(frozen=True, slots=True)
class Tick:
    """One rule: held, broken, or only worth a look (`is_advice`)."""

    key: str
    sentence: str
    is_met: bool
    is_advice: bool = False


def judge_photo(facts: PhotoFacts, rules: PhotoRules) -> list[Tick]:
    """Every rule with its tick, in the order of the notice.

    >>> facts = PhotoFacts("JPEG", 30720, 260, 400, 1.0)
    >>> [tick.key for tick in judge_photo(facts, PhotoRules()) if not tick.is_met]
    ['size']
    """
    ratio = Fraction(facts.width, facts.height)
    return [
        Tick("format", f"格式应为 JPG（JPEG），这张是 {facts.format}", facts.format == "JPEG"),
        Tick(
            "size",
            f"大小应大于 {_size(rules.bytes_gt)}、小于 {_size(rules.bytes_lt)}，这张是 {_size(facts.bytes)}",
            rules.bytes_gt < facts.bytes < rules.bytes_lt,
        ),
        Tick(
            "pixels",
            f"像素应大于 {rules.width_gt}×{rules.height_gt}（宽×高），这张是 {facts.width}×{facts.height}",
            facts.width > rules.width_gt and facts.height > rules.height_gt,
        ),
        Tick(
            "ratio",
            f"宽高比应在 {float(rules.ratio_gte):g} 到 {float(rules.ratio_lte):g} 之间，这张是 {_decimal(ratio)}",
            rules.ratio_gte <= ratio <= rules.ratio_lte,
        ),
        _background(facts.white_share),
    ]


def is_acceptable(ticks: list[Tick]) -> bool:
    """Whether every binding rule is met; advice does not block (R-086)."""
    return all(tick.is_met or tick.is_advice for tick in ticks)


def measure_photo(path: Path, *, size: int) -> PhotoFacts:
    """Read a stored image (already inspected, so its pixels are bounded)."""
    with Image.open(path, formats=("JPEG", "PNG")) as image:
        width, height = image.size
        kind = image.format or ""
        image.draft("RGB", (400, 600))
        share = white_share(image.convert("RGB"))
    return PhotoFacts(format=kind, bytes=size, width=width, height=height, white_share=share)


def white_share(picture: Image.Image) -> float:
    """Share of white in the border band beside and above the head: top tenth, upper half of the side bands."""
    small = picture.resize((60, 80))
    bands = [(0, 0, 60, 8), (0, 8, 5, 40), (55, 8, 60, 40)]
    white = total = 0
    for box in bands:
        raw = small.crop(box).tobytes()
        for red, green, blue in zip(raw[::3], raw[1::3], raw[2::3], strict=True):
            low, high = min(red, green, blue), max(red, green, blue)
            white += low >= WHITE_FROM and high - low <= GREY_SPREAD
            total += 1
    return white / total


def _background(share: float | None) -> Tick:
    if share is None:
        return Tick("background", "背景应为白色，没有能自动判断，请自行核对", is_met=False, is_advice=True)
    if share >= WHITE_SHARE:
        return Tick("background", "背景为白色", is_met=True, is_advice=True)
    return Tick(
        "background",
        f"背景应为白色，边缘只有 {share:.0%} 接近白色，请核对；不是白底的会被单位退回",
        is_met=False,
        is_advice=True,
    )


def _size(count: int) -> str:
    if count >= 1024 * 1024:
        return f"{count / 1024 / 1024:.4g} MB"
    return f"{count / 1024:.5g} KB"


def _decimal(ratio: Fraction) -> str:
    return f"{float(ratio):.4f}".rstrip("0").rstrip(".")
