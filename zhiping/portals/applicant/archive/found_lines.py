"""What the pages of the registers say in words. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhiping.achievements.models import Fetch, FoundRecord, ItemVersion
from zhiping.achievements.record import label_of, shown_value
from zhiping.achievements.sources import Source, sources
from zhiping.achievements.states import Outcome
from zhiping.web.templatetags.zhiping import moment

FAMILIES = {
    Outcome.WAITING: "info",
    Outcome.FOUND: "ok",
    Outcome.NOTHING: "neutral",
    Outcome.PARTIAL: "warn",
    Outcome.NAME_DIFFERS: "err",
    Outcome.UNREACHABLE: "warn",
    Outcome.WRONG: "warn",
}


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One register: what came of asking it, in a word and in sentences."""

    label: str
    hint: str
    status: str
    family: str


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One found record; `rows` are (label, found words, typed words, whether they differ)."""

    record: FoundRecord
    source: Source
    label: str
    rows: list[tuple[str, str, str, bool]]
    twin: ItemVersion | None
    hindrance: str

    @property
    def has_conflict(self) -> bool:
        return any(differs for *_, differs in self.rows)


def source_lines(
    names: Iterable[str], asked: Mapping[str, Fetch], found: Iterable[FoundRecord]
) -> list[SourceLine]:
    """A line for each register, asked or not."""
    counts = Counter(each.source for each in found if each.gone_at is None)
    return [_line(sources()[name], asked.get(name), counts[name]) for name in names]


def found_line(record: FoundRecord, twin: ItemVersion | None) -> FoundLine:
    """A record with what the person typed about the same thing."""
    source = sources()[record.source]
    rows = []
    for name, question in source.kind.fields.items():
        mine = shown_value(question, twin.data.get(name)) if twin else ""
        if name in record.data:
            words = shown_value(question, record.data[name])
            rows.append((question.label, words, mine, bool(mine) and words != mine))
    label = label_of(source.kind, record.data)
    return FoundLine(record, source, label, rows, twin, source.hindrance(record.data))


def _line(source: Source, fetch: Fetch | None, count: int) -> SourceLine:
    if fetch is None:
        return SourceLine(source.title, "还没有查过。", "未查", "neutral")
    outcome = Outcome(fetch.outcome)
    return SourceLine(source.title, _hint(source, fetch, outcome, count), outcome.label, FAMILIES[outcome])


def _hint(source: Source, fetch: Fetch, outcome: Outcome, count: int) -> str:
    again = f"系统会在 {moment(fetch.again_at)} 自动再查，" if fetch.again_at else ""
    at = moment(fetch.answered_at) if fetch.answered_at else ""
    own = "已有的内容没有变化。" + again + "也可以稍后自己再查；着急的，自己填写并上传材料。"
    missing = f"{'、'.join(fetch.missing)}这次查不到。" if fetch.missing else ""
    unread = f"另有 {fetch.unread} 条内容不全，没有采用。" if fetch.unread else ""
    return {
        Outcome.WAITING: "已排队，一般几秒钟就有结果。",
        Outcome.FOUND: f"查到 {count} 条，{at}。{source.limits}",
        Outcome.NOTHING: f"没有您的记录，{at}。{source.limits}",
        Outcome.PARTIAL: f"查到 {count} 条，{at}。{missing}{unread}{again or '可以以后再查'}。{source.limits}".replace(
            "，。", "。"
        ),
        Outcome.NAME_DIFFERS: "那里登记的姓名和您的证件号码对不上，没有提取任何内容。请向登记单位更正；在这之前可以自己填写并上传材料。",
        Outcome.UNREACHABLE: f"对方没有应答，{at}。{own}",
        Outcome.WRONG: f"对方答复的内容不可信，没有采用，{at}。{own}",
    }[outcome]
