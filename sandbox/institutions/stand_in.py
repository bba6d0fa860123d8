"""The province's system of public institutions: figures per level, to look into and to alter."""

import hashlib
import hmac
import json
from dataclasses import replace
from html import escape
from typing import Any

from sandbox.frame import Answer, Request, StandIn, json_answer, redirect, route
from sandbox.pages import table

GROUPS = {
    "senior_full": "正高级",
    "senior_associate": "副高级",
    "intermediate": "中级",
    "junior": "初级及未定级",
}
# The demo's institution, as its ledger on the platform says.
CENTRE = {
    "institution": "嘉善示范检验检测中心",
    "establishment": 24,
    "posts": 20,
    "levels": {"senior_full": [0, 0], "senior_associate": [4, 3], "intermediate": [8, 7], "junior": [8, 6]},
}


class Institutions(StandIn):
    name = "institutions"
    title = "浙江省事业单位人事工资管理服务系统"
    about = "核对事业单位岗位：每个等级的核准数和实聘数。"

    @route("POST", "/api/figures")
    def figures(self, request: Request) -> Answer:
        if not hmac.compare_digest(self._signature(request.body), request.headers.get("x-signature", "")):
            return json_answer({"error": "signature"}, 401)
        kept = self._kept(request.json()["institution"])
        told: dict[str, Any] = {
            "digest": hashlib.sha256(request.body).hexdigest(),
            "known": kept is not None,
            "as_of": self.around.clock.now().isoformat(),
        }
        if kept is not None:
            levels = [
                {"group": group, "approved": approved, "filled": filled}
                for group, (approved, filled) in kept["levels"].items()
            ]
            told |= {"establishment": kept["establishment"], "posts": kept["posts"], "levels": levels}
        return self._signed(told)

    @route("POST", "/level", breaks=False)
    def alter(self, request: Request) -> Answer:
        """Somebody types other figures, to see what the platform says then."""
        form = request.form()
        institution, group = form.get("institution", "").strip(), form.get("group", "")
        numbers = [form.get(name, "") for name in ("approved", "filled")]
        if institution and group in GROUPS and all(each.isdigit() for each in numbers):
            kept = self._kept(institution) or {
                "institution": institution,
                "establishment": 0,
                "posts": 0,
                "levels": {each: [0, 0] for each in GROUPS},
            }
            kept["levels"][group] = [int(each) for each in numbers]
            self.around.shelf.put("institution", institution, kept)
        return redirect(f"{self.base}/")

    def look(self) -> str:
        known = {each["institution"]: each for each in (CENTRE, *self.around.shelf.all("institution"))}
        rows = [
            (escape(each["institution"]), GROUPS[group], str(approved), str(filled), str(approved - filled))
            for each in known.values()
            for group, (approved, filled) in each["levels"].items()
        ]
        options = "".join(f'<option value="{group}">{label}</option>' for group, label in GROUPS.items())
        return (
            "<h2>事业单位岗位</h2>"
            + table(("单位", "等级", "核准数", "实聘数", "空缺数"), rows)
            + f'<h2>改一个等级的数字</h2><form method="post" action="{self.base}/level">'
            f'<p><label>单位 <input name="institution" value="{escape(CENTRE["institution"])}"></label> '
            f'<label>等级 <select name="group">{options}</select></label> '
            '<label>核准数 <input name="approved" size="4"></label> '
            '<label>实聘数 <input name="filled" size="4"></label> <button>保存</button></p></form>'
        )

    def spoiled(self, answer: Answer) -> Answer:
        """Figures of another question, rightly signed: only who compares the digest notices."""
        told = json.loads(answer.body)
        if "digest" not in told:
            return super().spoiled(answer)
        return self._signed(told | {"digest": "0" * 64})

    def twisted(self, answer: Answer, fault: Any) -> Answer:
        """Duplicated and reordered lists, signed anew: the levels come twice or backwards."""
        odd = super().twisted(replace(answer), fault)
        return self._signed(json.loads(odd.body))

    def _kept(self, institution: str) -> dict[str, Any] | None:
        kept = self.around.shelf.get("institution", institution)
        if kept is None and institution == CENTRE["institution"]:
            return json.loads(json.dumps(CENTRE))
        return kept

    def _signed(self, value: Any, status: int = 200) -> Answer:
        body = json.dumps(value, ensure_ascii=False).encode()
        head = {"Content-Type": "application/json", "X-Signature": self._signature(body)}
        return Answer(status, body, head)

    def _signature(self, body: bytes) -> str:
        return hmac.new(self.around.key("institutions").encode(), body, hashlib.sha256).hexdigest()
