"""Fill a fresh database for the page benches: one employer, one county, one office and their applications.

Run by pages.py with the settings of the demo: `python -m benchmarks.world 10000 out.json`. A few cases are made through
the operations, one for each state; the rest are copies of them, row by row, in bulk. The file written says who is
signed in with which session and which addresses to fetch.
"""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests.factories.applications import (  # noqa: E402
    World,
    audited,
    make_ready_draft,
    make_world,
    publicise,
    reason,
    step_of,
    submitted,
)
from tests.factories.copies import Case  # noqa: E402
from tests.factories.people import applicant_actor, sign_in  # noqa: E402
from zhiping.applications.models import (  # noqa: E402
    Application,
    Section,
    Step,
)
from zhiping.applications.operations import forward_case, pass_step, return_case  # noqa: E402
from zhiping.kernel import clock  # noqa: E402
from zhiping.kernel.actor import Actor  # noqa: E402
from zhiping.kernel.clock import end_of  # noqa: E402
from zhiping.notices.tasks import close_due  # noqa: E402
from zhiping.organisations.models import Organisation  # noqa: E402
from zhiping.organisations.states import OrganisationKind  # noqa: E402

SPARE = 80  # drafts that are attached to and submitted while the clock runs
BATCH = 500
QUIET = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT")


def fill(number: int) -> dict[str, Any]:
    """A world with `number` applications of which each desk has its share."""
    now = clock.now()
    world = make_world(now)
    templates = list(_templates(now, world))
    share = [0.4, 0.2, 0.2, 0.1, 0.1]  # employer, county, office, returned, drafts
    for case, part in zip(templates, share, strict=True):
        left = max(round(number * part) - 1, 0)
        while left > 0:
            case.copy(min(left, BATCH))
            left -= BATCH
    return _entrances(clock.now(), world)


def _templates(now: datetime, world: World) -> Iterator[Case]:
    """One case for each state, made through the operations; the clock then stands after the publicity."""
    up = [audited(now, world, name) for name in ("申报人乙", "申报人丙")]
    later = end_of(publicise(now, world).ends_on) + timedelta(hours=9)
    close_due(later)
    clock.set_demo_time(later)
    for each in up:
        step = step_of(each)
        forward_case(
            step=step, opinion="公示无异议，同意推荐", version=step.version, actor=world.clerk, now=later
        )
    step = step_of(up[1])
    pass_step(step=step, opinion="同意", version=step.version, actor=world.county_officer, now=later)
    waiting, returned = (submitted(later, world, name) for name in ("申报人甲", "申报人戊"))
    step = step_of(returned)
    return_case(step=step, reasons=[reason()], version=step.version, actor=world.clerk, now=later)
    draft = make_ready_draft(later, world, "申报人丁")
    yield from (Case.of(each.person) for each in (waiting, *up, returned, draft))


def _entrances(now: datetime, world: World) -> dict[str, Any]:
    """Sessions and addresses. The employer becomes a public institution: its people must hand in a PDF more."""
    staff = {
        "employer": _session(world.clerk),
        "authority": _session(world.county_officer),
        "committee": _session(world.officer),
    }
    desks = {"employer": world.employer, "authority": world.county, "committee": world.office}
    cases = {name: _some_cases(body) for name, body in desks.items()}
    queries = _queries(staff, cases, make_ready_draft(now, world))
    Organisation.objects.filter(pk=world.employer.pk).update(kind=OrganisationKind.PUBLIC_INSTITUTION)
    drafts = []
    for n in range(SPARE):
        draft = make_ready_draft(now, world, f"申报人{n}")
        versions = {row.key: row.version for row in Section.objects.filter(application=draft)}
        session = _session(applicant_actor(draft.person))
        drafts.append({"key": draft.pk, "session": session, "versions": versions})
    return {"staff": staff, "cases": cases, "drafts": drafts, "plan": world.plan.slug, "queries": queries}


def _some_cases(body: Organisation) -> list[int]:
    """Cases on the body's desk, evenly taken from all of them."""
    keys = list(
        Step.objects.filter(organisation=body, state="open")
        .order_by("pk")
        .values_list("application_id", flat=True)
    )
    return keys[:: max(len(keys) // 20, 1)][:20]


def _queries(staff: dict[str, str], cases: dict[str, list[int]], draft: Application) -> dict[str, int]:
    """How many statements each page takes, savepoints not counted."""
    labels = {"employer": "用人单位", "authority": "人社部门", "committee": "评委会办公室"}
    found = {}
    for role, label in labels.items():
        client = _browser(staff[role])
        found[f"{label} 列表"] = _counted(client, f"/{role}/applications/")
        found[f"{label} 案件"] = _counted(client, f"/{role}/applications/{cases[role][0]}/")
    client = _browser(_session(applicant_actor(draft.person)))
    found["提交"] = _counted(
        client, f"/applicant/applications/{draft.pk}/check/", {"token": "counted", "confirmed": "1"}
    )
    return found


def _counted(client: Client, path: str, posted: dict[str, str] | None = None) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path) if posted is None else client.post(path, posted)
    if answer.status_code != (200 if posted is None else 302):
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return sum(not each["sql"].startswith(QUIET) for each in asked.captured_queries)


def _browser(session: str) -> Client:
    client = Client()
    client.cookies["sessionid"] = session
    return client


def _session(actor: Actor) -> str:
    client = Client()
    sign_in(client, actor)
    return client.cookies["sessionid"].value


def main() -> None:
    out = Path(sys.argv[2])
    out.write_text(json.dumps(fill(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
