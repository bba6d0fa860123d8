"""What is frozen at submission: everything that was said, proved and judged, as plain JSON data. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhiping.applications.assessment import Assessment
from zhiping.applications.draft import Draft
from zhiping.applications.states import SectionKey
from zhiping.privacy.masks import mask_id_number

FORMAT = 1


def content_of(assessment: Assessment, *, attempt: int, number: str, now: datetime) -> dict[str, Any]:
    """The content of one submission; pages, forms and later rooms read this, never the draft."""
    head = {"format": FORMAT, "number": number, "attempt": attempt, "submitted_at": now.isoformat()}
    return head | _asked_for(assessment.draft) | _handed_in(assessment)


def _asked_for(draft: Draft) -> dict[str, Any]:
    application, plan = draft.application, draft.application.plan
    return {
        "plan": {name: getattr(plan, name) for name in ("id", "slug", "name", "year", "series")},
        "title": {name: getattr(application.title, name) for name in ("key", "name", "level")},
        "rules": {
            "slug": plan.pack_version.slug,
            "number": plan.pack_version.number,
            "checksum": draft.pack.checksum,
        },
        "person": _person(draft),
        "employer": {"id": application.employer_id, "name": application.employer.name},
        "profile": _profile(draft),
    }


def _handed_in(assessment: Assessment) -> dict[str, Any]:
    draft, sheet = assessment.draft, assessment.sheet
    return {
        "photo": draft.photo,
        "integrity": dict(draft.integrity),
        "form": dict(draft.form),
        "form_shown": shown_answers(draft),
        "referral": dict(draft.referral),
        "items": draft.items,
        "attachments": {slot: list(files) for slot, files in draft.attachments.items()},
        "slot_names": {slot.key: slot.name for slot in assessment.slots},
        "claims": draft.chosen,
        "score": sheet.as_dict() if sheet is not None and draft.chosen else None,
        "verdict": _verdict(assessment),
        "facts": plain(assessment.facts),
    }


def sections_of(content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The sections of the draft as they were when this was submitted."""
    return {
        SectionKey.PHOTO: {"file": content["photo"]},
        SectionKey.INTEGRITY: content["integrity"],
        SectionKey.FORM: content["form"],
        SectionKey.REFERRAL: content["referral"],
        SectionKey.ACHIEVEMENTS: {"items": content["items"]},
        SectionKey.ATTACHMENTS: {"slots": content["attachments"]},
        SectionKey.SCORE: {"claims": content["claims"]},
    }


def shown_answers(draft: Draft) -> dict[str, str]:
    """Answers of the form in the words that people see."""
    form, shown = draft.form, {}
    if draft.pathway:
        shown["pathway"] = draft.pathway["name"]
    fact = draft.pack.facts.get("specialty")
    if fact is not None and form.get("specialty"):
        shown["specialty"] = fact.shown(form["specialty"])
    declared = form.get("declared") or {}
    told = [
        f"{draft.pack.facts[name].question}：{draft.pack.facts[name].shown(value)}"
        for name, value in sorted(declared.items())
        if name in draft.pack.facts and value not in (None, "")
    ]
    if told:
        shown["declared"] = "；".join(told)
    referees = draft.referral.get("referees") or []
    if referees:
        shown["referral.referees"] = "；".join(
            "，".join(str(each) for each in one.values()) for one in referees
        )
    return shown


def file_ids(content: Any) -> set[int]:
    """Keys of every stored file that a content names.

    >>> sorted(file_ids({"photo": {"file": 3}, "items": [{"evidence": [{"file": 5}]}]}))
    [3, 5]
    """
    found: set[int] = set()
    if isinstance(content, Mapping):
        if isinstance(content.get("file"), int):
            found.add(content["file"])
        content = list(content.values())
    if isinstance(content, list | tuple):
        for each in content:
            found |= file_ids(each)
    return found


def plain(value: Any) -> Any:
    """Data that JSON can hold."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        each = [plain(item) for item in value]
        return sorted(each) if isinstance(value, set | frozenset) else each
    return value.isoformat() if hasattr(value, "isoformat") else value


def _person(draft: Draft) -> dict[str, Any]:
    person = draft.application.person
    return {
        "id": person.pk,
        "name": person.name,
        "sex": person.get_sex_display(),
        "born_on": person.born_on.isoformat() if person.born_on else None,
        "document": mask_id_number(person.document_number),
    }


def _profile(draft: Draft) -> dict[str, Any]:
    version = draft.application.profile_version
    return {"version": version.pk, "number": version.number, "data": version.data} if version else {}


def _verdict(assessment: Assessment) -> dict[str, Any]:
    chosen = assessment.chosen
    return {
        "chosen": chosen.as_dict() if chosen else None,
        "all": [
            {"pathway": each.id, "name": each.name, "verdict": each.verdict, "words": each.in_words()}
            for each in assessment.verdict.pathways
        ],
    }
