"""Which scans of a case nobody has compared with their originals yet."""

import json
from collections.abc import Iterable

from zhiping.achievements.queries import copy_checks
from zhiping.applications.models import Snapshot, Step
from zhiping.applications.places import papers_of
from zhiping.kernel.actor import EMPLOYER_ROLES
from zhiping.plans.rules import rules_of


def demands_copy_checks(step: Step) -> bool:
    """Whether this is the unit's desk and the notice has copies compared with their originals there (R-004)."""
    return step.role in EMPLOYER_ROLES and "copies" in rules_of(step.application.plan).data


def unchecked_papers(steps: Iterable[Step]) -> dict[int, int]:
    """By application: how many scans its step still has to compare; two queries, none if no plan demands it."""
    wanted = {step.application_id for step in steps if demands_copy_checks(step)}
    if not wanted:
        return {}
    papers = {
        snapshot.application_id: papers_of(json.loads(snapshot.content))
        for snapshot in Snapshot.objects.filter(application__in=wanted).order_by("number")
    }
    known = copy_checks(key for found in papers.values() for key in found)
    return {key: sum(paper not in known for paper in found) for key, found in papers.items()}
