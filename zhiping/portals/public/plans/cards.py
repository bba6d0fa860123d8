"""Plans as cards and their windows as a timeline."""

from dataclasses import dataclass
from datetime import datetime

from zhiping.kernel.clock import beijing_day
from zhiping.kernel.errors import Refused
from zhiping.kernel.working_days import WorkingCalendar
from zhiping.plans.models import Plan, PlanWindow
from zhiping.plans.points import counts_first_day, publicity_steps
from zhiping.plans.queries import status
from zhiping.plans.rollover import latest_start
from zhiping.plans.rules import days_of
from zhiping.plans.status import Phase, Status
from zhiping.policy_engine import Pack
from zhiping.web.templatetags.zhiping import day

GROUPS = {Phase.OPEN: "open", Phase.CLOSING: "open", Phase.SOON: "soon", Phase.UNDATED: "soon"}


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a plan."""

    plan: Plan
    status: Status
    word: str
    detail: str
    clock_label: str
    clock_value: str
    clock_until: str

    @property
    def soon(self) -> str:
        return "yes" if self.status.phase is Phase.CLOSING else "no"

    @property
    def is_open(self) -> bool:
        return self.status.is_open


@dataclass(frozen=True, slots=True)
class Moment:
    """One window of the timeline."""

    name: str
    state: str
    span: str
    left: str = ""
    advice: str = ""


def card_of(plan: Plan, now: datetime) -> Card:
    """The card of a plan whose rows are fetched."""
    found = status(plan, now)
    detail = " · ".join(filter(None, [plan.office.name.removesuffix("办公室"), plan.region.name, plan.title]))
    return Card(plan, found, found.phase.word, detail, *_clock(found))


def by_phase(cards: list[Card]) -> dict[str, list[Card]]:
    """Cards sorted into open, soon and closed; what ends or begins first comes first."""
    groups: dict[str, list[Card]] = {"open": [], "soon": [], "closed": []}
    for card in cards:
        groups[GROUPS.get(card.status.phase, "closed")].append(card)
    for name in ("open", "soon"):
        groups[name].sort(key=lambda card: (card.status.moment is None, card.status.moment))
    return groups


def windows_of(plan: Plan, rules: Pack, now: datetime, calendar: WorkingCalendar) -> list[Moment]:
    """The windows in order, with what remains and the latest day on which the employer must post (R-303)."""
    publicity, counts = publicity_steps(rules), counts_first_day(rules)
    return [
        Moment(
            window.name,
            _state(window, now),
            _span(window),
            _left(window, now),
            _advice(window, publicity.get(window.step), calendar, counts),
        )
        for window in plan.windows.all()
    ]


def _clock(found: Status) -> tuple[str, str, str]:
    if found.is_open:
        value = f"还剩 {found.days} 天" if found.days else "今天截止"
        return "个人申报截止", value, f"{day(found.last_day)}24:00"
    if found.phase is Phase.SOON:
        return "距开始", f"还有 {found.days} 天", day(found.last_day)
    if found.phase not in GROUPS and found.phase is not Phase.SUSPENDED and found.moment:
        return "个人申报", "已截止", f"{day(found.last_day)}24:00"
    return "个人申报", found.phase.word, ""


def _state(window: PlanWindow, now: datetime) -> str:
    if window.closes_at and window.closes_at <= now and not window.is_indicative:
        return "done"
    begun = window.opens_at is None or window.opens_at <= now
    return "now" if begun and window.closes_at and window.who == "applicant" else "later"


def _span(window: PlanWindow) -> str:
    opens, closes = days_of(window)
    if window.is_indicative:
        months = [f"{each.year} 年 {each.month} 月" for each in (opens, closes) if each]
        return "至".join(dict.fromkeys(months)) + "（通知只印了月份，以平台公布的日期为准）"
    if closes is None:
        return f"{day(opens)}开始，截止时间通知没有印出" if opens else "通知没有印出时间"
    until = f"{day(closes)}24:00 截止" if not window.is_paper else f"{day(closes)}截止"
    return f"{day(opens)}至 {until}" if opens else until


def _left(window: PlanWindow, now: datetime) -> str:
    closes = days_of(window)[1]
    if closes is None or window.is_indicative or not window.closes_at or window.closes_at <= now:
        return ""
    left = (closes - beijing_day(now)).days
    return f"还剩 {left} 天" if left else "今天截止"


def _advice(window: PlanWindow, days: int | None, calendar: WorkingCalendar, counts: bool) -> str:
    closes = days_of(window)[1]
    if not days or closes is None or window.is_indicative:
        return ""
    try:
        last = latest_start(closes, days, calendar, counts_first_day=counts)
    except Refused as refusal:
        return refusal.sentence
    return f"要留足 {days} 个工作日公示，单位最晚 {day(last)}张贴。"
