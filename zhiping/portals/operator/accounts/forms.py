"""Forms of keeping bodies and accounts."""

from django import forms

from zhiping.identity.operations import Particulars
from zhiping.identity.states import IdentityDocument, Sex
from zhiping.organisations.models import Organisation, Region
from zhiping.organisations.operations.registering import role_for
from zhiping.organisations.states import (
    EMPLOYER_KINDS,
    ROLES_OF_KIND,
    OrganisationKind,
    OrganisationState,
)
from zhiping.web.forms import PlatformForm


class FilterForm(PlatformForm):
    q = forms.CharField(label="单位名称或信用代码", required=False, max_length=120)
    kind = forms.ChoiceField(label="性质", required=False, choices=[("", "全部"), *OrganisationKind.choices])
    state = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *OrganisationState.choices]
    )


class PersonFilterForm(PlatformForm):
    q = forms.CharField(label="姓名、用户名、完整的证件号码或手机号", required=False, max_length=60)


class BodyForm(PlatformForm):
    name = forms.CharField(label="单位全称", max_length=120)
    kind = forms.ChoiceField(
        label="性质",
        choices=[
            ("", "请选择"),
            *((each.value, each.label) for each in OrganisationKind if each not in EMPLOYER_KINDS),
        ],
        help_text="用人单位和人事代理机构由单位自己登记，不在这里录入。",
    )
    region = forms.ModelChoiceField(
        label="所在地", queryset=Region.objects.order_by("code"), empty_label="请选择"
    )
    parent = forms.ModelChoiceField(
        label="上级单位", queryset=Organisation.objects.none(), required=False, empty_label="没有"
    )
    credit_code = forms.CharField(label="统一社会信用代码", max_length=40, required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        others = Organisation.objects.exclude(kind__in=EMPLOYER_KINDS)
        self.fields["parent"].queryset = others.order_by("name")


class StaffForm(PlatformForm):
    """A person who gets a role in a body; an account is opened if there is none."""

    name = forms.CharField(label="姓名", max_length=200)
    document_kind = forms.ChoiceField(label="证件类型", choices=IdentityDocument.choices)
    document_number = forms.CharField(label="证件号码", max_length=40)
    phone = forms.CharField(label="手机号", max_length=30)
    sex = forms.ChoiceField(
        label="性别", required=False, choices=[("", "请选择"), *Sex.choices], help_text="居民身份证不用填。"
    )
    born_on = forms.DateField(
        label="出生日期",
        required=False,
        help_text="居民身份证不用填。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    username = forms.CharField(label="用户名", max_length=60, help_text="本人已有账号的，沿用原来的用户名。")
    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect)

    def __init__(self, *args, organisation: Organisation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        roles = dict.fromkeys(role_for_all(organisation))
        self.fields["role"].choices = [(role.value, role.label) for role in roles]
        self.initial.setdefault("role", next(iter(roles)).value)

    def particulars(self) -> Particulars:
        names = ("name", "document_kind", "document_number", "phone", "sex", "born_on")
        return Particulars(**{name: self.cleaned_data[name] for name in names})


class ReasonForm(PlatformForm):
    reason = forms.CharField(label="原因", max_length=200, help_text="会留在记录里。")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def role_for_all(organisation: Organisation) -> list:
    """The roles people may have in this body."""
    return [role_for(organisation, role) for role in ROLES_OF_KIND[organisation.kind]]
