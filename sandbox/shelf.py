"""Where a stand-in keeps its rows: JSON by kind and key, in one SQLite file or, for tests, in memory."""

import json
import sqlite3
import threading
from pathlib import Path
from typing import Any


class Shelf:
    """`lock` is held around "look, decide, put" so that two requests cannot both win."""

    def __init__(self, path: Path | None = None) -> None:
        self.lock = threading.RLock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        if path is not None:
            self._rows.execute("PRAGMA journal_mode=WAL")
        self._rows.execute(
            "CREATE TABLE IF NOT EXISTS row (at INTEGER PRIMARY KEY, kind TEXT, key TEXT, value TEXT, UNIQUE (kind, key))"
        )

    def put(self, kind: str, key: str, value: dict[str, Any]) -> None:
        """Write the row, new or over the old one; its place in the order stays."""
        with self.lock:
            self._rows.execute(
                "INSERT INTO row (kind, key, value) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET value = excluded.value",
                (kind, key, json.dumps(value, ensure_ascii=False)),
            )

    def get(self, kind: str, key: str) -> dict[str, Any] | None:
        with self.lock:
            found = self._rows.execute(
                "SELECT value FROM row WHERE kind = ? AND key = ?", (kind, key)
            ).fetchone()
        return json.loads(found[0]) if found else None

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Every row of the kind, in the order in which they came."""
        with self.lock:
            found = self._rows.execute("SELECT value FROM row WHERE kind = ? ORDER BY at", (kind,)).fetchall()
        return [json.loads(value) for (value,) in found]

    def close(self) -> None:
        with self.lock:
            self._rows.close()
