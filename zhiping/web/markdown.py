"""A small, safe part of Markdown for our own manuals: everything is escaped, only these shapes become elements.

Headings `#` to `###`, paragraphs, lists (`-`, `1.`; lines indented below an item belong to it), tables, fenced code,
`> ` notes; inside a line `**strong**`, `code` in backticks and `[text](target)`. A target must be a path of this site
or `name.md` beside the file; anything else stays text.
"""

import re
from collections.abc import Callable
from html import escape

from django.utils.safestring import SafeString, mark_safe

Resolve = Callable[[str], str | None]
HEADING = re.compile(r"(#{1,3}) (.+)")
ITEM = re.compile(r"(?:[-*]|(?P<number>\d+)\.) (?P<text>.+)")
RULE = re.compile(r"\|[\s:|-]+\|")
INLINE = re.compile(
    r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)"
)


def render(text: str, resolve: Resolve) -> SafeString:
    """HTML of a manual; `resolve` turns a link's target into an address of the site, or None to leave it text."""
    return mark_safe("\n".join(_blocks(text.splitlines(), resolve)))  # noqa: S308 every piece below is escaped


def title_of(text: str) -> str:
    """The words of the first heading."""
    return next((found[2] for line in text.splitlines() if (found := HEADING.fullmatch(line))), "")


def site_path(target: str) -> str | None:
    """The plainest resolver: paths of this site and nothing else."""
    return target if re.fullmatch(r"/(?!/)[\w/.#-]*", target) else None


def _blocks(lines: list[str], resolve: Resolve) -> list[str]:
    found, at = [], 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif heading := HEADING.fullmatch(line):
            level = len(heading[1])
            found.append(f"<h{level}>{_inline(heading[2], resolve)}</h{level}>")
            at += 1
        elif line.startswith("```"):
            end = next((i for i in range(at + 1, len(lines)) if lines[i].startswith("```")), len(lines))
            found.append(f"<pre><code>{escape(chr(10).join(lines[at + 1 : end]))}</code></pre>")
            at = end + 1
        else:
            take, make = _shape_of(line)
            end = next((i for i in range(at + 1, len(lines)) if not take(lines[i])), len(lines))
            found.append(make(lines[at:end], resolve))
            at = end
    return found


def _shape_of(line: str) -> tuple[Callable[[str], bool], Callable[[list[str], Resolve], str]]:
    """Which lines after this one belong to the same block, and how the block is made."""
    if line.startswith("|"):
        return lambda each: each.startswith("|"), _table
    if line.startswith("> "):
        return lambda each: each.startswith(">"), _note
    if ITEM.fullmatch(line):
        return lambda each: bool(ITEM.fullmatch(each)) or each.startswith("   ") or not each.strip(), _list
    return lambda each: bool(each.strip()) and not _starts_block(each), _paragraph


def _starts_block(line: str) -> bool:
    return bool(line.startswith(("|", "> ", "```")) or HEADING.fullmatch(line) or ITEM.fullmatch(line))


def _paragraph(lines: list[str], resolve: Resolve) -> str:
    return f"<p>{_inline(_joined(lines), resolve)}</p>"


def _note(lines: list[str], resolve: Resolve) -> str:
    inside = _blocks([line.removeprefix(">").removeprefix(" ") for line in lines], resolve)
    return f'<div class="note note-info">{"".join(inside)}</div>'


def _list(lines: list[str], resolve: Resolve) -> str:
    numbered = ITEM.fullmatch(lines[0])["number"] is not None
    items: list[list[str]] = []
    for line in lines:
        if found := ITEM.fullmatch(line):
            items.append([found["text"]])
        else:
            items[-1].append(line)
    inside = "".join(f"<li>{_item(each, resolve)}</li>" for each in items)
    return f'<ol class="num">{inside}</ol>' if numbered else f'<ul class="dot">{inside}</ul>'


def _item(lines: list[str], resolve: Resolve) -> str:
    below = [line[3:] if line.startswith("   ") else line for line in lines[1:]]
    start = next((i for i, line in enumerate(below) if not line.strip() or _starts_block(line)), len(below))
    first = _inline(_joined([lines[0], *below[:start]]), resolve)
    return first + "".join(_blocks(below[start:], resolve))


def _table(lines: list[str], resolve: Resolve) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = (
        rows[0],
        [row for row, line in zip(rows, lines, strict=True) if not RULE.fullmatch(line.strip())][1:],
    )
    top = "".join(f'<th scope="col">{_inline(cell, resolve)}</th>' for cell in head)
    cells = [
        "".join(
            f'<td data-l="{escape(name)}">{_inline(cell, resolve)}</td>'
            for name, cell in zip(head, row, strict=False)
        )
        for row in body
    ]
    below = "".join(f"<tr>{row}</tr>" for row in cells)
    return f'<table class="dt cards"><thead><tr>{top}</tr></thead><tbody>{below}</tbody></table>'


def _inline(text: str, resolve: Resolve) -> str:
    made, at = [], 0
    for found in INLINE.finditer(text):
        made += [escape(text[at : found.start()]), _marked(found, resolve)]
        at = found.end()
    return "".join([*made, escape(text[at:])])


def _marked(found: re.Match[str], resolve: Resolve) -> str:
    if found["code"]:
        return f"<code>{escape(found['code'])}</code>"
    if found["strong"]:
        return f"<strong>{escape(found['strong'])}</strong>"
    address = resolve(found["target"])
    return f'<a href="{escape(address)}">{escape(found["text"])}</a>' if address else escape(found["text"])


def _joined(lines: list[str]) -> str:
    """Lines of one paragraph; between two Chinese characters a line break is no space."""
    text = " ".join(line.strip() for line in lines)
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", text)
