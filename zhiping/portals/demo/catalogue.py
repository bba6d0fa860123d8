"""The catalogue of components: each in every variant, for whoever builds a page."""

from datetime import datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhiping.kernel.clock import BEIJING
from zhiping.portals.demo.only_in_demo import only_in_demo
from zhiping.web.components import all_declarations
from zhiping.web.forms import PlatformForm
from zhiping.web.pages import Audience, page
from zhiping.web.tags import FAMILIES

STEPS = [
    {"label": "照片与承诺", "url": "#steps", "state": "done"},
    {"label": "填写申报信息", "url": "#steps", "state": "now"},
    {"label": "选业绩与自评分", "url": "#steps", "state": "later"},
    {"label": "核对并提交", "url": "", "state": "later"},
]
FINDINGS = [
    {"kind": "ok", "text": "清晰，方向正确"},
    {"kind": "warn", "text": "没有找到您的姓名，请核对"},
    {"kind": "bad", "text": "页面转了 90 度，认不出文字"},
    {"kind": "ask", "text": "没有认出“核对无误”章，请单位确认"},
]
CHECKS = [
    {
        "is_copy": True,
        "statement": "核对无误",
        "checker_name": "经办人",
        "checked_at": datetime(2026, 3, 5, 9, 30, tzinfo=BEIJING),
        "organisation_name": "示范青瓷厂",
    }
]
CITE = {"words": "浙经信消费〔2022〕35 号 二（一）"}
CLAUSE = {
    "waits_for": None,
    "sentence": "",
    "change": None,
    "cite": CITE,
    "used": [],
    "hint": None,
    "reading": None,
}
HELD = {"label": "最高学历", "shown": "大专", "source": "业绩档案"}
PATHWAY = {
    "name": "正常申报",
    "verdict": "ineligible",
    "words": "",
    "needs_confirmation": True,
    "decided_by": [{"question": "任职年限按周年还是按年度"}],
    "clauses": [
        CLAUSE | {"depth": 0, "status": "met", "text": "在职在岗", "used": [HELD]},
        CLAUSE
        | {"depth": 0, "status": "not_met", "text": "学历和资历，满足其中一条", "sentence": "都不满足"},
        CLAUSE
        | {"depth": 1, "status": "not_met", "text": "大专，任职满 7 年", "change": "再满 12 个月即符合"},
        CLAUSE
        | {"depth": 1, "status": "unknown", "waits_for": "needs_evidence", "text": "本科，任职满 5 年"},
        CLAUSE | {"depth": 0, "status": "unknown", "waits_for": "undetermined", "text": "业绩达到规定条件"},
        CLAUSE | {"depth": 0, "status": "waived", "text": "岗位空缺", "sentence": "本申报方式不要求"},
    ],
}
CLOSED_PATHWAY = PATHWAY | {
    "name": "破格申报",
    "verdict": "not_offered",
    "words": "本计划不开放。",
    "clauses": [],
}
ROW = {
    "id": "awards.gold",
    "text": "省级以上大赛获奖",
    "cite": "附件 2",
    "raw": 13,
    "points": 13,
    "lost": 0,
    "cap": None,
}
CLAIM = {"id": "1", "row": "awards.gold", "state": "counted", "points": 10, "reason": "", "cite": ""}
GROUP = {
    "id": "awards",
    "name": "项目及获奖",
    "raw": 33,
    "points": 30,
    "lost": 3,
    "cap": 30,
    "second_level": [{"id": "a1", "lost": 0, "rows": [ROW]}],
}
SHEET = {
    "total": 72.0,
    "possible": 74.0,
    "maximum": 130,
    "opens": True,
    "first_level": [
        GROUP,
        GROUP | {"id": "none", "name": "授徒传艺", "points": 0, "lost": 0, "second_level": []},
    ],
    "claims": [
        CLAIM,
        CLAIM | {"id": "2", "state": "refused", "points": 0, "reason": "同一作品只计最高的一项"},
    ],
    "readings": [{"question": "同一作品在不同类别获奖能否分别计分", "total": 75.0, "opens": True}],
}
CHIPS = [
    {"label": "全部", "url": "#chips", "count": 32, "is_current": True},
    {"label": "超期", "url": "#chips", "count": 1, "is_current": False},
]
DOCUMENTS = [{"label": "2024 学时卡", "url": "#doc", "is_current": True}]


class SampleForm(PlatformForm):
    """One field of each kind; shown bound and wrong, so that every state is seen."""

    title = forms.CharField(label="论文题目", help_text="与期刊上印的完全一致，包括副标题。")
    published_on = forms.DateField(label="发表日期")
    level = forms.ChoiceField(label="级别", choices=[("p", "省级"), ("n", "国家级")])
    author = forms.ChoiceField(
        label="您的署名", choices=[("1", "第一作者"), ("2", "其他作者")], widget=forms.RadioSelect
    )
    statement = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="我已核对以上内容")


@page(audience=Audience.PUBLIC)
@only_in_demo
def components(request: HttpRequest) -> HttpResponse:
    """Every component, rendered from sample values."""
    values = {
        "declarations": list(all_declarations()),
        "families": FAMILIES,
        "steps": STEPS,
        "findings": FINDINGS,
        "checks": CHECKS,
        "pathways": [PATHWAY, CLOSED_PATHWAY],
        "sheet": SHEET,
        "chips": CHIPS,
        "documents": DOCUMENTS,
        "columns": ["申报人", "单位", "状态"],
        "declared_columns": ["组件", "用途", "属性", "插槽"],
        "list_page": Paginator(range(45), 20).page(2),
        "sample": SampleForm({"title": "龙泉青瓷釉色", "published_on": "去年", "level": "x"}),
    }
    return render(request, "demo/catalogue.html", values)
