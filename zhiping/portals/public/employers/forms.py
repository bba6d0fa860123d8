"""Registering an employer, joining one."""

from itertools import groupby

from django import forms

from zhiping.kernel.actor import Role
from zhiping.organisations.models import Region
from zhiping.organisations.operations.registering import EmployerParticulars
from zhiping.organisations.states import EMPLOYER_KINDS, OrganisationKind, RegionLevel
from zhiping.web.forms import PlatformForm

ROLES = [(role.value, role.label) for role in (Role.EMPLOYER_CLERK, Role.EMPLOYER_HEAD)]
CODE_HINT = "18 位，见营业执照或法人证书。"


class JoinForm(PlatformForm):
    credit_code = forms.CharField(label="统一社会信用代码", max_length=40, help_text=CODE_HINT)
    role = forms.ChoiceField(label="您在单位的角色", choices=ROLES, widget=forms.RadioSelect)


class EmployerForm(JoinForm):
    name = forms.CharField(label="单位全称", max_length=120, help_text="与证照上的一致。")
    kind = forms.ChoiceField(
        label="单位性质",
        choices=[
            ("", "请选择"),
            *((kind.value, kind.label) for kind in OrganisationKind if kind in EMPLOYER_KINDS),
        ],
        help_text="个体经营者、自由职业者通过人事代理机构申报，不用登记单位。",
    )
    region = forms.ModelChoiceField(
        label="所在地",
        queryset=Region.objects.none(),
        help_text="选到县（市、区）；市直、省直单位选市或省。授权委托证明由这里的人力社保部门审核。",
    )
    address = forms.CharField(label="地址", max_length=200, required=False)
    legal_person = forms.CharField(label="法定代表人", max_length=60)
    field_order = ["name", "kind", "credit_code", "region", "address", "legal_person", "role"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        regions = Region.objects.order_by("code")
        self.fields["region"].queryset = regions
        self.fields["region"].choices = [("", "请选择"), *_by_city(regions)]

    def particulars(self) -> EmployerParticulars:
        return EmployerParticulars(
            **{name: value for name, value in self.cleaned_data.items() if name != "role"}
        )


def _by_city(regions) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices in groups: the province, then each city with its counties."""
    groups = []
    for _, members in groupby(regions, key=lambda region: region.code[:4]):
        rows = list(members)
        choices = [
            (
                row.code,
                row.name
                if row.level == RegionLevel.COUNTY
                else f"{row.name}（{row.get_level_display()}直属单位）",
            )
            for row in rows
        ]
        groups.append((rows[0].name, choices))
    return groups
