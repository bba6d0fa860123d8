"""What an application tells the rules: the archive's facts, the form's answers, the documents. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhiping.achievements.facts import facts_of as archive_facts
from zhiping.applications.attesting import desk_facts, source_words
from zhiping.applications.characters import count_characters
from zhiping.applications.counting import counted_items
from zhiping.applications.draft import Draft, thawed
from zhiping.policy_engine.pack import Pack
from zhiping.posts.queries import Standing

DECLARED = "本人填报"
RECORDED = "诚信档案"
# Facts that follow from what is in the draft; nobody types them.
DERIVED = frozenset(
    {
        "photo_ok",
        "photo_width",
        "photo_height",
        "photo_bytes",
        "photo_format",
        "integrity_signed",
        "self_report_characters",
        "referees",
        "referee_details_complete",
        "recommendation_reason_characters",
        "scoring_sheet_submitted",
        "score_total",
        "specialty",
        "evidence_complete",
        "unit_publicity_days",
    }
)


def facts_of(draft: Draft, *, day: date, attested: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Facts in the pack's vocabulary, with sources, documents and claims; unknown names are left out."""
    application = draft.application
    known = archive_facts(
        application.person,
        [thawed(item) for item in counted_items(draft)],
        profile=application.profile_version,
        day=day,
        jurisdiction=application.plan.region_id,
    )
    sources = dict(known.pop("sources", {}))
    declared = dict(draft.form.get("declared") or {})
    own = {**_form_facts(draft), **declared}
    sources |= dict.fromkeys(declared, DECLARED)
    sources |= {name: source_words(draft.pack, name) for name in attested or {}}
    told = {
        **own,
        **known,
        **(attested or {}),
        **_post_facts(draft.standing),
        **_record_facts(draft, day),
    }  # the archive, which a unit has approved, outweighs what is typed; the ledgers outweigh every word
    sources |= dict.fromkeys(_post_facts(draft.standing), draft.standing.words if draft.standing else "")
    sources |= dict.fromkeys(_record_facts(draft, day), RECORDED)
    facts = fitting(draft.pack, told)
    facts["sources"] = {name: source for name, source in sources.items() if name in facts}
    facts["documents"] = sorted(documents_of(draft))
    if draft.pack.scoring is not None and draft.chosen:
        facts["claims"] = claims_of(draft)
    return facts


def _record_facts(draft: Draft, day: date) -> dict[str, Any]:
    """Until when the person stands in the integrity archive; nothing if no record holds today (R-117)."""
    ends = [each.ends_on for each in draft.records if each.holds_on(day)]
    return {"debarred_until": max(ends)} if ends else {}


def documents_of(draft: Draft) -> set[str]:
    """Ids of the materials that are there: uploaded, filled in on the platform's pages, or taken from the archive."""
    there = {slot for slot, files in draft.attachments.items() if files}
    own = {
        "integrity_statement": draft.integrity.get("image"),
        "self_report": draft.form.get("self_report"),
        "scoring_sheet": draft.chosen,
    }
    archive = {each["id"] for each in draft.pack.data.get("materials") or () if each.get("how") == "archive"}
    standing = draft.standing
    if standing is not None:  # papers that the platform itself holds, signed
        there |= {"post_form"} if standing.form_code else set()
        there |= {"unit_statement"} if standing.statement else set()
    return there | {name for name, done in own.items() if done} | archive


def fitting(pack: Pack, told: Mapping[str, Any]) -> dict[str, Any]:
    """Only what the pack declares, field by field; an archive may know more than a notice asks."""
    kept: dict[str, Any] = {}
    for name, value in told.items():
        fact = pack.facts.get(name)
        if fact is None or value is None or value == "":
            continue
        if fact.type == "list":
            kept[name] = [
                {key: each for key, each in record.items() if key in fact.fields} for record in value
            ]
        else:
            kept[name] = value
    return kept


def claims_of(draft: Draft) -> list[dict[str, Any]]:
    """Claims for scoring: the archive record under the row's field names, its day, and the row's own answers."""
    items = {item["item"]: item for item in counted_items(draft)}
    found = []
    for claim in draft.chosen:
        row, item = draft.pack.scoring.rows.get(claim["row"]), items.get(claim["item"])
        if row is None or item is None:
            continue
        key = f"item-{item['item']}"
        record = {name: value for name, value in item["data"].items() if name in row.fact.fields}
        record |= {
            name: value for name, value in (claim.get("answers") or {}).items() if value not in (None, "")
        }
        dated = item["data"].get(row.raw.get("dated_by") or "date")
        if dated:
            record["date"] = dated
        found.append({"row": row.id, "id": key, "evidence": key, "confirmed": True, **record})
    return found


def _post_facts(standing: Standing | None) -> dict[str, Any]:
    """What the ledger of a public institution knows (R-212, R-214); without one, nothing."""
    if standing is None or standing.has_vacancy is None:
        return {}
    return {"has_post_vacancy": standing.has_vacancy}


def _form_facts(draft: Draft) -> dict[str, Any]:
    photo, form, referral = draft.photo, draft.form, draft.referral
    written = count_characters(form.get("self_report", ""))
    facts: dict[str, Any] = {  # what is not done yet is not known yet; the open points ask for it
        "integrity_signed": True if draft.integrity.get("image") else None,
        "self_report_characters": written or None,
        "specialty": form.get("specialty"),
        "scoring_sheet_submitted": True if draft.chosen else None,
        "evidence_complete": _evidence_complete(draft),
    }
    if photo:
        facts |= {
            "photo_ok": True,
            "photo_width": photo["width"],
            "photo_height": photo["height"],
            "photo_bytes": photo["size"],
            "photo_format": "jpg",
        }
    if referral:
        referees = referral.get("referees") or []
        facts |= {
            "referees": len(referees),
            "referee_details_complete": bool(referees) and all(all(each.values()) for each in referees),
            "recommendation_reason_characters": count_characters(referral.get("reason", "")),
        }
    return facts


def _evidence_complete(draft: Draft) -> bool | None:
    """Whether every proof that the chosen way alone asks for is uploaded; not known while one is missing."""
    way = draft.form.get("pathway")
    asked = [
        each["id"]
        for each in draft.pack.data.get("materials") or ()
        if each["how"] == "upload" and each.get("required", True) and way in (each.get("pathways") or ())
    ]
    return True if asked and all(draft.attachments.get(slot) for slot in asked) else None


def asked_facts(pack: Pack, known: Mapping[str, Any]) -> list[Any]:
    """Single facts that the rules read, that neither archive nor draft supplies, and that the person can tell."""
    stated = frozenset(desk_facts(pack))
    return [
        pack.facts[name]
        for name in pack.facts_read()
        if pack.facts[name].type != "list"
        and name not in DERIVED
        and name not in stated
        and name not in known
        and pack.facts[name].source not in ("unit", "authority", "integrity", "photo")
    ]
