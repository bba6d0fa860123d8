"""Turns what the policy engine says (`as_dict()` of a verdict or a score) into what the tree and the sheet show."""

from typing import Any

Told = dict[str, Any]

STATUS = {  # of one clause: the word shown and its colour family
    "met": ("符合", "ok"),
    "waived": ("不要求", "neutral"),
    "not_applicable": ("不适用", "neutral"),
    "not_judged": ("未判断", "neutral"),
    "warning": ("请核对", "warn"),
    "not_met": ("不符合", "err"),
}
WAITS_FOR = {
    "needs_decision": ("需人工认定", "neutral"),
    "needs_evidence": ("待补充", "neutral"),
    "undetermined": ("无法判断", "neutral"),
}
VERDICTS = {  # of one pathway; unknown is never shown as failed
    "eligible": ("符合", "ok"),
    "ineligible": ("不符合", "err"),
    "not_offered": ("不开放", "neutral"),
    "undetermined": ("无法判断", "neutral"),
    "needs_evidence": ("待补充", "warn"),
    "needs_decision": ("需人工认定", "neutral"),
}
SOURCES = {  # where a pack says a fact comes from; every other code is a category of the archive
    "application": "本次申报",
    "authority": "主管部门",
    "discipline": "处分记录",
    "employment": "个人基本信息",
    "insurance": "社会保险",
    "integrity": "诚信记录",
    "photo": "证件照",
    "profile": "个人基本信息",
    "scoring": "量化自评分",
    "unit": "用人单位",
}
UNCHECKED = "本次未检查材料"
CLAIM_STATES = {"counted": "计入", "pending": "待认定", "refused": "不计分"}


def tree_of(clauses: list[Told]) -> list[Told]:
    """The findings of one pathway, told in a row with their depth, as nodes that hold their parts."""
    roots: list[Told] = []
    path: list[Told] = []
    for clause in clauses:
        node = _node(clause)
        del path[clause["depth"] :]
        (path[-1]["parts"] if path else roots).append(node)
        path.append(node)
    return roots


def verdict_tag(pathway: Told) -> tuple[str, str]:
    """Word and colour of a pathway's verdict."""
    return VERDICTS[pathway["verdict"]]


def rows_of(group: Told, claims: list[Told]) -> list[Told]:
    """The rows under one first-level indicator that have a claim, with each claim's reason if it gives nothing."""
    return [
        {
            "text": row["text"],
            "cite": row["cite"],
            "points": _number(row["points"]),
            "lost": _number(row["lost"]) if row["lost"] else "",
            "claims": [_claim(claim) for claim in claims if claim["row"] == row["id"]],
        }
        for row in _rows(group)
        if any(claim["row"] == row["id"] for claim in claims)
    ]


def readings_that_matter(sheet: Told) -> list[Told]:
    """Other readings under which the total or the opening of the pathway would differ, each told once."""
    differing = [
        other
        for other in sheet["readings"]
        if (other["total"], other["opens"]) != (sheet["total"], sheet["opens"])
    ]
    return list({(other["question"], other["total"]): other for other in differing}.values())


def lost_in(group: Told) -> str:
    """What the caps of an indicator and its parts take away, in a sentence; empty if nothing is lost."""
    lost = group["lost"] + sum(row["lost"] for row in _rows(group))
    lost += sum(each["lost"] for each in group.get("second_level", ()))
    return f"超过封顶，未计入 {_number(lost)} 分。再补同类业绩不会加分。" if lost else ""


def _node(clause: Told) -> Told:
    word, family = STATUS.get(clause["status"]) or WAITS_FOR.get(clause["waits_for"], ("待核实", "neutral"))
    parts = list(dict.fromkeys(part for part in (clause["sentence"] or "").split("；") if part))
    if clause["status"] == "met" and parts == [UNCHECKED]:
        word, family = STATUS["not_judged"]
    used = [fact for fact in clause["used"] if fact["shown"]]
    return {
        "word": word,
        "family": family,
        "is_open": clause["status"] in ("not_met", "unknown") and clause["depth"] == 0,
        "text": clause["text"],
        "sentence": "；".join(parts),
        "got": "；".join(f"{fact['label']}：{fact['shown']}" for fact in used),
        "source": "、".join(dict.fromkeys(_source(fact["source"]) for fact in used if fact["source"])),
        "cite": (clause["cite"] or {}).get("words", ""),
        "fix": clause["change"] or (clause["hint"] if clause["status"] == "not_met" else "") or "",
        "parts": [],
    }


def _source(said: str) -> str:
    """A source in words: what is already a sentence stays, a pack's code becomes Chinese."""
    return SOURCES.get(said, "业绩档案" if said.isascii() else said)


def _claim(claim: Told) -> Told:
    """One claim in words. What counts by years has no points of its own; a reason that opens with its word stands alone."""
    word, reason = CLAIM_STATES[claim["state"]], claim["reason"] or ""
    if claim["state"] == "counted":
        told = f"{_number(claim['points'])} 分" if claim["points"] else reason or word
    else:
        told = reason if reason.startswith((word, "待")) else f"{word}：{reason}"
    return {"label": claim.get("label", ""), "told": told, "is_counted": claim["state"] == "counted"}


def _rows(group: Told) -> list[Told]:
    deeper = [row for each in group.get("second_level", ()) for row in _rows(each)]
    return [*group.get("rows", ()), *deeper]


def _number(points: float) -> str:
    return f"{points:g}"
