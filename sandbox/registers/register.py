"""What every register has in common: the signed question, the rows of a number, a page to look and to enter more."""

import hashlib
import hmac
import json
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from sandbox.faults import Fault, twisted
from sandbox.frame import Answer, Request, StandIn, json_answer, page_answer, redirect, route
from sandbox.pages import table, whole

STRANGER = {"id": "STRANGER-1", "proof": "0000", "holder": "another person"}


@cache
def samples() -> dict[str, dict[str, dict[str, Any]]]:
    """By stand-in, then by name and day of birth (the demo makes the numbers): {rows, missing}."""
    return json.loads(Path(__file__).with_name("samples.json").read_text(encoding="utf-8"))


class Register(StandIn):
    """Subclass it, set the three words and `example`, the row that the page offers for entering."""

    example: dict[str, Any] = {}

    @route("POST", "/api/look-up")
    def look_up(self, request: Request) -> Answer:
        if not hmac.compare_digest(self._signature(request.body), request.headers.get("x-signature", "")):
            return json_answer({"error": "signature"}, 401)
        asked = request.json()
        known = self._known(asked["name"], asked["number"])
        agrees = known["name"] in ("", asked["name"])
        return self._signed(
            {
                "digest": hashlib.sha256(request.body).hexdigest(),
                "name_agrees": agrees,
                "rows": [self.row(each) for each in known["rows"]] if agrees else [],
                "missing": known["missing"] if agrees else [],
            }
        )

    @route("POST", "/add", breaks=False)
    def add(self, request: Request) -> Answer:
        """Enter what the register knows of a number, in place of what it knew."""
        said = request.form()
        try:
            rows = json.loads(said.get("rows") or "[]")
            known = {"number": said["number"], "name": said.get("name", ""), "rows": list(rows)}
        except (ValueError, KeyError, TypeError):
            return page_answer(whole("没有登记", "<h1>没有登记：记录要写成 JSON 列表。</h1>"), 400)
        known["missing"] = [word for word in said.get("missing", "").split("、") if word]
        self.put(**known)
        return redirect(f"/{self.name}/")

    def row(self, kept: dict[str, Any]) -> dict[str, Any]:
        """A kept row as it is answered today."""
        return kept

    def put(self, number: str, name: str = "", rows: Any = (), missing: Any = ()) -> None:
        """The register knows this of a number from now on."""
        known = {"number": number, "name": name, "rows": list(rows), "missing": list(missing)}
        self.around.shelf.put("person", number, known)

    def look(self) -> str:
        sampled = [
            {"number": f"{who.split()[1]}（出生日期）", "name": who.split()[0], **said}
            for who, said in samples().get(self.name, {}).items()
        ]
        rows = [
            (
                escape(each["number"]),
                escape(each["name"]),
                "<br>".join(escape(_words(row)) for row in each["rows"]) or "无",
                escape("、".join(each["missing"]) or "无"),
            )
            for each in [*self.around.shelf.all("person"), *sampled]
        ]
        heads = ("证件号码", "姓名", "记录", "现在查不到的部分")
        return "<h2>登记的记录</h2>" + table(heads, rows) + self._form()

    def spoiled(self, answer: Answer) -> Answer:
        """The answer to somebody else's question, rightly signed: only who compares the digest notices."""
        told = json.loads(answer.body)
        if "digest" not in told:
            return super().spoiled(answer)
        return self._signed({**told, "digest": "0" * 64, "rows": [*told["rows"], STRANGER]})

    def twisted(self, answer: Answer, fault: Fault) -> Answer:
        """Doubled or reversed in its own books, so rightly signed."""
        body = twisted(answer.body, fault)
        return replace(answer, body=body, headers={**answer.headers, "X-Signature": self._signature(body)})

    def _known(self, name: str, number: str) -> dict[str, Any]:
        """What was entered for the number, or the sample of whoever has this name and day of birth."""
        if kept := self.around.shelf.get("person", number):
            return kept
        sample = samples().get(self.name, {}).get(f"{name} {number[6:14]}", {"rows": [], "missing": []})
        return {"name": name, **sample}

    def _form(self) -> str:
        example = escape(json.dumps([self.example], ensure_ascii=False, indent=1))
        return (
            f'<h2>登记一个人</h2><form method="post" action="/{self.name}/add"><fieldset>'
            '<label>证件号码 <input name="number" required></label><label>姓名 <input name="name"></label>'
            f'<label>记录（JSON） <textarea name="rows" rows="8" cols="60">{example}</textarea></label>'
            '<label>查不到的部分（用“、”隔开） <input name="missing"></label><p><button>登记</button></p></fieldset></form>'
        )

    def _signed(self, value: Any) -> Answer:
        body = json.dumps(value, ensure_ascii=False).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        return Answer(200, body, head)

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.around.key("records").encode(), body, hashlib.sha256).hexdigest()


def _words(row: dict[str, Any]) -> str:
    return "，".join(
        f"{len(value)} 个月（{min(value)} 至 {max(value)}）"
        if isinstance(value, list) and value
        else str(value)
        for value in row.values()
    )
