"""Questions about publicities and objections."""

import hashlib
from datetime import datetime

from django.db.models import Q, QuerySet

from zhiping.kernel import clock
from zhiping.kernel.actor import Actor, Role
from zhiping.notices.models import Objection, Publicity, PublicityEntry
from zhiping.notices.states import RUNNING, UNDECIDED, ObjectionState, PublicityKind, PublicityState
from zhiping.organisations.queries import in_region_of


def visible_to(actor: Actor) -> QuerySet[Publicity]:
    """Own body's publicities; supervision those of its region; everybody the committees' public ones (not 单位公示)."""
    rows = Publicity.objects.select_related("organisation")
    if actor.role is Role.SUPERVISOR:
        return rows.filter(in_region_of(actor, "organisation__region__code"))
    return rows.filter(
        Q(organisation_id=actor.organisation_id or 0)
        | Q(kind__in=[PublicityKind.PRE_REVIEW, PublicityKind.RESULT])
    )


def shown_in_public(now: datetime) -> QuerySet[Publicity]:
    """Committees' publicities, newest first. The list of names is on show only while it runs."""
    kinds = [PublicityKind.PRE_REVIEW, PublicityKind.RESULT]
    rows = Publicity.objects.select_related("organisation").filter(kind__in=kinds, opened_at__lte=now)
    return rows.exclude(state=PublicityState.CANCELLED).order_by("-starts_on", "-pk")


def by_code(code: str) -> Publicity | None:
    """The publicity with this address; employers' lists are reached only so (printed on the posted sheet)."""
    rows = Publicity.objects.select_related("organisation").exclude(state=PublicityState.CANCELLED)
    return rows.filter(code=code).first()


def is_on_show(publicity: Publicity, now: datetime) -> bool:
    """Whether names may be shown: it runs, and its last day is not over or an objection is being looked into."""
    if publicity.state == PublicityState.OPEN:
        return now < clock.end_of(publicity.ends_on)
    return publicity.state in RUNNING


def is_over(publicity: Publicity, now: datetime) -> bool:
    return now >= clock.end_of(publicity.ends_on)


def undecided(publicity: Publicity) -> QuerySet[Objection]:
    return publicity.objections.filter(state__in=sorted(UNDECIDED))


def upheld_entry_ids(publicity: Publicity) -> set[int]:
    """Keys of the subjects against whom an objection was upheld."""
    rows = PublicityEntry.objects.filter(publicity=publicity, objections__state=ObjectionState.UPHELD)
    return set(rows.values_list("subject_id", flat=True))


def objections_visible_to(actor: Actor) -> QuerySet[Objection]:
    """Objections at the actor's body, without those against the actor; supervision sees its region's."""
    rows = Objection.objects.select_related("publicity", "entry")
    if actor.role is Role.SUPERVISOR:
        return rows.filter(in_region_of(actor, "publicity__organisation__region__code"))
    if actor.organisation_id is None:
        return rows.none()
    own = rows.filter(publicity__organisation_id=actor.organisation_id)
    return own.exclude(entry__person_id=actor.person_id) if actor.person_id else own


def objection_by_code(code: str) -> Objection | None:
    """The objection whose asking code this is, for its author to read the answer."""
    return Objection.objects.filter(code_hash=hashed(code)).select_related("publicity").first()


def hashed(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


def objections_of(publicity: Publicity) -> set[int]:
    """Keys of the entries that are being looked into; only these persons are held up."""
    return {key for key in undecided(publicity).values_list("entry_id", flat=True) if key is not None}
