"""Forms of the plan administration."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from zhiping.policies.models import PackVersion
from zhiping.web.forms import PlatformForm

DAY = {"class": "in", "type": "date"}


class RolloverForm(PlatformForm):
    """Last year's plan into a new year."""

    year = forms.IntegerField(label="新计划的年度", min_value=2000, max_value=2100)
    opens_on = forms.DateField(
        label="个人申报开始日",
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text="填了，各段时间就从这一天起按去年的间隔推算；不填，就按去年的日子推到新的一年，星期几不变，遇节假日顺延。",
    )
    name = forms.CharField(
        label="计划名称", required=False, max_length=200, help_text="不填，就把去年名称里的年份换成新的年度。"
    )


class WindowForm(PlatformForm):
    """First and last day of one window; a reason once the plan is published."""

    opens = forms.DateField(
        label="开始日", required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    closes = forms.DateField(
        label="截止日", required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    reason = forms.CharField(label="改时间的原因", required=False, max_length=300)

    def __init__(self, *args: Any, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:
            del self.fields["reason"]


class BasicsForm(PlatformForm):
    """Name, cut-off and rules of a draft."""

    name = forms.CharField(label="计划名称", max_length=200)
    cutoff_on = forms.DateField(
        label="资历计算截止日",
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text="截止日当天计入。",
    )
    version = forms.ModelChoiceField(label="规则版本", queryset=PackVersion.objects.none())

    def __init__(self, *args: Any, versions: QuerySet[PackVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].queryset = versions


class AttachmentForm(PlatformForm):
    """A file under 其他相关附件."""

    title = forms.CharField(label="附件名称", max_length=120)
    upload = forms.FileField(label="文件", help_text="PDF。")


class ReasonForm(PlatformForm):
    """Why something is given back or stopped."""

    reason = forms.CharField(label="原因", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PackForm(PlatformForm):
    """The whole text of a pack, typed or from a file."""

    upload = forms.FileField(label="从文件读入", required=False, help_text="选了文件，就以文件的内容为准。")
    text = forms.CharField(
        label="规则全文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "spellcheck": "false", "class": "in num"}),
    )

    def clean(self) -> dict[str, Any]:
        """The file's text, if there is one; it must be UTF-8."""
        cleaned = super().clean()
        upload = cleaned.get("upload")
        if upload:
            try:
                cleaned["text"] = upload.read().decode("utf-8")
            except UnicodeDecodeError:
                self.add_error("upload", "文件不是 UTF-8 文本。请用文本编辑器另存为 UTF-8 后再选。")
        if not cleaned.get("text", "").strip() and not self.errors:
            self.add_error("text", "请填写规则全文，或选择文件。")
        return cleaned
