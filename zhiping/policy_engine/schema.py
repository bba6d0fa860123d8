"""Check data against a shape: a shape is a dict of key → spec, a trailing `!` on a key means it must be there.

A spec is the name of a scalar (`text`, `integer`, …), a tuple of allowed words, a one-item list (list of), a
dict (nested shape), or a function `(value, where, key, complaints)` for what only the caller understands.
"""

import datetime as dt
import difflib
import re
from collections.abc import Callable
from typing import Any

from .problems import Complaints
from .yamltext import Map

SCALARS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda v: isinstance(v, str) and v.strip() != "", "一段文字（数字、日期请加引号）"),
    "integer": (lambda v: isinstance(v, int) and not isinstance(v, bool), "一个整数"),
    "number": (lambda v: isinstance(v, int | float) and not isinstance(v, bool), "一个数"),
    "boolean": (lambda v: isinstance(v, bool), "true 或 false"),
    "date": (lambda v: isinstance(v, dt.date) and not isinstance(v, dt.datetime), "日期，如 2021-12-31"),
    "id": (
        lambda v: isinstance(v, str) and re.fullmatch(r"[a-z][a-z0-9_.\-]*", v) is not None,
        "小写字母开头的标识，如 skilled.years",
    ),
    "phone": (
        lambda v: isinstance(v, str) and re.fullmatch(r"[0-9][0-9\-转 ]{2,24}", v) is not None,
        '加引号的办公电话，如 "0571-00000000"',
    ),
    "anything": (lambda v: v is not None, "一个值"),
    "scalar": (lambda v: isinstance(v, str | int | float | bool | dt.date), "一个简单的值"),
}


def check(data: Any, shape: Any, complaints: Complaints, what: Any) -> Any:
    """Complain about every key of `data` that `shape` does not allow; `what` names the thing in Chinese."""
    if not isinstance(data, Map):
        return complaints.add(data, f"{what}应是“键: 值”的形式", "按手册写出各键")
    allowed = {key.rstrip("!"): spec for key, spec in shape.items()}
    for key, value in data.items():
        if key not in allowed:
            complaints.add(data, f"{what}里不认识的键“{key}”", _nearest(key, allowed), key=key)
        elif value is not None:
            check_value(value, allowed[key], data, key, complaints)
    for key in shape:
        if key.endswith("!") and data.get(key[:-1]) is None:
            complaints.add(data, f"{what}缺少“{key[:-1]}”", _REMEDIES.get(key[:-1], f"补上 {key[:-1]}:"))
    return None


_REMEDIES = {
    "cite": "每一条都要注明出处：cite: 条款，或 cite: {document: 文件, article: 条款}",
    "holders": "写明由谁办理：holders: [{role: employer, body: 用人单位}]",
}


def check_value(value: Any, spec: Any, where: Any, key: Any, complaints: Complaints) -> None:
    """Check one value of `where[key]` against a spec."""
    if callable(spec):
        spec(value, where, key, complaints)
    elif isinstance(spec, str):
        test, said = SCALARS[spec]
        if not test(value):
            complaints.add(where, f"“{key}”的值不对：{_shown(value)}", f"应为{said}", key=key)
    elif isinstance(spec, tuple):
        if value not in spec:
            complaints.add(
                where,
                f"“{key}”的值“{_shown(value)}”不在允许的范围",
                "可用：" + "、".join(map(str, spec)),
                key=key,
            )
    elif isinstance(spec, list):
        _check_list(value, spec[0], where, key, complaints)
    else:
        if not isinstance(value, Map):
            complaints.add(
                where,
                f"“{key}”应是“键: 值”的形式",
                "可用的键：" + "、".join(k.rstrip("!") for k in spec),
                key=key,
            )
            return
        check(value, spec, complaints, f"“{key}”")


def _check_list(value: Any, spec: Any, where: Any, key: Any, complaints: Complaints) -> None:
    if not isinstance(value, list):
        complaints.add(where, f"“{key}”应是一个列表", f"写作 {key}: […]", key=key)
        return
    seen: dict[str, int] = {}
    for index, item in enumerate(value):
        if isinstance(spec, dict) and isinstance(item, Map):
            check(item, spec, complaints, f"“{key}”第 {index + 1} 项")
        else:
            check_value(item, spec, value, index, complaints)
        name = item.get("id") if isinstance(item, Map) else None
        if isinstance(name, str):
            if name in seen:
                complaints.add(item, f"“{key}”里 id “{name}”重复，前一处在第 {seen[name]} 行", "换一个 id")
            seen.setdefault(name, item.line)


def mapping_of(spec: Any) -> Any:
    """A spec for a mapping with free keys whose values all follow `spec`."""

    def each(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
        if not isinstance(value, Map):
            complaints.add(where, f"“{key}”应是“名: 值”的形式", "按手册写出", key=key)
            return
        for name in value:
            if value[name] is not None:
                check_value(value[name], spec, value, name, complaints)

    return each


def one_of(*specs: Any) -> Any:
    """A spec for a value that may follow any of several specs (told apart by trying)."""

    def either(value: Any, where: Any, key: Any, complaints: Complaints) -> None:
        best = None
        for spec in specs:
            tried = type(complaints)()
            check_value(value, spec, where, key, tried)
            if not tried:
                return
            best = tried if best is None or len(tried) < len(best) else best
        complaints.extend(best or ())

    return either


def _nearest(key: Any, allowed: Any) -> Any:
    close = difflib.get_close_matches(str(key), allowed, n=1)
    return (f"是不是 {close[0]}？" if close else "") + "可用的键：" + "、".join(allowed)


def _shown(value: Any) -> Any:
    text = str(value)
    return text if len(text) <= 40 else text[:40] + "…"
