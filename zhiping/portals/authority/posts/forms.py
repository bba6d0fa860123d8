"""Deciding on a change of a ledger."""

from django import forms

from zhiping.web.forms import PlatformForm


class DecisionForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="结论", choices=[("approve", "核准"), ("return", "退回")], widget=forms.RadioSelect
    )
    opinion = forms.CharField(
        label="意见",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时写明哪里不对、怎样改。单位会看到。",
    )


class SigningForm(PlatformForm):
    """The pooling body's head."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    signer = forms.CharField(
        label="业务处室负责人", max_length=60, help_text="签署人姓名，会印在岗位信息表上。"
    )


class SealForm(PlatformForm):
    """Signing and sealing the post form, or sending it back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="结论", choices=[("seal", "签章"), ("return", "退回")], widget=forms.RadioSelect
    )
    signer = forms.CharField(
        label="签署人", required=False, max_length=60, help_text="签章时填写，会印在表上。"
    )
    opinion = forms.CharField(
        label="意见", max_length=400, initial="情况属实，同意。", widget=forms.Textarea(attrs={"rows": 3})
    )
