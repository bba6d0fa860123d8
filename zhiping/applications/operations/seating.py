"""A recommendation of a public institution takes a vacant post, and gives it back when it ends (R-212…R-214)."""

import json
from datetime import datetime

from zhiping.applications.models import Application, Step
from zhiping.applications.queries.desks import latest_snapshot
from zhiping.applications.queries.seats import group_of, needs_seat, seat_standing
from zhiping.kernel.actor import SYSTEM, Actor, Role
from zhiping.kernel.errors import Refused
from zhiping.plans.rules import rules_of
from zhiping.posts.operations import release_seat, reserve_seat

HR_ROLES = frozenset({Role.COUNTY_HR, Role.CITY_HR, Role.PROVINCIAL_HR})


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


def refuse_unsealed(step: Step, actor: Actor) -> None:
    """人力社保 passes establishment staff on only with the post form sealed here, or its sealed scan (R-215, R-227)."""
    application = step.application
    asked = rules_of(application.plan).data.get("posts") or {}
    if actor.role not in HR_ROLES or not asked.get("form") or not needs_seat(application):
        return
    standing = seat_standing(application)
    snapshot = latest_snapshot(application)
    uploaded = json.loads(snapshot.content)["attachments"].get("post_form") if snapshot else None
    if not uploaded and not (standing and standing.form_code):
        raise Refused(
            "本件的岗位信息表还没有由岗位管理部门签章，不能通过。请单位在“岗位管理”里填表送签，签章后再办理。"
        )


def take_seat_again(application: Application, step: Step, now: datetime) -> None:
    """A mended case that goes straight back to a desk above the employer needs its seat before it is there."""
    if step.organisation_id != application.employer_id:
        take_seat(application, SYSTEM, now)


def give_back_seat(application: Application, reason: str, now: datetime) -> None:
    """Release what the case held, if it held anything."""
    release_seat(subject_id=application.pk, reason=reason, now=now)
