"""The rules of a plan: its pack with the plan's own name, year, cut-off and dates laid over (R-063).

The platform's plan prevails over the dates of the notice, so everything that judges a person for a plan asks here,
never the pack version directly.
"""

from datetime import date
from typing import Any

from zhiping.kernel.clock import beijing_day
from zhiping.plans.models import Plan, PlanWindow
from zhiping.plans.status import last_day
from zhiping.policies.queries import compiled, pack_of
from zhiping.policy_engine.merge import canonical_text
from zhiping.policy_engine.pack import Pack

DATED = ("opens", "closes", "stated", "after")  # the order of dates was checked when the plan was proposed
Days = tuple[date | None, date | None]


def rules_of(plan: Plan) -> Pack:
    """The compiled rules of the plan; two queries at most, none if windows and pack version are prefetched."""
    pack = pack_of(plan.pack_version)
    days = {window.step: days_of(window) for window in plan.windows.all()}
    if _is_as_printed(pack, plan, days):
        return pack
    key = f"{plan.pack_version.checksum} {plan.name} {plan.year} {plan.cutoff_on} {sorted(days.items(), key=str)}"
    return compiled(key, lambda: _laid_over(pack, plan, days))  # written and compiled only the first time


def days_of(window: PlanWindow) -> Days:
    """First and last day of a window, as a notice would print them."""
    opens = beijing_day(window.opens_at) if window.opens_at else None
    return opens, last_day(window.closes_at) if window.closes_at else None


def windows_in(pack: Pack) -> list[dict[str, Any]]:
    return list(pack.data.get("windows") or ())


def _is_as_printed(pack: Pack, plan: Plan, days: dict[str, Days]) -> bool:
    printed = {each["id"]: (each.get("opens"), each.get("closes")) for each in windows_in(pack)}
    return printed == days and (plan.name, plan.year, plan.cutoff_on) == (
        pack.name,
        pack.data["plan"]["year"],
        pack.cutoff,
    )


def _laid_over(pack: Pack, plan: Plan, days: dict[str, Days]) -> str:
    data = {key: each for key, each in pack.data.items() if key != "extends"}
    data["name"] = plan.name
    data["plan"] = {**data["plan"], "year": plan.year}
    if plan.cutoff_on:
        data["plan"]["cutoff"] = {**data["plan"]["cutoff"], "day": plan.cutoff_on}
    if (
        plan.year != pack.data["plan"]["year"]
    ):  # last year's notice was issued last year; only its date is dropped
        data["notice"] = {key: each for key, each in data["notice"].items() if key != "issued_on"}
    data["windows"] = [_with_days(each, days.get(each["id"])) for each in windows_in(pack)]
    return canonical_text(data)


def _with_days(window: dict[str, Any], days: Days | None) -> dict[str, Any]:
    if days is None:
        return window
    kept = {key: each for key, each in window.items() if key not in DATED}
    opens, closes = days
    if closes is None:
        kept["stated"] = False
    return kept | {key: day for key, day in (("opens", opens), ("closes", closes)) if day}
