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
