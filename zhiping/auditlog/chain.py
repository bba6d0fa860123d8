"""The hash of a log line. Pure, so that anyone can recompute it from an export."""

import hashlib
import json
from typing import Any

GENESIS = "0" * 64
HASHED_FIELDS = (
    "sequence", "at", "verb", "actor_user", "actor_name", "actor_role", "actor_organisation",
    "subject_kind", "subject_key", "from_state", "to_state", "note", "details", "previous_hash",
)  # fmt: skip


def entry_hash(line: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON (sorted keys, no spaces, UTF-8) of HASHED_FIELDS; `at` in UTC ISO 8601."""
    content = {name: line[name] for name in HASHED_FIELDS}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
