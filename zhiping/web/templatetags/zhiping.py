"""Template tags and filters that every page may use."""

from datetime import date, datetime

from django import template

from zhiping.kernel import clock

register = template.Library()
WEEKDAYS = "一二三四五六日"


@register.filter
def day(value: date | datetime | None) -> str:
    """12 月 10 日（周四）, in Beijing."""
    if value is None:
        return "—"
    on = clock.beijing_day(value) if isinstance(value, datetime) else value
    return f"{on.year} 年 {on.month} 月 {on.day} 日（周{WEEKDAYS[on.weekday()]}）"
