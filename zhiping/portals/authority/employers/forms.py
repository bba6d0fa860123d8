"""Filtering employers, deciding on a letter."""

from django import forms

from zhiping.organisations.states import OrganisationState
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    q = forms.CharField(label="单位名称或信用代码", required=False, max_length=120)
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *OrganisationState.choices]
    )


class DecisionForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="审核结果",
        choices=[("approve", "通过"), ("return", "退回")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="退回原因",
        required=False,
        max_length=500,
        help_text="退回时填写：哪里不对、怎样改。单位会看到这句话。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
