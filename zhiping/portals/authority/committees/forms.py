"""Forms of the filing pages."""

from django import forms

from zhiping.web.forms import PlatformForm


class FilingForm(PlatformForm):
    filing_number = forms.CharField(label="备案文号", max_length=80)
    valid_until = forms.DateField(
        label="有效期至",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="最长三年。",
    )


class WithdrawalForm(PlatformForm):
    basis = forms.CharField(label="撤销依据", max_length=200, help_text="文件名称和文号，写入评委会的记录。")
