"""Template tags and filters that every page may use."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest

from zhiping.fees import amount
from zhiping.kernel import clock
from zhiping.privacy.masks import mask_id_number
from zhiping.web import explanations, tags
from zhiping.web.components import compile_component, compile_slot

register = template.Library()
register.tag("component", compile_component)
register.tag("slot", compile_slot)
WEEKDAYS = "一二三四五六日"
UNKNOWN = "—"


@register.filter
def day(value: date | datetime | None) -> str:
    """2026 年 12 月 10 日（周四）, in Beijing."""
    if value is None:
        return UNKNOWN
    on = clock.beijing_day(value) if isinstance(value, datetime) else value
    return f"{on.year} 年 {on.month} 月 {on.day} 日（周{WEEKDAYS[on.weekday()]}）"


@register.filter
def yuan(fen: int) -> str:
    """260.00: an amount that is kept in fen."""
    return amount.yuan(fen)


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-24 09:12, in Beijing: for logs and histories."""
    return UNKNOWN if value is None else f"{value.astimezone(clock.BEIJING):%Y-%m-%d %H:%M}"


@register.filter
def deadline(value: datetime | None) -> str:
    """2026 年 12 月 10 日（周四）24:00: midnight belongs to the day that ends (C-39)."""
    if value is None:
        return UNKNOWN
    local = value.astimezone(clock.BEIJING)
    if (local.hour, local.minute) == (0, 0):
        return f"{day(local.date() - timedelta(days=1))}24:00"
    return f"{day(local)}{local:%H:%M}"


@register.filter
def left(value: datetime | None, now: datetime) -> str:
    """What remains until the moment: 还剩 8 天, 还剩 3 小时, 超期 1 天."""
    if value is None:
        return ""
    gap = value - now
    if gap < timedelta(0):
        return f"超期 {max(-gap.days - 1, 0) or 1} 天" if gap <= timedelta(days=-1) else "刚刚超期"
    if gap >= timedelta(days=1):
        return f"还剩 {gap.days} 天"
    return f"还剩 {gap.seconds // 3600} 小时" if gap >= timedelta(hours=1) else "还剩不到 1 小时"


@register.filter
def tag_class(label: str, family: str = "auto") -> str:
    """CSS class of a status tag."""
    chosen = tags.family_of(label) if family == "auto" else family
    return "" if chosen == "neutral" else f"t-{chosen}"


@register.filter
def percent(value: float, most: float) -> str:
    """`value` as a part of `most` in hundredths, for drawing; never below 0 or above 100."""
    return f"{min(max(float(value) / float(most), 0), 1) * 100:.1f}" if most else "0.0"


@register.filter
def size(value: int) -> str:
    """A file's size: 86 KB, 1.1 MB."""
    return f"{value / 1024**2:.1f} MB" if value >= 1024**2 else f"{max(round(value / 1024), 1)} KB"


@register.filter
def sentence(text: str) -> str:
    """What a person typed, as one sentence: a full stop at its end, never two."""
    words = text.rstrip().rstrip("。；;，,.")
    return words if words.endswith(("？", "！", "?", "!")) or not words else f"{words}。"


@register.filter
def page_url(request: HttpRequest, number: int) -> str:
    """The address of another page of the list, with the filters kept."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def points(value: float | None) -> str:
    """Points without needless zeros: 72, 4.5."""
    return UNKNOWN if value is None else f"{float(value):g}"


register.filter("tree_of", explanations.tree_of)
register.filter("verdict_tag", explanations.verdict_tag)
register.filter("score_rows", explanations.rows_of)
register.filter("score_lost", explanations.lost_in)


@register.filter
def words(text: str) -> list[str]:
    """Words parted by spaces, e.g. the column names of a table written in a template."""
    return text.split()


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key that is only known on the page; empty if nothing."""
    return mapping.get(key, "")


register.filter("score_readings", explanations.readings_that_matter)
register.filter("masked_number", mask_id_number)
