"""Forms of answering."""

from django import forms

from zhiping.help_centre.states import QuestionState
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *QuestionState.choices])


class AnswerForm(PlatformForm):
    text = forms.CharField(
        label="答复",
        max_length=4000,
        help_text="会发到提问人的邮箱。不要写个人信息和审核意见。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(PlatformForm):
    reason = forms.CharField(label="原因", max_length=200, help_text="会留在记录里，不发给提问人。")
    version = forms.IntegerField(widget=forms.HiddenInput)
