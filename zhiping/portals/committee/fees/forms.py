"""Forms of the office's fees."""

from django import forms

from zhiping.web.forms import PlatformForm


class DaysForm(PlatformForm):
    days = forms.IntegerField(
        label="缴费时间（工作日）",
        min_value=2,
        max_value=60,
        help_text="从缴费单发出的次日算起，到最后一天 24:00。",
    )


class AmountForm(PlatformForm):
    amount = forms.DecimalField(
        label="金额（元）", min_value=0, max_value=10000, max_digits=7, decimal_places=2
    )
    basis = forms.CharField(label="收费依据", max_length=200, help_text="文件名和文号。")


class ReasonForm(PlatformForm):
    reason = forms.CharField(label="原因", widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class DecisionForm(PlatformForm):
    opinion = forms.CharField(
        label="审批意见",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text="不予退款的，请写明原因。",
    )


class ResolutionForm(PlatformForm):
    resolution = forms.CharField(
        label="核对结果和处理办法", widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )
