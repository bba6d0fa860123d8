"""A recommendation of a public institution takes a vacant post, and gives it back when it ends (R-212…R-214)."""

from datetime import datetime

from zhiping.applications.models import Application, Step
from zhiping.applications.queries.seats import group_of, needs_seat
from zhiping.kernel.actor import SYSTEM, Actor
from zhiping.plans.rules import rules_of
from zhiping.posts.operations import release_seat, reserve_seat


def take_seat(application: Application, actor: Actor, now: datetime) -> None:
    """Hold a seat for establishment staff of a public institution, where the plan asks for posts; else do nothing."""
    if not needs_seat(application):
        return
    reserve_seat(
        institution=application.employer,
        group=group_of(application),
        person=application.person,
        subject_id=application.pk,
        label=f"{application.number} {application.title.name}",
        year=application.plan.year,
        is_checked=bool(rules_of(application.plan).data["posts"].get("check_in")),
        actor=actor,
        now=now,
    )


def take_seat_again(application: Application, step: Step, now: datetime) -> None:
    """A mended case that goes straight back to a desk above the employer needs its seat before it is there."""
    if step.organisation_id != application.employer_id:
        take_seat(application, SYSTEM, now)


def give_back_seat(application: Application, reason: str, now: datetime) -> None:
    """Release what the case held, if it held anything."""
    release_seat(subject_id=application.pk, reason=reason, now=now)
