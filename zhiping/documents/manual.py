"""用户手册 on paper: the same small part of Markdown that the pages of the manuals show, as blocks to print."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

HEADING = re.compile(r"(#{1,3}) (.+)")
ITEM = re.compile(r"(?:[-*]|(?P<number>\d+)\.) (?P<text>.+)")
RULE = re.compile(r"\|[\s:|-]+\|")
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]+\)")


@dataclass(frozen=True)
class Block:
    """One piece: a heading, a paragraph, a list item with its mark, a note, code, or a table."""

    kind: str  # heading, paragraph, item, note, code, table
    text: str = ""
    mark: str = ""
    depth: int = 0
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class PrintedManual:
    """One manual under the title it has as a document."""

    template: ClassVar[str] = "manual"
    title: str
    blocks: Sequence[Block]


def blocks_of(text: str) -> list[Block]:
    """The blocks below the first heading.

    >>> [(block.kind, block.text) for block in blocks_of("# 手册\\n\\n先**登录**。\\n\\n- 看[计划](/plans/)")]
    [('paragraph', '先登录。'), ('item', '看计划')]
    """
    _, _, rest = text.partition("\n")
    return list(_blocks(rest.splitlines()))


def _blocks(lines: list[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("```"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("```")), len(lines))
            yield Block("code", "\n".join(lines[at + 1 : end]))
            at = end + 1
            continue
        if not line.strip():
            at += 1
            continue
        end = at + 1
        if heading := HEADING.fullmatch(line):
            yield Block("heading", plain(heading[2]), depth=len(heading[1]))
        elif line.startswith("|"):
            end = _after(lines, at, lambda each: each.startswith("|"))
            yield Block("table", rows=_rows(lines[at:end]))
        else:
            end = _after(lines, at, lambda each: bool(each.strip()) and not _begins(each.strip()))
            yield _words(lines[at:end])
        at = end


def _words(lines: list[str]) -> Block:
    first = lines[0].strip()
    depth = 1 if lines[0].startswith("   ") else 0
    text = plain(joined(lines))
    if found := ITEM.fullmatch(first):
        mark = f"{found['number']}." if found["number"] else "•"
        return Block("item", text.partition(" ")[2], mark=mark, depth=depth)
    if first.startswith("> "):
        return Block("note", text.removeprefix("> "))
    return Block("paragraph", text, depth=depth)


def _rows(lines: list[str]) -> list[list[str]]:
    kept = [line for line in lines if not RULE.fullmatch(line.strip())]
    return [[plain(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in kept]


def _after(lines: list[str], at: int, belongs: Callable[[str], bool]) -> int:
    return next((i for i in range(at + 1, len(lines)) if not belongs(lines[i])), len(lines))


def _begins(line: str) -> bool:
    return bool(line.startswith(("|", "> ", "```")) or HEADING.fullmatch(line) or ITEM.fullmatch(line))


def joined(lines: list[str]) -> str:
    """Lines of one paragraph; between two Chinese characters a line break is no space."""
    text = " ".join(line.strip() for line in lines)
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)


def plain(text: str) -> str:
    """The words without their marks: paper has no links."""
    return LINK.sub(r"\1", text).replace("**", "").replace("`", "")
