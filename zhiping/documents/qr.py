"""QR codes for paper and for pages."""

import io
from dataclasses import dataclass

import segno

QUIET_ZONE = 4  # modules; ISO/IEC 18004 asks for four on every side


@dataclass(frozen=True)
class Qr:
    """A text that is printed as a QR code."""

    text: str


def qr_svg(text: str, *, label: str | None = None) -> str:
    """Draw the code as an SVG element; it has no inline style and no size: the page's CSS gives it one."""
    return segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=QUIET_ZONE, light="#fff", title=label, svgclass="qr", lineclass=None
    )


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """Draw the code as a PNG file with ``scale`` pixels a module."""
    target = io.BytesIO()
    segno.make(text, error="m", micro=False).save(target, kind="png", scale=scale, border=QUIET_ZONE)
    return target.getvalue()
