"""What people mean to apply for."""

from datetime import datetime

from django.db import transaction

from zhiping.auditlog.recording import record
from zhiping.continuing_education.access import can_register_own
from zhiping.continuing_education.models import Aim
from zhiping.kernel.actor import Actor
from zhiping.kernel.errors import Forbidden


@transaction.atomic
def set_aim(*, pack_slug: str, title: str, year: int, actor: Actor, now: datetime) -> Aim:
    """Keep what the person means to apply for; they are told a year ahead what is missing."""
    if not can_register_own(actor, actor.person_id):
        raise Forbidden("hours.aim")
    values = {"pack_slug": pack_slug, "title": title, "year": year, "set_at": now}
    aim, _ = Aim.objects.update_or_create(person_id=actor.person_id, defaults=values)
    record("hours.aim", actor=actor, now=now, subject=aim, details={"title": title, "year": year})
    return aim
