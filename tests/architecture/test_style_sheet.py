"""The one style sheet holds no rule that no page uses, and every class it names is written somewhere."""

import re
from pathlib import Path

from zhiping.web.tags import FAMILIES

PRODUCT = Path(__file__).resolve().parents[2] / "zhiping"
SHEET = PRODUCT / "web" / "static" / "zhiping" / "zhiping.css"
COMPOSED = {f"t-{family}" for family in FAMILIES}  # tag_class puts them together


def named_in(sheet: str) -> set[str]:
    """Every class in the sheet's selectors."""
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", sheet, flags=re.DOTALL)
    return {
        name
        for selector in re.findall(r"([^{}]*)\{", bare)
        for name in re.findall(r"\.([a-z][\w-]*)", selector)
    }


def written_in(product: Path) -> set[str]:
    """Every word in a class attribute or in the block that widens a page, and in the strings of scripts and code."""
    attribute, wide = r'class="([^"]*)"', r"{% block wide %}([\w-]*)"
    texts = {
        suffix: [p.read_text("utf-8") for p in product.rglob(f"*.{suffix}")]
        for suffix in ("html", "js", "py")
    }
    found = [each for text in texts["html"] for each in re.findall(attribute, text) + re.findall(wide, text)]
    for text in texts["js"] + texts["py"]:
        found += re.findall(r'"([^"\n]*)"', text) + re.findall(r"'([^'\n]*)'", text)
    return {word for each in found for word in re.findall(r"[\w-]+", each)}


def test_every_class_of_the_style_sheet_is_used_somewhere():
    assert sorted(named_in(SHEET.read_text("utf-8")) - written_in(PRODUCT) - COMPOSED) == []


def test_a_class_that_nobody_uses_is_found(tmp_path):
    (tmp_path / "page.html").write_text('<p class="lead">.ghost</p>', "utf-8")

    assert named_in(".lead a,.ghost:hover{color:red} /* .gone{} */") - written_in(tmp_path) == {"ghost"}
