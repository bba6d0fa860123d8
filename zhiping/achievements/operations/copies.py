"""Comparing scans with their originals: what each is, by whom, for whom, when (R-004, R-281)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import models, transaction

from zhiping.achievements.models import CopyCheck, ItemVersion
from zhiping.achievements.queries import copy_checks
from zhiping.achievements.states import VERIFIED, PaperKind
from zhiping.auditlog.recording import record
from zhiping.files.models import StoredFile
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Refused

MOST_NAMED = 3


@transaction.atomic
def check_copies(
    *,
    files: Iterable[StoredFile],
    answers: Mapping[int, str],
    subject: models.Model,
    actor: Actor,
    now: datetime,
    version: ItemVersion | None = None,
    must: bool,
) -> None:
    """Keep what the actor's body found about each file, and log it; the caller has asked who may.

    1. with `must`, a file that nobody has compared needs an answer; 2. a body's first word on a file stays, so the
    same again changes nothing; 3. one log entry on `subject` with every file and what it was found to be.
    """
    asked = {file.pk: file for file in files}
    known = copy_checks(asked)
    given = {key: kind for key, kind in answers.items() if key in asked and kind in PaperKind.values}
    if must:
        _refuse_open([file for key, file in asked.items() if key not in known and key not in given])
    own = {
        key
        for key, checks in known.items()
        for check in checks
        if check.organisation_id == actor.organisation_id
    }
    fresh = {key: kind for key, kind in given.items() if key not in own}
    if not fresh:
        return
    CopyCheck.objects.bulk_create(
        CopyCheck(
            file=asked[key],
            version=version,
            kind=kind,
            statement=VERIFIED if kind == PaperKind.COPY else "",
            checker_id=actor.person_id,
            checker_name=actor.name,
            organisation_id=actor.organisation_id,
            organisation_name=actor.organisation_name,
            checked_at=now,
        )
        for key, kind in sorted(fresh.items())
    )
    told = [{"file": key, "sha256": asked[key].sha256, "kind": kind} for key, kind in sorted(fresh.items())]
    record("archive.check_copies", actor=actor, now=now, subject=subject, details={"files": told})


def _refuse_open(files: list[StoredFile]) -> None:
    if not files:
        return
    names = "、".join(f"“{file.name}”" for file in files[:MOST_NAMED])
    more = f"等 {len(files)} 份" if len(files) > MOST_NAMED else ""
    raise Refused(
        f"还没有对照原件核对：{names}{more}。请逐份选“{PaperKind.COPY.label}”或“{PaperKind.ORIGINAL.label}”；"
        "与原件不符、复印件没有核对签章的，请退回。",
        field="copies",
    )
