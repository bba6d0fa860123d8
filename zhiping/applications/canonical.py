"""One text for one content: canonical JSON and its SHA-256, the same on every machine."""

import hashlib
import json
from typing import Any


def canonical_text(content: Any) -> str:
    """JSON with sorted keys, no spaces, real characters.

    >>> canonical_text({"b": 1, "a": "字"})
    '{"a":"字","b":1}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
