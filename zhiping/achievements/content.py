"""The fingerprint of what a version says and proves."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def content_hash(data: Mapping[str, Any], files: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over the data and the (part, file hash) pairs, independent of their order.

    >>> content_hash({"a": 1, "b": 2}, []) == content_hash({"b": 2, "a": 1}, [])
    True
    """
    whole = {"data": data, "files": sorted(files)}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
