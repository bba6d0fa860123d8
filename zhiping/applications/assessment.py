"""A draft held against its rules: verdict of every way, materials, score, and every open point. Pure: no query."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhiping.applications.characters import count_characters
from zhiping.applications.counting import counted_items
from zhiping.applications.draft import Draft
from zhiping.applications.facts import claims_of, facts_of
from zhiping.applications.materials import UNSURE, Slot, slots_of
from zhiping.applications.states import SectionKey
from zhiping.kernel.clock import beijing_day
from zhiping.plans.points import LEVEL_ORDER
from zhiping.policy_engine.findings import Finding
from zhiping.policy_engine.judge import judge
from zhiping.policy_engine.outcomes import beijing_time
from zhiping.policy_engine.sheet import ScoreSheet, score
from zhiping.policy_engine.verdicts import ELIGIBLE, INELIGIBLE, NOT_OFFERED, PathwayVerdict, Verdict

SHUT = frozenset({INELIGIBLE, NOT_OFFERED})


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something to do or to look at, with the page and the field it stands in."""

    section: str
    field: str
    sentence: str
    must: bool = True


@dataclass(frozen=True)
class Assessment:
    """Everything the rules say about a draft at one moment."""

    draft: Draft
    facts: Mapping[str, Any]
    verdict: Verdict
    slots: tuple[Slot, ...]
    sheet: ScoreSheet | None
    points: tuple[OpenPoint, ...]

    @property
    def chosen(self) -> PathwayVerdict | None:
        """The verdict of the chosen way."""
        return self.verdict.pathway(self.draft.form.get("pathway", ""))

    @property
    def must(self) -> list[OpenPoint]:
        return [point for point in self.points if point.must]

    @property
    def look(self) -> list[OpenPoint]:
        return [point for point in self.points if not point.must]

    @property
    def told_sheet(self) -> dict[str, Any] | None:
        """The score as the sheet shows it: each claim under its achievement's name, never under its key."""
        if self.sheet is None:
            return None
        told = self.sheet.as_dict()
        names = {f"item-{item['item']}": item["label"] for item in self.draft.items}
        for claim in told["claims"]:
            claim["label"] = names.get(claim["id"], "")
            for key, name in names.items():
                claim["reason"] = (claim["reason"] or "").replace(f"“{key}”", f"“{name}”")
        return told

    def of_section(self, key: str) -> list[OpenPoint]:
        return [point for point in self.points if point.section == key]


def assess(draft: Draft, now: datetime, *, attested: Mapping[str, Any] | None = None) -> Assessment:
    """Judge every way of the title, list the materials, add up the score, collect the open points."""
    at = beijing_time(now)
    facts = facts_of(draft, day=beijing_day(now), attested=attested)
    verdict = judge(draft.pack, draft.title["id"], dict(facts), at=at)
    slots = tuple(slots_of(draft, facts, at))
    sheet = None
    if draft.pack.scoring is not None:
        told = {name: value for name, value in facts.items() if name != "documents"}
        sheet = score(draft.pack, told | {"claims": claims_of(draft)}, at=at)
    points = (*_on_record(draft, beijing_day(now)), *_points(draft, verdict, slots, sheet))
    return Assessment(draft, facts, verdict, slots, sheet, points)


def _points(
    draft: Draft, verdict: Verdict, slots: tuple[Slot, ...], sheet: ScoreSheet | None
) -> Iterator[OpenPoint]:
    yield from _first_pages(draft)
    yield from _form(draft)
    if not draft.items:
        yield OpenPoint(SectionKey.ACHIEVEMENTS, "items", "还没有选业绩。请从已审核的业绩档案里选。")
    elif not draft.picked:
        yield OpenPoint(
            SectionKey.ACHIEVEMENTS, "items", "只带入了学历和资历，没有选任何业绩成果。", must=False
        )
    if uncounted := len(draft.items) - len(counted_items(draft)):
        sentence = f"有 {uncounted} 条所选业绩不在计入范围内，不作为符合条件和计分的依据。"
        yield OpenPoint(SectionKey.ACHIEVEMENTS, "items", sentence, must=False)
    if draft.wants_score and not draft.chosen:
        yield OpenPoint(SectionKey.SCORE, "claims", "所选方式要交量化评分表，还没有勾选计分的业绩。")
    if draft.wants_referral:
        yield from _referral(draft)
    yield from _attachments(slots)
    yield from _verdict(draft, verdict)


def _on_record(draft: Draft, day: date) -> Iterator[OpenPoint]:
    """A record in force bars some levels (R-340); for others it is shown, to everybody who looks (C-53)."""
    for each in draft.records:
        if not each.holds_on(day):
            continue
        bars = draft.title["level"] in each.bars
        told = "期间不得申报这一层级的职称" if bars else "审核单位会看到这条记录"
        sentence = (
            f"诚信档案有记录（{each.kind}），{each.starts_on} 至 {each.ends_on}，{told}。依据：{each.basis}。"
        )
        yield OpenPoint(SectionKey.INTEGRITY, "record", sentence, must=bars)


