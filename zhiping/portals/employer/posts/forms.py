"""Forms of an institution's posts: figures, pooled posts, exchanges."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from zhiping.identity.models import Person
from zhiping.posts.figures import ExchangeRule, LedgerFigures, LevelFigures
from zhiping.posts.models import PostLedger
from zhiping.posts.queries import possible_authorities
from zhiping.posts.states import FormVariant, Outcome, PostGroup
from zhiping.web.forms import PlatformForm

MOST_POSTS = 99_999
COLUMNS = (("ratio", "核准比例（%）"), ("approved", "核准数"), ("filled", "实聘数"))


class BeginForm(PlatformForm):
    authority = forms.ModelChoiceField(
        label="岗位管理部门",
        queryset=None,
        help_text="核准本单位岗位数据、在岗位信息表上签章的部门：区县人力社保部门，或市属单位的主管部门。",
    )

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = possible_authorities(region)


class FiguresForm(PlatformForm):
    """编制数, 岗位总数 and three numbers for each level."""

    establishment = forms.IntegerField(label="编制数", min_value=0, max_value=MOST_POSTS)
    posts = forms.IntegerField(label="专业技术岗位总数", min_value=0, max_value=MOST_POSTS)
    reason = forms.CharField(
        label="变动原因和依据",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="例如核定文件的名称和文号、谁到岗或离岗。",
    )

    def __init__(self, *args: Any, ledger: PostLedger, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"establishment": ledger.establishment, "posts": ledger.posts}
        for level in ledger.levels.all():
            initial |= {f"{name}_{level.group}": getattr(level, name) for name, _ in COLUMNS}
        super().__init__(*args, initial=initial, **kwargs)

    @property
    def levels(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Level by level, for the table of the page."""
        return [(group.label, [self[f"{name}_{group}"] for name, _ in COLUMNS]) for group in PostGroup]

    def figures(self) -> LedgerFigures:
        """What was typed, as the operation takes it."""
        told = self.cleaned_data
        levels = tuple(
            LevelFigures(
                str(group), told[f"ratio_{group}"], told[f"approved_{group}"], told[f"filled_{group}"]
            )
            for group in PostGroup
        )
        return LedgerFigures(told["establishment"], told["posts"], levels)


def _cell(name: str, group: PostGroup, words: str) -> forms.Field:
    label = f"{group.label}{words}"
    if name == "ratio":
        return forms.DecimalField(
            label=label, min_value=Decimal(0), max_value=Decimal(100), max_digits=5, decimal_places=2
        )
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_POSTS)


for _group in PostGroup:
    for _name, _words in COLUMNS:
        FiguresForm.base_fields[f"{_name}_{_group}"] = _cell(_name, _group, _words)


class PooledForm(PlatformForm):
    group = forms.ChoiceField(label="岗位等级", choices=PostGroup.choices)
    number = forms.IntegerField(
        label="使用统筹岗位数", min_value=0, max_value=MOST_POSTS, help_text="填总数；填 0 表示不再使用。"
    )
    pooling_authority = forms.ModelChoiceField(label="岗位统筹管理部门", queryset=None)
    reason = forms.CharField(
        label="说明",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="会印在表的说明里。",
    )

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pooling_authority"].queryset = possible_authorities(region)


class ExchangeForm(PlatformForm):
    group = forms.ChoiceField(label="岗位等级", choices=PostGroup.choices)
    rule = forms.ChoiceField(label="办法", widget=forms.RadioSelect)
    left = forms.IntegerField(label="已退出人数", min_value=1, max_value=MOST_POSTS)
    reason = forms.CharField(
        label="说明",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="谁退出、为什么、由谁递补。会印在表的说明里。",
    )

    def __init__(self, *args: Any, rules: Sequence[ExchangeRule], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [
            (rule.key, f"{rule.name}：每退出 {rule.leave} 个，可进 {rule.enter} 个（{rule.cite}）")
            for rule in rules
        ]


class CompetitionForm(PlatformForm):
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    name = forms.CharField(label="竞聘名称", max_length=120, help_text="例如：2026 年中级岗位竞聘。")
    group = forms.ChoiceField(label="岗位等级", choices=PostGroup.choices)
    opened = forms.IntegerField(
        label="推出空缺岗位数", min_value=1, max_value=MOST_POSTS, help_text="含转评人员使用的岗位。"
    )


class EntryForm(PlatformForm):
    """One person of a competition; entering the same person again corrects the row."""

    person = forms.ModelChoiceField(
        label="人员", queryset=None, help_text="本单位个人基本信息已审核的在编人员。按名次从前到后登记。"
    )
    outcome = forms.ChoiceField(label="竞聘结果", choices=Outcome.choices)
    current_title = forms.CharField(label="现有专业技术职务任职资格", required=False, max_length=60)
    appointed_title = forms.CharField(label="聘任专业技术职级", required=False, max_length=60)
    appointed_on = forms.DateField(label="聘任时间", required=False)
    current_grade = forms.CharField(label="在聘岗位等级", required=False, max_length=40)
    wanted_title = forms.CharField(label="推荐申报职称", required=False, max_length=60)
    wanted_grade = forms.CharField(label="拟聘专业技术岗位等级", required=False, max_length=40)
    is_transfer = forms.BooleanField(label="转评人员", required=False)

    def __init__(self, *args: Any, staff: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff


class FillForm(PlatformForm):
    variant = forms.ChoiceField(label="表式", choices=FormVariant.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    unit_signer = forms.CharField(label="单位负责岗位设置和竞聘的业务科（处）室负责人", max_length=60)
    explanation = forms.CharField(
        label="说明",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text="使用统筹岗位，或有退三进二、退二进一等情况的，必须说明。",
    )


class AppointForm(PlatformForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    appointed_on = forms.DateField(label="聘任日期")
    grade = forms.CharField(label="聘任岗位等级", max_length=40, help_text="例如：专业技术十级。")


class StatementForm(PlatformForm):
    person = forms.ModelChoiceField(
        label="人员", queryset=None, help_text="本单位个人基本信息已审核、填报为非在编的人员。"
    )
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2199)
    basis = forms.CharField(
        label="用工方式和依据", max_length=200, help_text="例如：劳动合同，2022 年 3 月起。"
    )
    signer = forms.CharField(label="单位负责人", max_length=60)

    def __init__(self, *args: Any, staff: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff
