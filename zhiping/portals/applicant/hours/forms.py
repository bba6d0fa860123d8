"""Forms of one's own hours."""

from collections.abc import Iterable

from django import forms

from zhiping.continuing_education.conversion import Conversion, Register
from zhiping.web.forms import PlatformForm


class HoursForm(PlatformForm):
    """Hours that a person registers: what, how much, when, and where they are entered."""

    conversion = forms.ChoiceField(label="学习方式", help_text="学时按折算表计算，不用自己填。")
    amount = forms.DecimalField(
        label="数量", max_digits=6, decimal_places=1, help_text="按折算表的单位填：几篇、几项、几天、几学时。"
    )
    year = forms.IntegerField(label="年度", help_text="学习完成、论文发表、专利授权的那一年。")
    title = forms.CharField(
        label="学习内容", max_length=120, help_text="论文题目、专利名称、课程或会议名称，与证明材料一致。"
    )
    registered_in = forms.ChoiceField(label="登记系统")

    def __init__(
        self, *args, conversions: Iterable[Conversion], registers: Iterable[Register], **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conversion"].choices = [
            ("", "请选择"),
            *((each.key, f"{each.label}（{each.rate}，{each.category_label}）") for each in conversions),
        ]
        self.fields["registered_in"].choices = [(each.name, each.name) for each in registers]
