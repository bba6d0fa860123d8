"""Forms of the result pages."""

from django import forms

from zhiping.web.forms import PlatformForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ConfirmForm(PlatformForm):
    document_number = forms.CharField(
        label="发文文号", max_length=80, help_text="例如：示范人社发〔2026〕12号。"
    )
    issued_on = forms.DateField(label="发文日期", widget=DAY, help_text="证书上的取得时间。")


class ReturnForm(PlatformForm):
    reason = forms.CharField(label="退回原因", max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class RevokeForm(PlatformForm):
    basis = forms.CharField(label="依据文件和文号", max_length=200)


class CorrectForm(RevokeForm):
    holder_name = forms.CharField(label="更正后的姓名", max_length=60)

    field_order = ("holder_name", "basis")
