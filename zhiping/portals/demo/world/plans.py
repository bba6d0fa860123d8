"""This year's plans of the demo: last notice rolled over, confirmed point by point, published by a second person."""

from datetime import date, datetime
from pathlib import Path

from zhiping.kernel.actor import Actor, Role
from zhiping.kernel.clock import beijing_day
from zhiping.plans.models import Plan
from zhiping.plans.operations import (
    confirm_point,
    load_notice,
    propose_plan,
    publish_plan,
    roll_over,
    set_window,
)
from zhiping.plans.operations.publishing import follow_the_clock
from zhiping.plans.queries import spans_of_plan
from zhiping.policies.models import PackVersion
from zhiping.policy_engine.pack import load_pack
from zhiping.portals.demo.world.bodies import make_staff, said, staff


def load_history(root: Path, now: datetime) -> None:
    """The packs of the five notices as published versions and closed plans; those that are there are not read again."""
    known = set(PackVersion.objects.values_list("slug", flat=True))
    for folder in sorted(path.parent for path in root.glob("*/pack.yaml")):
        if folder.name not in known and not load_pack(folder).is_abstract:
            load_notice(folder=folder, now=now)


def open_this_year(now: datetime) -> None:
    """Roll every plan that plans.yaml names over into the demo's year, unless that has been done."""
    for each in said("plans.yaml"):
        source = Plan.objects.select_related("office").get(slug=each["from"])
        if Plan.objects.filter(rolled_from=source, year=each["year"]).exists():
            continue
        for turn, name in (("a", "甲"), ("b", "乙")):
            login = f"{each['office']}-{turn}"
            make_staff(source.office, login, Role.COMMITTEE_OFFICE, f"{each['short']}评委会办公室{name}", now)
        first, second = staff(f"{each['office']}-a"), staff(f"{each['office']}-b")
        plan = roll_over(plan=source, year=each["year"], actor=first, now=now)
        _date(plan, each["applicant_closes"], first, now)
        for point in list(plan.confirmations.all()):
            confirm_point(plan=plan, key=point.key, actor=first, now=now)
        propose_plan(plan=plan, actor=first, now=now)
        plan.refresh_from_db()
        publish_plan(plan=plan, actor=second, now=now)
    follow_the_clock(now=now)


def _date(plan: Plan, closes: date, actor: Actor, now: datetime) -> None:
    """Individuals from today until `closes`; the windows after theirs keep their distance from it."""
    spans = {span.step: span for span in spans_of_plan(plan)}
    further = closes - spans["applicant"].closes
    for step, span in spans.items():
        opens = beijing_day(now) if step == "applicant" else span.opens and span.opens + further
        last = span.closes and span.closes + further
        set_window(plan=plan, step=step, opens=opens, closes=last, actor=actor, now=now)
