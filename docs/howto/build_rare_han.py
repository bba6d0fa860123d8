"""Cut the fallback font for rare characters out of Noto Sans CJK SC (see rebuild-the-rare-font.md)."""

import argparse
from pathlib import Path

import pylopdf_fonts_zh_cn as shipped
from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Zhiping Rare Han"
TARGET = Path("zhiping/documents/fonts/ZhipingRareHan-Regular.otf")
IDEOGRAPHS = (range(0x2E80, 0x3000), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32000))


def characters_lacking(source: TTFont) -> list[int]:
    """Ideographs that the source has and neither shipped family has."""
    shipped_characters: set[int] = set()
    for path in (shipped.sans_path(), shipped.serif_path()):
        shipped_characters |= set(TTFont(path).getBestCmap())
    ideographs = {point for block in IDEOGRAPHS for point in block}
    return sorted((set(source.getBestCmap()) & ideographs) - shipped_characters)


def rename(font: TTFont) -> None:
    """Give the cut its own name: the licence reserves 'Source', and 'Noto' is a trademark."""
    keep = {0, 5, 8, 9, 13, 14}
    font["name"].names = [record for record in font["name"].names if record.nameID in keep]
    postscript = FAMILY.replace(" ", "") + "-Regular"
    for number, text in {1: FAMILY, 2: "Regular", 3: f"2.004;{postscript}", 4: FAMILY, 6: postscript}.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [postscript]
    top[0].FullName, top[0].FamilyName = FAMILY, FAMILY


def build(collection: Path, target: Path) -> int:
    """Write the font and say how many characters it holds."""
    source = next(
        font
        for font in TTCollection(str(collection)).fonts
        if font["name"].getDebugName(1) == "Noto Sans CJK SC"
    )
    characters = characters_lacking(source)
    options = subset.Options()
    options.layout_features, options.notdef_outline, options.name_IDs = [], True, ["*"]
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(source)
    rename(source)
    source["head"].modified = source["head"].created
    source.recalcTimestamp = False
    source.save(str(target))
    return len(characters)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path, help="NotoSansCJK-Regular.ttc of the package fonts-noto-cjk")
    parser.add_argument("--target", type=Path, default=TARGET)
    arguments = parser.parse_args()
    print(build(arguments.collection, arguments.target), "characters")  # noqa: T201
