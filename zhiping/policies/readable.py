"""A merged pack as YAML that people can read and edit line by line. Pure."""

import json
from datetime import date
from typing import Any

SHORT = 100


def readable(value: Any) -> str:
    """The same data in block style; what fits on one line stays on one line.

    >>> print(readable({"id": "a", "titles": [{"id": "t", "name": "工程师"}]}))
    id: "a"
    titles: [{id: "t", name: "工程师"}]
    """
    return "\n".join(_lines(value, 0))


def _lines(value: Any, depth: int) -> list[str]:
    pad = "  " * depth
    lines = []
    for key, each in value.items():
        flat = f"{pad}{_key(key)}: {_flow(each)}"
        if len(flat) <= SHORT or not isinstance(each, dict | list) or not each:
            lines.append(flat)
        elif isinstance(each, dict):
            lines += [f"{pad}{_key(key)}:", *_lines(each, depth + 1)]
        else:
            lines += [f"{pad}{_key(key)}:", *(line for item in each for line in _item(item, depth + 1))]
    return lines


def _item(item: Any, depth: int) -> list[str]:
    pad = "  " * depth
    flat = f"{pad}- {_flow(item)}"
    if not isinstance(item, dict) or len(flat) <= SHORT or not item:
        return [flat]
    first, *rest = _lines(item, depth + 1)
    return [f"{pad}- {first.lstrip()}", *rest]


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _key(key: Any) -> str:
    if isinstance(key, str):
        is_plain = key.isidentifier() and key not in ("true", "false", "null")
        return key if is_plain else json.dumps(key, ensure_ascii=False)
    return _flow(key)
