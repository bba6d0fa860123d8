"""Finding whom a record is about; the record; the second person's word; the word on an appeal."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms

from zhiping.integrity.sanction import Sanction
from zhiping.integrity.states import Part, RecordState
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    q = forms.CharField(label="姓名或单位名称", required=False, max_length=120)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *RecordState.choices])


class SubjectForm(PlatformForm):
    part = forms.ChoiceField(label="身份", choices=Part.choices, widget=forms.RadioSelect)
    who = forms.CharField(
        label="申报号、信用代码或证件号码",
        max_length=40,
        help_text="申报人填申报号；用人单位填统一社会信用代码；评审专家、工作人员填身份证件号码。",
    )


class RecordForm(PlatformForm):
    sanction = forms.ChoiceField(label="依据", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="行为")
    text = forms.CharField(
        label="认定的事实",
        max_length=1000,
        help_text="何时、何事、凭什么认定。当事人会看到这段话。",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    document_number = forms.CharField(label="认定文书文号", max_length=100)

    def __init__(self, *args: Any, sanctions: Sequence[Sanction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = [(each.key, f"{each.basis}：{each.text}（{each.years} 年）") for each in sanctions]
        kinds = dict.fromkeys(kind for each in sanctions for kind in each.kinds)
        cast(forms.ChoiceField, self.fields["sanction"]).choices = rules
        cast(forms.ChoiceField, self.fields["kind"]).choices = [("", "请选择"), *((k, k) for k in kinds)]


class DecisionForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="复核结果",
        choices=[("confirm", "认定"), ("discard", "不予认定")],
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(label="复核意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AppealForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="处理结果",
        choices=[("uphold", "申诉成立，撤销记录"), ("dismiss", "申诉不成立，维持记录")],
        widget=forms.RadioSelect,
    )
    decision = forms.CharField(
        label="处理意见",
        max_length=500,
        help_text="写明依据，当事人会看到。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
