"""Pack versions and plans from the engine's example pack, with nothing hidden."""

from datetime import date, datetime
from functools import cache
from itertools import count
from pathlib import Path

from tests.factories.people import LONG_AGO, make_organisation, make_region
from zhiping.kernel.clock import end_of, start_of
from zhiping.organisations.models import Organisation
from zhiping.organisations.states import OrganisationKind
from zhiping.plans.models import Plan, PlanTitle, PlanWindow
from zhiping.plans.points import highest_level, spans_of, title_rows, title_words
from zhiping.plans.states import PlanState
from zhiping.policies.models import PackVersion
from zhiping.policies.queries import compiled
from zhiping.policies.readable import readable
from zhiping.policies.states import PackState
from zhiping.policy_engine.pack import load_pack

EXAMPLE = Path(__file__).resolve().parents[1] / "policy_engine" / "good" / "example-2020-crafts-intermediate"
_numbers = count(1)


@cache
def example_text() -> str:
    """The example pack as one text."""
    return readable(load_pack(EXAMPLE).data)


def make_pack_version(
    text: str = "", *, slug: str = "", state: str = PackState.PUBLISHED, **fields
) -> PackVersion:
    """A version of the example pack (or of `text`); its slug is unique unless given."""
    slug = slug or f"example-2020-crafts-{next(_numbers)}"
    text = (text or example_text()).replace("example-2020-crafts-intermediate", slug)
    pack = compiled(text, text)
    number = PackVersion.objects.filter(slug=slug).count() + 1
    values = {"created_at": LONG_AGO, "published_at": LONG_AGO, **fields}
    return PackVersion.objects.create(
        slug=slug, number=number, name=pack.name, text=text, checksum=pack.checksum, state=state, **values
    )


def make_office(name: str = "", **fields) -> Organisation:
    """A committee's office in the city 330100."""
    values = {"kind": OrganisationKind.COMMITTEE_OFFICE, "region": "330100", **fields}
    return make_organisation(name or f"示例评委会办公室{next(_numbers)}", **values)


def make_plan(
    *,
    office: Organisation | None = None,
    version: PackVersion | None = None,
    state: str = PlanState.OPEN,
    days: dict[str, tuple[date | None, date | None]] | None = None,
    **fields,
) -> Plan:
    """A plan with the titles of its pack and the windows as printed, or as `days` (first and last) says."""
    version = version or make_pack_version()
    pack = compiled(version.checksum, version.text)
    number = next(_numbers)
    values = {
        "slug": f"example-{number}",
        "name": pack.name,
        "year": pack.data["plan"]["year"],
        "series": pack.data["plan"]["series"],
        "title": title_words(pack),
        "level": highest_level(pack),
        "cutoff_on": pack.cutoff,
        "created_at": LONG_AGO,
        "published_at": LONG_AGO,
        **fields,
    }
    plan = Plan.objects.create(
        state=state,
        office=office or make_office(),
        region=fields.pop("region", None) or make_region("330100", "示例市"),
        pack_version=version,
        **{key: value for key, value in values.items() if key != "region"},
    )
    PlanTitle.objects.bulk_create(PlanTitle(plan=plan, **row) for row in title_rows(pack))
    for position, span in enumerate(spans_of(pack)):
        opens, closes = (days or {}).get(span.step, (span.opens, span.closes))
        PlanWindow.objects.create(
            plan=plan,
            step=span.step,
            name=span.name,
            who=span.who,
            opens_at=start_of(opens) if opens else None,
            closes_at=end_of(closes) if closes else None,
            is_indicative=span.is_indicative,
            position=position,
        )
    return plan


def open_around(now: datetime, **fields) -> Plan:
    """A plan into which one may apply at `now`, closing in ten days."""
    from datetime import timedelta

    today = now.date()
    days = {
        "applicant": (today - timedelta(days=10), today + timedelta(days=10)),
        "unit": (today - timedelta(days=10), today + timedelta(days=24)),
    }
    return make_plan(days=days, **fields)
