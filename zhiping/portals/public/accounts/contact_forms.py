"""Forms of 消息设置."""

from collections.abc import Sequence
from typing import Any

from django import forms

from zhiping.messaging.queries import Choice
from zhiping.messaging.states import Channel
from zhiping.web.forms import PlatformForm


class ChoiceForm(PlatformForm):
    """One group of boxes a channel, with what the law leaves to the person."""

    def __init__(self, *args: Any, choices: Sequence[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in Channel:
            free = [c for c in choices if c.template.channel == channel and not c.template.mandatory]
            self.fields[channel.value] = forms.MultipleChoiceField(
                label=f"用{channel.label}告诉我",
                required=False,
                choices=[(each.field, each.template.label) for each in free],
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[channel.value].is_wanted = True  # no "may be left empty": empty is an answer
            self.initial[channel.value] = [each.field for each in free if each.is_wanted]

    def wanted(self) -> list[str]:
        return [each for channel in Channel for each in self.cleaned_data[channel.value]]


class EmailForm(PlatformForm):
    email = forms.CharField(
        label="邮箱",
        max_length=200,
        help_text="会发一个验证码到这个邮箱，输入后才开始使用。",
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )


class CodeForm(PlatformForm):
    code = forms.CharField(
        label="收到的 6 位验证码",
        max_length=12,
        help_text="10 分钟内有效。",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
