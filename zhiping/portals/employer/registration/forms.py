"""The letter's upload, inviting clerks, ending and handing over."""

from django import forms

from zhiping.organisations.models import Membership
from zhiping.organisations.states import ROLES_OF_KIND
from zhiping.web.forms import PlatformForm


class LetterForm(PlatformForm):
    file = forms.FileField(
        label="授权委托证明扫描件",
        help_text="填写、签字并加盖公章后扫描，PDF、JPEG 或 PNG，不超过 10 MB。",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    valid_until = forms.DateField(
        label="授权期限至",
        help_text="与授权委托证明上写的一致。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class InvitationForm(PlatformForm):
    username = forms.CharField(label="对方的用户名", max_length=60)
    name = forms.CharField(label="对方的姓名", max_length=60, help_text="两项都相符才能邀请，避免请错人。")
    role = forms.ChoiceField(label="角色", widget=forms.RadioSelect)

    def __init__(self, *args, kind: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in ROLES_OF_KIND[kind]]
        self.initial.setdefault("role", ROLES_OF_KIND[kind][0].value)


class EndForm(PlatformForm):
    reason = forms.CharField(label="原因", max_length=200, help_text="例如：已调离本单位。本人会看到这句话。")


class HandOverForm(PlatformForm):
    successor = forms.ModelChoiceField(
        label="接手的人", queryset=Membership.objects.none(), empty_label="请选择"
    )

    def __init__(self, *args, colleagues, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = colleagues
        self.fields["successor"].label_from_instance = lambda each: (
            f"{each.user.person.name}（{each.get_role_display()}）"
        )
