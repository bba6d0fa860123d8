"""Registers asked by document number (protocol in sandbox/registers/__init__.py): what is known of a person there."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from zhiping.gateways.http import JOB_SECONDS, HttpAnswer, Unreachable, Wrong, call

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What a register said: rows with an `id` each; what it could not look into; whether name and number agree."""

    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()
    name_agrees: bool = True


class RecordGateway(Protocol):
    """What is needed of a register: Unreachable, Wrong, or what it knows of this number."""

    def look_up(self, *, name: str, number: str) -> Found: ...


def connected() -> tuple[str, ...]:
    """The names of the registers that the settings connect."""
    return tuple(name for name, url in settings.RECORD_URLS.items() if url)


def record_gateway(source: str) -> RecordGateway | None:
    """The gateway to one register; None if it is not connected."""
    url = settings.RECORD_URLS.get(source, "")
    return HttpRecordGateway(url, settings.RECORD_KEY) if url else None


class HttpRecordGateway:
    """The protocol over HTTP."""

    def __init__(self, url: str, key: str, seconds: float = JOB_SECONDS) -> None:
        self.url, self.key, self.seconds = url.rstrip("/"), key, seconds

    def look_up(self, *, name: str, number: str) -> Found:
        """Ask; an answer counts only if it is signed and names this very question."""
        body = json.dumps(
            {"request": secrets.token_hex(16), "name": name, "number": number}, ensure_ascii=False
        ).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        answer = call("POST", f"{self.url}/api/look-up", body=body, headers=head, seconds=self.seconds)
        if answer.status >= 500:
            raise Unreachable(f"status {answer.status}")
        said = self._believed(answer)
        if said.get("digest") != hashlib.sha256(body).hexdigest():
            raise Wrong("an answer to another question")
        if not said.get("name_agrees"):
            return Found((), name_agrees=False)
        return Found(_once(said.get("rows", ())), tuple(dict.fromkeys(map(str, said.get("missing", ())))))

    def _believed(self, answer: HttpAnswer) -> dict[str, Any]:
        if not hmac.compare_digest(self._signature(answer.body), answer.headers.get("x-signature", "")):
            raise Wrong(f"an answer that nobody signed (status {answer.status})")
        try:
            said = json.loads(answer.body)
        except ValueError as error:
            raise Wrong("an answer that cannot be read") from error
        if answer.status != 200 or not isinstance(said, dict) or not isinstance(said.get("rows"), list):
            raise Wrong(f"an answer of another shape (status {answer.status})")
        return said

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()


def _once(rows: Iterable[Any]) -> tuple[Row, ...]:
    """Each row once, in the order of their ids; two rows that say different things under one id are not believed."""
    kept: dict[str, Row] = {}
    for row in rows:
        if not isinstance(row, dict) or not str(row.get("id") or ""):
            raise Wrong("a row without an id")
        plain = {name: _sorted_once(value) for name, value in row.items()}
        if kept.setdefault(str(row["id"]), plain) != plain:
            raise Wrong(f"two different rows under {row['id']}")
    return tuple(kept[key] for key in sorted(kept))


def _sorted_once(value: Any) -> Any:
    """A list inside a row is a set of words: doubled and reordered it is the same."""
    return sorted({str(each) for each in value}) if isinstance(value, list) else value
