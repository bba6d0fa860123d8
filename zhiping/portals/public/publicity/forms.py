"""The objection form."""

from typing import Any

from django import forms

from zhiping.notices.models import Publicity
from zhiping.web.forms import PlatformForm

WAYS = [
    ("named", "实名，身份保密：只有纪检监督能看到您是谁"),
    ("anonymous", "匿名：只收线索，凭查询码看结果"),
]


class ObjectionForm(PlatformForm):
    way = forms.ChoiceField(label="您希望", choices=WAYS, initial="named", widget=forms.RadioSelect)
    entry = forms.ModelChoiceField(
        label="反映的人", queryset=None, required=False, empty_label="不针对某一个人"
    )
    text = forms.CharField(
        label="反映的事实",
        widget=forms.Textarea(attrs={"rows": 7}),
        max_length=4000,
        help_text="写清人和事实，附上能核对的线索，例如证书编号、发表的刊期。",
    )
    name = forms.CharField(label="您的姓名", required=False, max_length=60, help_text="选“匿名”的不用填。")
    contact = forms.CharField(label="您的联系方式", required=False, max_length=100)

    def __init__(self, *args: Any, publicity: Publicity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = publicity.entries.all()
