"""Forms of the log of what was sent."""

from django import forms

from zhiping.messaging.states import Channel, Outcome
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    channel = forms.ChoiceField(label="渠道", required=False, choices=[("", "全部"), *Channel.choices])
    outcome = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *Outcome.choices])


class AgainForm(PlatformForm):
    """Which sending the page showed: a second click on the same page sends nothing more."""

    round = forms.IntegerField(min_value=1, max_value=30_000, widget=forms.HiddenInput)