def _first_pages(draft: Draft) -> Iterator[OpenPoint]:
    if not draft.photo:
        yield OpenPoint(SectionKey.PHOTO, "photo", "还没有上传证件照。")
    for warning in draft.section(SectionKey.PHOTO).get("advice") or ():
        yield OpenPoint(SectionKey.PHOTO, "photo", warning, must=False)
    if not draft.integrity.get("image"):
        yield OpenPoint(SectionKey.INTEGRITY, "signature", "个人承诺还没有签名。")


def _form(draft: Draft) -> Iterator[OpenPoint]:
    form, rule = draft.form, draft.pack.data.get("self_report") or {}
    if draft.pathway is None:
        yield OpenPoint(SectionKey.FORM, "pathway", "还没有选申报方式。")
    if not form.get("committee"):
        yield OpenPoint(SectionKey.FORM, "committee", "还没有选受理评审委员会。")
    if _professions(draft) and not form.get("specialty"):
        yield OpenPoint(SectionKey.FORM, "specialty", "还没有选申报专业。")
    yield from _held_already(draft)
    written, most = count_characters(form.get("self_report", "")), rule.get("max_characters")
    if not written:
        yield OpenPoint(SectionKey.FORM, "self_report", "本人述职还没有写。")
    elif most and written > most:
        yield OpenPoint(
            SectionKey.FORM,
            "self_report",
            f"本人述职 {written} 字，超过 {most} 字。请删去 {written - most} 字（空格和换行不算）。",
        )


def _held_already(draft: Draft) -> Iterator[OpenPoint]:
    """A title of this level or above is a reason to look again, not to stop: one may be changing series (R-072)."""
    wanted = LEVEL_ORDER.index(draft.title["level"])
    for item in draft.items:
        held = item["data"]
        if item["category"] == "titles" and held.get("level") in LEVEL_ORDER[: wanted + 1]:
            sentence = (
                f"档案里已有“{held.get('title', '')}”，不低于所申报的职称。转评以外的，请核对所选职称。"
            )
            yield OpenPoint(SectionKey.FORM, "pathway", sentence, must=False)


def _professions(draft: Draft) -> bool:
    return "specialty" in draft.pack.facts or bool(draft.pack.data["plan"].get("professions"))


def _referral(draft: Draft) -> Iterator[OpenPoint]:
    if not count_characters(draft.referral.get("reason", "")):
        yield OpenPoint(SectionKey.REFERRAL, "reason", "推荐（破格）理由还没有写。")
    wants_referee = "referees" in draft.pack.facts_read() and (draft.pathway or {}).get("id") == "direct"
    if wants_referee and not draft.referral.get("referees"):
        yield OpenPoint(SectionKey.REFERRAL, "referees", "还没有填推荐专家。")


def _attachments(slots: tuple[Slot, ...]) -> Iterator[OpenPoint]:
    for slot in slots:
        if slot.is_open:
            yield OpenPoint(SectionKey.ATTACHMENTS, slot.key, f"缺《{slot.name}》。{slot.why}。")
        elif slot.need == UNSURE and not slot.files:
            yield OpenPoint(SectionKey.ATTACHMENTS, slot.key, f"《{slot.name}》：{slot.why}。", must=False)


def _verdict(draft: Draft, verdict: Verdict) -> Iterator[OpenPoint]:
    chosen = verdict.pathway(draft.form.get("pathway", ""))
    if chosen is None:
        return
    is_shut = chosen.verdict in SHUT
    told = False
    for name in chosen.deciding:
        finding = chosen.clause(name)
        if finding is None or finding.holds_others:
            continue
        told = True
        kind = finding.clause.raw.get("kind")
        section = _PAGES.get(kind, SectionKey.FORM)
        yield OpenPoint(section, kind or "pathway", _in_words(finding), must=is_shut)
    if is_shut and not told:
        yield OpenPoint(SectionKey.FORM, "pathway", chosen.in_words())


def _in_words(finding: Finding) -> str:
    """What was found first, then the sentence of the notice that it rests on."""
    cite = finding.clause.cite.get("words")
    hint = finding.clause.raw.get("hint") if finding.status == "not_met" else ""
    told = f"{finding.sentence.rstrip('。')}。" if finding.sentence else ""
    return f"{told}{hint or ''}依据：{finding.clause.text.rstrip('。')}{f'（{cite}）' if cite else ''}。"


def brief(verdict: PathwayVerdict) -> str:
    """The verdict of a way in a line: what decides it, at most two points."""
    if verdict.verdict == ELIGIBLE:
        return "条件都满足。"
    if verdict.not_offered_because:
        return verdict.not_offered_because
    found = (verdict.clause(name) for name in verdict.deciding)
    told = [_brief(each) for each in found if each and each.sentence and not each.holds_others]
    more = f"等 {len(told)} 点" if len(told) > 2 else ""
    return "；".join(told[:2]) + more + "。" if told else verdict.in_words()


def _brief(finding: Finding) -> str:
    """The sentence of a clause; a bare count says of what."""
    said = finding.sentence.rstrip("。")
    return f"{finding.clause.text.rstrip('。')}（{said}）" if said.startswith("符合的") else said


_PAGES = {
    "materials": SectionKey.ATTACHMENTS,
    "photo": SectionKey.PHOTO,
    "integrity": SectionKey.INTEGRITY,
    "continuing_education": SectionKey.ACHIEVEMENTS,
    "title": SectionKey.ACHIEVEMENTS,
    "appraisal": SectionKey.ACHIEVEMENTS,
}
