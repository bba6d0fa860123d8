"""Forms of the expert pages."""

from django import forms

from zhiping.committees.states import Recommendation
from zhiping.web.forms import PlatformForm


class OpinionForm(PlatformForm):
    recommendation = forms.ChoiceField(
        label="评议结论", choices=Recommendation.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="评议意见",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=2000,
        help_text="写明依据的业绩和不足，办公室和会议能看到署名。",
    )


class RecusalForm(PlatformForm):
    reason = forms.CharField(
        label="回避原因", max_length=200, help_text="例如：与申报人同一单位、亲属、师生。"
    )
