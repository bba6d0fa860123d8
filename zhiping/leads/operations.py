"""Looking at a submission, and saying what came of a lead."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from PIL import UnidentifiedImageError

from zhiping.applications.models import Application, Snapshot
from zhiping.auditlog.recording import record
from zhiping.files.queries import path_of_hash
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.kernel.errors import Refused
from zhiping.leads import transitions
from zhiping.leads.contradictions import contradictions
from zhiping.leads.marks import Mark, fingerprint, marks_of, picture_marks
from zhiping.leads.models import Examination, Lead, SubmissionMark
from zhiping.leads.queries import same_elsewhere
from zhiping.leads.states import LeadKind
from zhiping.lifecycle.moving import move

PICTURES = ("image/jpeg", "image/png")


@transaction.atomic
def examine_submission(*, snapshot: Snapshot, now: datetime) -> None:
    """Leave the marks of a submission in place of the last one's and note every lead they give; once a submission."""
    _, is_new = Examination.objects.get_or_create(snapshot=snapshot, defaults={"examined_at": now})
    if not is_new:
        return
    application, content = snapshot.application, json.loads(snapshot.content)
    marks = list(dict.fromkeys([*marks_of(content), *_of_pictures(content)]))
    told: set[tuple[int, str]] = set()  # the same file is no similar picture besides
    for mark in marks:
        for twin in same_elsewhere(application, mark):
            where = (twin.application_id, mark.label)
            if mark.kind != LeadKind.IMAGE or where not in told:
                _note_twins(application, mark, twin, now)
            told.add(where)
    for each in contradictions(content):
        _note(application, each.kind, each.key, each.sentence, now)
    SubmissionMark.objects.filter(application=application).delete()
    SubmissionMark.objects.bulk_create(
        SubmissionMark(
            application=application,
            person_id=application.person_id,
            kind=mark.kind,
            value=mark.value,
            label=mark.label,
            picture=mark.print_,
        )
        for mark in marks
    )


@transaction.atomic
def clear_lead(*, lead: Lead, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """It has a good explanation, which stays beside it."""
    _decide(lead, reason, actor, now)
    move(lead, transitions.CLEAR, actor=actor, now=now, version=version, note=reason.strip())


@transaction.atomic
def confirm_lead(*, lead: Lead, reason: str, version: int, actor: Actor, now: datetime) -> None:
    """It is as it looks. What follows is decided by people, in the case or in the integrity archive."""
    _decide(lead, reason, actor, now)
    move(lead, transitions.CONFIRM, actor=actor, now=now, version=version, note=reason.strip())


def _decide(lead: Lead, reason: str, actor: Actor, now: datetime) -> None:
    if not reason.strip():
        raise Refused("请写明核实的经过和理由。", field="reason")
    Lead.objects.filter(pk=lead.pk).update(
        reason=reason.strip(), decided_by_id=actor.person_id, decided_at=now
    )
    lead.reason = reason.strip()


def _note_twins(application: Application, mark: Mark, twin: SubmissionMark, now: datetime) -> None:
    there = twin.application
    sentence = f"本件“{mark.label}”与申报号 {there.number}（{there.plan.name}）“{twin.label}”相同或相近。"
    key = f"{there.pk}:{mark.print_ or mark.value}"[:200]
    _note(application, mark.kind, key, sentence, now, other=there)


def _note(
    application: Application,
    kind: str,
    key: str,
    sentence: str,
    now: datetime,
    *,
    other: Application | None = None,
) -> None:
    lead, is_new = Lead.objects.get_or_create(
        application=application,
        kind=kind,
        key=key,
        defaults={"other": other, "sentence": sentence, "found_at": now},
    )
    if is_new:
        record("lead.find", actor=SYSTEM, now=now, subject=lead, to_state=lead.state)


def _of_pictures(content: dict[str, Any]) -> Iterator[Mark]:
    for item in content.get("items", ()):
        label = f"{item['category_label']}：{item['label']}"[:200]
        for each in item.get("evidence", ()):
            if each["media_type"] in PICTURES and (bits := _seen(each["sha256"])) is not None:
                yield from picture_marks(bits, label)


def _seen(sha256: str) -> int | None:
    """The fingerprint of a stored picture; a picture that cannot be read any more leaves no mark."""
    try:
        return fingerprint(path_of_hash(sha256))
    except (OSError, UnidentifiedImageError):
        return None
