"""Forms of the help centre."""

from django import forms

from zhiping.help_centre.article import LONGEST_SEARCH
from zhiping.web.forms import PlatformForm


class SearchForm(PlatformForm):
    q = forms.CharField(label="搜索", required=False, max_length=LONGEST_SEARCH)


class AskForm(PlatformForm):
    email = forms.CharField(
        label="邮箱",
        max_length=200,
        help_text="答复发到这里，请核对。",
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "email"}),
    )
    subject = forms.CharField(label="问题", max_length=60, help_text="一句话，例如：单位名称搜索不到。")
    text = forms.CharField(
        label="说明",
        max_length=2000,
        help_text="在哪一页、点了什么、看到什么提示。不要写身份证号码和密码。",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
