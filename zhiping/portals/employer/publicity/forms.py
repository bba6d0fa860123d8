"""Forms of the employer's publicity."""

from typing import Any

from django import forms

from zhiping.notices.models import Publicity
from zhiping.notices.states import Channel
from zhiping.web.forms import PlatformForm


class PostingForm(PlatformForm):
    place = forms.CharField(
        label="公示地点", max_length=200, help_text="例如：一楼大厅公告栏、单位内网首页。"
    )
    method = forms.CharField(label="公示方式", max_length=100, initial="张贴公示表")
    contact = forms.CharField(
        label="意见受理联系方式", max_length=200, help_text="受理意见的部门和电话，印在公示表上。"
    )
    leaving_out = forms.CharField(
        label="还有人没审完时，先行公示的原因",
        required=False,
        max_length=200,
        help_text="本计划的人都审完了，就不用填。",
    )


class RecordForm(PlatformForm):
    """An objection that came by letter, call or visit."""

    channel = forms.ChoiceField(
        label="怎么收到的", choices=[each for each in Channel.choices if each[0] != Channel.ONLINE]
    )
    entry = forms.ModelChoiceField(
        label="反映的人", queryset=None, required=False, empty_label="不针对某一个人"
    )
    text = forms.CharField(label="反映的事实", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)
    is_named = forms.BooleanField(label="反映人留了姓名", required=False)
    name = forms.CharField(label="反映人姓名", required=False, max_length=60)
    contact = forms.CharField(label="反映人联系方式", required=False, max_length=100)

    def __init__(self, *args: Any, publicity: Publicity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = publicity.entries.all()


class DecisionForm(PlatformForm):
    verdict = forms.ChoiceField(
        label="核查结论",
        choices=[("dismissed", "不成立"), ("upheld", "属实")],
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label="处理意见和依据",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="反映人凭查询码能看到。",
    )
