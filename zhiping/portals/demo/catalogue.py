"""The catalogue of components: each in every variant, for whoever builds a page."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
NODES = [
    {
        "state": "met",
        "text": "在职在岗",
        "got": "示例青瓷有限公司",
        "source": "业绩档案",
        "cite": "通知第一条",
    },
    {
        "state": "not_met",
        "text": "学历和资历，满足其中一条",
        "join": "以下两条，有一条符合即可",
        "parts": [
            {"state": "not_met", "text": "大专，任职满 7 年", "got": "6 年", "fix": "再满 12 个月即符合。"},
            {"state": "unknown", "text": "本科，任职满 5 年", "got": "学历待核实"},
        ],
    },
]
ROWS = [
    {"text": "省级以上大赛金奖 2 件", "how": "2 件 × 5 分", "points": "10", "lost": ""},
    {"text": "省级大赛银奖", "how": "同一作品已按金奖计，只取最高", "points": "0", "lost": "3"},
]
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
        "nodes": NODES,
        "rows": ROWS,
        "chips": CHIPS,
        "documents": DOCUMENTS,
        "columns": ["申报人", "单位", "状态"],
        "declared_columns": ["组件", "用途", "属性", "插槽"],
        "list_page": Paginator(range(45), 20).page(2),
        "sample": SampleForm({"title": "龙泉青瓷釉色", "published_on": "去年", "level": "x"}),
    }
    return render(request, "demo/catalogue.html", values)
