"""浙江省事业单位人事工资管理服务系统: what it knows of an institution's posts (protocol in sandbox/institutions/)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings

from zhiping.gateways.http import JOB_SECONDS, HttpAnswer, Unreachable, Wrong, call


@dataclass(frozen=True, slots=True)
class PostFigures:
    """What the system said: per level approved and filled; `raw` is its whole answer."""

    is_known: bool
    levels: Mapping[str, Mapping[str, int]]
    raw: str


class InstitutionsGateway(Protocol):
    """What is needed of the system: Unreachable, Wrong, or its figures."""

    def figures(self, institution: str) -> PostFigures: ...


def institutions_gateway() -> InstitutionsGateway | None:
    """The gateway that the settings name; None if the system is not connected."""
    url = settings.INSTITUTIONS_URL
    return HttpInstitutionsGateway(url, settings.INSTITUTIONS_KEY) if url else None


class HttpInstitutionsGateway:
    """The protocol over HTTP."""

    def __init__(self, url: str, key: str, seconds: float = JOB_SECONDS) -> None:
        self.url, self.key, self.seconds = url.rstrip("/"), key, seconds

    def figures(self, institution: str) -> PostFigures:
        """Ask; an answer counts only if it is signed, names this very question, and holds whole figures."""
        asked = {"request": secrets.token_hex(16), "institution": institution}
        body = json.dumps(asked, ensure_ascii=False).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        answer = call("POST", f"{self.url}/api/figures", body=body, headers=head, seconds=self.seconds)
        if answer.status >= 500:
            raise Unreachable(f"status {answer.status}")
        said = self._believed(answer)
        if said.get("digest") != hashlib.sha256(body).hexdigest() or answer.status != 200:
            raise Wrong(f"no answer to what was asked (status {answer.status})")
        return PostFigures(bool(said.get("known")), _levels(said), answer.body.decode())

    def _believed(self, answer: HttpAnswer) -> dict[str, Any]:
        if not hmac.compare_digest(self._signature(answer.body), answer.headers.get("x-signature", "")):
            raise Wrong(f"an answer that nobody signed (status {answer.status})")
        said = json.loads(answer.body)
        if not isinstance(said, dict):
            raise Wrong("an answer of another shape")
        return said

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()


def _levels(said: Mapping[str, Any]) -> dict[str, dict[str, int]]:
    """Levels by group, whatever their order; twice the same is once, twice different is not believed."""
    found: dict[str, dict[str, int]] = {}
    for each in said.get("levels") or ():
        try:
            figures = {name: int(each[name]) for name in ("approved", "filled")}
            group = str(each["group"])
        except (KeyError, TypeError, ValueError) as error:
            raise Wrong("figures that are not numbers") from error
        if found.setdefault(group, figures) != figures:
            raise Wrong(f"two answers about {group}")
    return found
