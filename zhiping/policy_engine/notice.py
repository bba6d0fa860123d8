"""Checks of the parts of a notice that are not conditions of eligibility: dates, chain, who-for, numbers."""

import re
from typing import Any

from .outcomes import MET, Context
from .yamltext import Map

REFERRING = ("windows", "materials", "fees", "chains")
CITED = (
    "titles",
    "windows",
    "publicity",
    "materials",
    "fees",
    "contacts",
    "sanctions",
    "filings",
    "remarks",
    "downloads",
    "refusals",
    "chains",
)


def check_notice(data: Any, scope: Any, conditions: Any) -> None:
    """Check dates, references and values; compile the `when` of windows, chains, steps, materials and fees."""
    _check_parameters(data, scope)
    _check_windows(data, scope)
    for section in REFERRING:
        for item in data.get(section) or ():
            scope.check_meta(item)
            _compile_when(item, f"{section}.{item.get('id')}", scope, conditions)
    windows = {each.get("id") for each in scope.windows}
    for chain in data.get("chains") or ():
        if not chain.get("steps"):
            scope.complaints.add(chain, "审核链没有任何步骤", "在 steps 里逐级写出", key="steps")
        for step in chain.get("steps") or ():
            _compile_when(step, f"chains.{chain.get('id')}.{step.get('id')}", scope, conditions)
            if not step.get("holders"):
                scope.complaints.add(
                    step, "这一步没有写由谁办理", "写 holders: [{role: …, body: …}]", key="holders"
                )
            if step.get("window") is not None and step["window"] not in windows:
                scope.complaints.add(
                    step, f"没有窗口“{step['window']}”", "现有：" + "、".join(map(str, windows)), key="window"
                )
            scope.citation(step.get("cite"), step)
    for section in CITED:
        for item in data.get(section) or ():
            scope.citation(item.get("cite"), item)
    for section in (
        "review_form",
        "photo",
        "copies",
        "self_report",
        "posts",
        "continuing_education",
        "achievements",
        "results",
        "fee_rule",
    ):
        if isinstance(data.get(section), Map):
            scope.citation(data[section].get("cite"), data[section])
    scope.citation(data["plan"]["cutoff"].get("cite"), data["plan"]["cutoff"])


def _compile_when(item: Any, name: Any, scope: Any, conditions: Any) -> None:
    if item.get("when") is not None:
        conditions[name] = scope.condition(item["when"], item, "when")


def _check_windows(data: Any, scope: Any) -> None:
    windows = {each.get("id"): each for each in scope.windows}
    for each in scope.windows:
        opens, closes = each.get("opens"), each.get("closes")
        if opens and closes and closes < opens:
            changed = "opens" if each.files.get("opens") and not each.files.get("closes") else "closes"
            scope.complaints.add(each, f"截止日 {closes} 早于开始日 {opens}", "改正日期", key=changed)
        if closes is None and each.get("stated") is not False:
            scope.complaints.add(
                each, "没有截止日", "写 closes；通知没有印出的，写 stated: false", key="closes"
            )
        if each.get("after") is None:
            continue
        earlier = windows.get(each["after"])
        if earlier is None:
            scope.complaints.add(
                each,
                f"after 指向的窗口“{each['after']}”不存在",
                "现有：" + "、".join(map(str, windows)),
                key="after",
            )
        elif closes and earlier.get("closes") and closes < earlier["closes"]:
            scope.complaints.add(
                each,
                f"截止日 {closes} 早于前一步“{earlier.get('name')}”的 {earlier['closes']}",
                "后一步不能先截止；改正日期",
                key="closes",
            )
    issued = data["notice"].get("issued_on")
    for each in scope.windows:
        if issued and each.get("closes") and each["closes"] < issued:
            scope.complaints.add(
                each, f"截止日 {each['closes']} 早于发文日 {issued}", "改正日期", key="closes"
            )


def _check_parameters(data: Any, scope: Any) -> None:
    for name, raw in (data.get("parameters") or {}).items():
        if not isinstance(raw, Map):
            continue
        value, others, document = raw.get("value"), raw.get("alternatives") or [], raw.get("not_supplied")
        if document is not None and document not in scope.documents:
            scope.complaints.add(
                raw, f"documents 里没有“{document}”", "先在 documents 里写出它", key="not_supplied"
            )
        if value is None and document is None:
            scope.complaints.add(
                raw,
                f"参数“{name}”没有值",
                "写 value；写在未提供的文件里的，写 not_supplied: 文件",
                key="question",
            )
        if value in others:
            scope.complaints.add(
                raw, f"“{value}”既是默认值又是另一读法", "从 alternatives 里删去", key="alternatives"
            )
        if raw.get("cite") is not None:
            scope.citation(raw["cite"], raw)
        for key in ("reading",):
            if raw.get(key) and not re.fullmatch(r"C-\d{2,3}", raw[key]):
                scope.complaints.add(raw, f"reading“{raw[key]}”写法不对", "写目录编号，如 C-41", key=key)


def applies(pack: Any, name: Any, ctx: Context) -> Any:
    """State of the `when` of a window, chain, step, material or fee, by its name in `pack.conditions`; met without one."""
    node = pack.conditions.get(name)
    return MET if node is None else node.run(ctx)[0]
