"""The notice behind a plan as sections of plain sentences with their sources. Nothing is added to what it says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhiping.policy_engine import Pack
from zhiping.policy_engine.demands import value_of

HOW = {"upload": "上传", "archive": "从业绩档案提取", "form": "在平台填写", "paper": "纸质报送"}
BODIES = {
    "applicant": "申报人", "employer": "用人单位", "acceptance_point": "受理点", "industry_authority": "行业主管部门",
    "hr_authority": "人力社保部门", "provincial_authority": "省级主管部门", "personnel_agency": "人事代理机构",
    "lower_committee": "下级评委会", "committee": "评委会", "committee_office": "评委会办公室", "collector": "收件单位",
    "platform": "平台",
}  # fmt: skip
PHASES = {"unit": "单位公示", "before_review": "评前公示", "results": "评后公示", "filing": "备案前公示"}
CONTACT_ROLES = {
    "enquiries": "咨询",
    "paper": "纸质材料",
    "material_submission": "材料报送",
    "paper_and_enquiries": "纸质材料和咨询",
    "help": "系统帮助",
}
UNSTATED_FEE = "金额没有随通知提供"


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence of a section: a name in front, the source behind, smaller lines below."""

    text: str
    name: str = ""
    cite: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice."""

    key: str
    title: str
    items: list[Item] = field(default_factory=list)


def sections_of(pack: Pack) -> list[Section]:
    """Everything but the conditions and the dates, in the order in which people need it; empty parts left out."""
    found = [
        Section("materials", "要交的材料", [_material(pack, each) for each in _list(pack, "materials")]),
        Section("forms", "填报要求", list(_forms(pack))),
        Section("fees", "费用", list(_fees(pack))),
        Section("publicity", "公示", [_publicity(pack, each) for each in _list(pack, "publicity")]),
        Section("results", "结果、备案和责任", list(_results(pack))),
        Section("remarks", "通知的其他内容", [_said(pack, each) for each in _list(pack, "remarks")]),
    ]
    return [section for section in found if section.items]


def chains_of(pack: Pack) -> list[dict[str, Any]]:
    """Each way through the desks: for whom, and its steps."""
    return [
        {
            "name": chain["name"],
            "when": _condition(pack, f"chains.{chain['id']}"),
            "cite": cited(pack, chain["cite"]),
            "steps": [
                {
                    "name": step["name"],
                    "bodies": "、".join(holder["body"] for holder in step["holders"]),
                    "all": step.get("needs") == "all" and len(step["holders"]) > 1,
                    "when": _condition(pack, f"chains.{chain['id']}.{step['id']}"),
                    "is_optional": bool(step.get("optional")),
                }
                for step in chain["steps"]
            ],
        }
        for chain in _list(pack, "chains")
    ]


def contacts_of(pack: Pack) -> list[dict[str, Any]]:
    """Whom to ask, by office."""
    return [
        {
            "role": each.get("subject") or CONTACT_ROLES.get(each["role"], "联系"),
            "organisation": each.get("organisation") or "",
            "phones": "、".join(each.get("phones") or ()),
            "address": each.get("address") or "",
            "cite": cited(pack, each["cite"]),
        }
        for each in _list(pack, "contacts")
    ]


def documents_of(pack: Pack) -> list[dict[str, Any]]:
    """The documents the rules rest on, with those that were not supplied marked (R-073, R-074)."""
    return [
        {"title": each["title"], "number": each.get("number") or "文号未提供", "supplied": each["supplied"]}
        for each in pack.data["documents"].values()
    ]


def notice_of(pack: Pack) -> list[tuple[str, str]]:
    """The notice itself as pairs of label and value (R-076)."""
    notice = pack.data["notice"]
    issued = notice.get("issued_on")
    return [
        ("通知", notice.get("title") or "标题没有提供"),
        ("文号", notice.get("number") or "没有提供"),
        ("发文单位", "、".join(notice.get("issuers") or ()) or "没有提供"),
        ("发文日期", f"{issued.year} 年 {issued.month} 月 {issued.day} 日" if issued else "没有提供"),
    ]


def cited(pack: Pack, raw: Any) -> str:
    """A citation in words: number of the document and article."""
    if not raw:
        return ""
    key, article = ("main", raw) if isinstance(raw, str) else (raw["document"], raw.get("article") or "")
    document = pack.data["documents"].get(key) or {}
    return f"{document.get('number') or document.get('title') or ''} {article}".strip()


def pathway_names(pack: Pack, ids: Iterable[str]) -> str:
    names = {pathway.id: pathway.name for pathway in pack.pathways}
    return "、".join(names.get(each, each) for each in ids)


def _material(pack: Pack, raw: Mapping[str, Any]) -> Item:
    lines = [
        _condition(pack, f"materials.{raw['id']}", "适用："),
        f"申报方式：{pathway_names(pack, raw['pathways'])}" if raw.get("pathways") else "",
        f"职称：{title_names(pack, raw['titles'])}" if raw.get("titles") else "",
        f"{raw['copies']} 份" if raw.get("copies") else "",
        f"可用其中之一代替：{'、'.join(raw['any_of'])}" if raw.get("any_of") else "",
        f"已有数据时不用交：{raw['automatic']}" if raw.get("automatic") else "",
        "有则提供" if raw.get("required") is False else "",
        raw.get("note") or "",
    ]
    how = HOW[raw["how"]] + (f"（{'、'.join(raw['format']).upper()}）" if raw.get("format") else "")
    return Item(
        raw.get("text") or "", f"{raw['name']} · {how}", cited(pack, raw["cite"]), tuple(filter(None, lines))
    )


def title_names(pack: Pack, wanted: Iterable[str]) -> str:
    names = {each["id"]: each["name"] for each in pack.titles}
    return "、".join(names.get(each, each) for each in wanted)


def _forms(pack: Pack) -> Iterable[Item]:
    form = pack.data.get("review_form")
    if form:
        copies = value_of(pack, form.get("copies"))
        facts = [
            f"一式 {copies} 份" if copies else "份数没有印出",
            form.get("size") or "",
            "双面打印" if form.get("double_sided") else "",
            f"水印：{form['watermark']}" if form.get("watermark") else "",
        ]
        lines = ("，".join(filter(None, facts)), f"报送到：{form['to']}" if form.get("to") else "")
        yield Item(
            form.get("text") or "", form["name"], cited(pack, form["cite"]), tuple(filter(None, lines))
        )
    for key, name in (
        ("photo", "证件照"),
        ("copies", "复印件核对"),
        ("self_report", "本人述职"),
        ("continuing_education", "继续教育"),
        ("achievements", "业绩的时间和专业"),
        ("posts", "事业单位岗位"),
    ):
        if pack.data.get(key):
            yield _said(pack, pack.data[key], name)


def _fees(pack: Pack) -> Iterable[Item]:
    for raw in _list(pack, "fees"):
        amount = f"{raw['amount']:g} 元" if raw.get("amount") is not None else UNSTATED_FEE
        lines = [
            _condition(pack, f"fees.{raw['id']}", "适用："),
            f"职称：{title_names(pack, raw['titles'])}" if raw.get("titles") else "",
            f"收费依据：{raw['basis']}" if raw.get("basis") else "",
        ]
        yield Item(amount, raw["name"], cited(pack, raw["cite"]), tuple(filter(None, lines)))
    rule = pack.data.get("fee_rule")
    if rule and (rule.get("text") or rule.get("unpaid")):
        yield Item(rule.get("text") or f"不缴费的，{rule['unpaid']}。", "怎么缴", cited(pack, rule["cite"]))


def _publicity(pack: Pack, raw: Mapping[str, Any]) -> Item:
    text = raw.get("text") or f"公示不少于 {raw['min_working_days']} 个工作日。"
    lines = (f"由{BODIES[raw['by']]}公示", f"内容：{raw['content']}" if raw.get("content") else "")
    return Item(text, PHASES[raw["phase"]], cited(pack, raw["cite"]), tuple(filter(None, lines)))


def _results(pack: Pack) -> Iterable[Item]:
    if pack.data.get("results"):
        yield _said(pack, pack.data["results"], "发文和证书")
    for raw in _list(pack, "filings"):
        yield _said(pack, raw, raw["name"])
    for raw in _list(pack, "refusals"):
        yield _said(pack, raw, f"{raw['title']}不在本计划评审")
    for raw in _list(pack, "sanctions"):
        yield _said(pack, raw, "责任")


def _said(pack: Pack, raw: Mapping[str, Any], name: str = "") -> Item:
    lines = (raw["note"],) if raw.get("note") else ()
    return Item(raw["text"], name, cited(pack, raw["cite"]), lines)


def _condition(pack: Pack, name: str, before: str = "") -> str:
    node = pack.conditions.get(name)
    return f"{before}{node.requires()}" if node is not None else ""


def _list(pack: Pack, key: str) -> list[dict[str, Any]]:
    return list(pack.data.get(key) or ())
