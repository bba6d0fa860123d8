"""Forms of the committee pages."""

from django import forms

from zhiping.committees.states import Position
from zhiping.plans.states import TitleLevel
from zhiping.web.forms import PlatformForm

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CommitteeForm(PlatformForm):
    name = forms.CharField(label="评委会名称", max_length=120)
    series = forms.CharField(
        label="职称系列", max_length=40, help_text="与计划的系列一致，例如：工艺美术、工程。"
    )
    level = forms.ChoiceField(label="层级", choices=TitleLevel.choices, help_text="能评审的最高层级。")
    size_basis = forms.CharField(
        label="核减人数依据",
        max_length=120,
        required=False,
        help_text="人数少于规定时填写同意核减的文号。",
    )


class MemberForm(PlatformForm):
    document_number = forms.CharField(
        label="专家证件号码", max_length=30, help_text="按证件号码从平台登记的人员中查找，不显示号码。"
    )
    position = forms.ChoiceField(label="职务", choices=Position.choices, initial=Position.MEMBER)
    title = forms.CharField(label="专业技术职称", max_length=60)
    term_from = forms.DateField(label="任期起", widget=DAY)
    term_until = forms.DateField(label="任期止", widget=DAY, help_text="一届最长 3 年。")
