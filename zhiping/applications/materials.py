"""What this person must hand in, what they may, and what they need not (R-093…R-103). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhiping.applications.draft import Draft
from zhiping.files.states import PDF_ONLY, MediaType
from zhiping.policy_engine.factbook import check_person
from zhiping.policy_engine.notice import applies
from zhiping.policy_engine.outcomes import MET, NOT_MET, Context

TYPES = {
    "pdf": MediaType.PDF,
    "jpg": MediaType.JPEG,
    "jpeg": MediaType.JPEG,
    "png": MediaType.PNG,
}
REQUIRED, OPTIONAL, UNSURE, NOT_NEEDED = "required", "optional", "unsure", "not_needed"
# Forms of the notice that the platform's own pages are: signing, scoring, recommending.
OWN_PAGES = ("integrity_statement", "self_report", "scoring_sheet", "review_form")


@dataclass(frozen=True, slots=True)
class Slot:
    """One material: whether it is needed here, why (not), and what has been put into it."""

    key: str
    name: str
    need: str
    why: str
    text: str
    cite: str
    kinds: frozenset[MediaType]
    seals: tuple[str, ...]
    files: tuple[Mapping[str, Any], ...]

    @property
    def is_open(self) -> bool:
        """Whether something must still be put in."""
        return self.need == REQUIRED and not self.files

    @property
    def is_asked(self) -> bool:
        return self.need != NOT_NEEDED


def slots_of(draft: Draft, facts: Mapping[str, Any], at: datetime) -> list[Slot]:
    """Every material of the notice for this title and way, judged for this person."""
    person = check_person(draft.pack.facts, dict(facts))
    ctx = Context(person, params=draft.pack.parameters, at=at, cutoff=draft.pack.cutoff)
    return [
        _slot(draft, raw, ctx) for raw in draft.pack.data.get("materials") or () if raw["id"] not in OWN_PAGES
    ]


def _slot(draft: Draft, raw: Mapping[str, Any], ctx: Context) -> Slot:
    need, why = _need(draft, raw, ctx)
    return Slot(
        key=raw["id"],
        name=raw["name"],
        need=need,
        why=why,
        text=raw.get("text") or raw.get("note") or "",
        cite=_words(draft, raw),
        kinds=frozenset(TYPES[each] for each in raw.get("format") or () if each in TYPES) or PDF_ONLY,
        seals=tuple(raw.get("seals") or ()),
        files=tuple(draft.attachments.get(raw["id"]) or ()),
    )


def _need(draft: Draft, raw: Mapping[str, Any], ctx: Context) -> tuple[str, str]:
    why_not = _why_not(draft, raw)
    if why_not:
        return NOT_NEEDED, why_not
    if on_platform := _on_platform(draft, raw["id"]):
        return NOT_NEEDED, on_platform
    state = applies(draft.pack, f"materials.{raw['id']}", ctx)
    if state == NOT_MET:
        return NOT_NEEDED, "您的情况不用交"
    if raw.get("required", True) is False:
        return OPTIONAL, "有就交，没有可以不交"
    if state != MET:
        return UNSURE, "现有信息还判断不了要不要交，拿不准请先交上"
    pathway = draft.pathway or {}
    is_named = raw["id"] in (pathway.get("forms") or ()) or bool(raw.get("pathways"))
    return REQUIRED, f"“{pathway['name']}”要交" if is_named and pathway else "您的情况要交"


def _on_platform(draft: Draft, key: str) -> str:
    """Papers that the platform holds already, signed: nothing is uploaded twice."""
    standing = draft.standing
    if standing is None:
        return ""
    if key == "post_form" and standing.form_code:
        return f"岗位管理部门已在平台签章（{standing.form_code}），不用上传"
    if key == "unit_statement" and standing.statement:
        return f"单位已在平台出具（{standing.statement}），不用上传"
    return ""


def _why_not(draft: Draft, raw: Mapping[str, Any]) -> str:
    """Why a material is not asked of anybody in this title and way, or not here."""
    pathway = draft.pathway or {}
    if raw.get("titles") and not {draft.title["id"], draft.title["name"]} & set(raw["titles"]):
        return f"申报{draft.title['name']}不用交"
    if raw.get("pathways") and pathway.get("id") not in raw["pathways"]:
        return f"“{pathway.get('name', '所选方式')}”不用交"
    if raw.get("how") == "archive":
        return f"从业绩档案自动取得{_from(raw)}"
    return "不用上传，审核通过后交纸质件" if raw.get("how") == "paper" else ""


def _from(raw: Mapping[str, Any]) -> str:
    return f"（{raw['automatic']}）" if raw.get("automatic") else ""


def _words(draft: Draft, raw: Mapping[str, Any]) -> str:
    cite = raw.get("cite")
    if isinstance(cite, Mapping):
        document = draft.pack.data["documents"].get(cite.get("document"), {})
        return f"{document.get('number') or document.get('title', '')} {cite.get('article', '')}".strip()
    return str(cite or "")
