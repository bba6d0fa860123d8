"""Forms of the account pages."""

from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password

from zhiping.identity.document_number import checked_number
from zhiping.identity.operations import Particulars
from zhiping.identity.particulars import checked_name, checked_phone, checked_username
from zhiping.identity.states import IdentityDocument, Sex
from zhiping.kernel import clock
from zhiping.kernel.errors import Refused
from zhiping.web.forms import PlatformForm

HINT_FOR_NEW = "至少 10 位，不能全是数字，不能用常见密码。可以粘贴。"


def said(check: Callable[[str], str], text: str) -> str:
    """What the check makes of `text`; its refusal becomes the field's error, so that all errors show at once."""
    try:
        return check(text)
    except Refused as refusal:
        raise forms.ValidationError(refusal.sentence) from None


class InOurWords:
    """An allauth form with our labels and sentences and without placeholders."""

    labels: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.error_messages["required"] = f"请填写{field.label}。"


class SignInForm(InOurWords, LoginForm):
    labels = {"login": "用户名", "password": "密码"}


class CodeForm(InOurWords, AuthenticateForm):
    labels = {"code": "验证码或备用码"}


class ActivateForm(InOurWords, ActivateTOTPForm):
    labels = {"code": "手机上显示的 6 位验证码"}


class AgainCodeForm(InOurWords, CodeAgainForm):
    labels = {"code": "验证码或备用码"}


class AgainForm(InOurWords, ReauthenticateForm):
    labels = {"password": "密码"}


class NewPasswordForm(InOurWords, ChangePasswordForm):
    labels = {"oldpassword": "当前密码", "password1": "新密码", "password2": "再输入一次新密码"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = HINT_FOR_NEW


class TwicePassword(PlatformForm):
    """A new password, typed twice and checked."""

    password = forms.CharField(
        label="密码",
        strip=False,
        help_text=HINT_FOR_NEW,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label="再输入一次密码",
        strip=False,
        error_messages={"required": "请再输入一次密码。"},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if "password" in given and "password_again" in given:
            if given["password"] != given["password_again"]:
                self.add_error("password_again", "两次输入的密码不一样，请重新输入。")
            try:
                validate_password(given["password"])
            except forms.ValidationError as wrong:
                self.add_error("password", wrong)
        return given


class PersonForm(PlatformForm):
    """Who somebody is."""

    name = forms.CharField(label="姓名", help_text="与身份证件上的一致，生僻字请照原字输入。", max_length=200)
    document_kind = forms.ChoiceField(label="证件类型", choices=IdentityDocument.choices)
    document_number = forms.CharField(label="证件号码", max_length=40)
    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    sex = forms.ChoiceField(
        label="性别",
        choices=[("", "请选择"), *Sex.choices],
        required=False,
        help_text="居民身份证不用填，号码里已有。",
    )
    born_on = forms.DateField(
        label="出生日期",
        required=False,
        help_text="居民身份证不用填，号码里已有。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    username = forms.CharField(
        label="用户名",
        max_length=60,
        help_text="4 至 30 位小写字母、数字或下划线，以字母开头。登录时用。",
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )

    def clean_name(self) -> str:
        return said(checked_name, self.cleaned_data["name"])

    def clean_phone(self) -> str:
        return said(checked_phone, self.cleaned_data["phone"])

    def clean_username(self) -> str:
        return said(checked_username, self.cleaned_data["username"])

    def clean_document_number(self) -> str:
        kind, number = self.cleaned_data.get("document_kind"), self.cleaned_data["document_number"]
        try:
            return checked_number(kind, number, today=clock.today()) if kind else number
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from None

    def particulars(self) -> Particulars:
        given = self.cleaned_data
        return Particulars(
            name=given["name"],
            document_kind=given["document_kind"],
            document_number=given["document_number"],
            phone=given["phone"],
            sex=given["sex"],
            born_on=given["born_on"],
        )


class RegistrationForm(TwicePassword, PersonForm):
    field_order = [
        "name",
        "document_kind",
        "document_number",
        "sex",
        "born_on",
        "phone",
        "username",
        "password",
        "password_again",
    ]


class PhoneForm(PlatformForm):
    phone = forms.CharField(
        label="新手机号",
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    password = forms.CharField(
        label="登录密码",
        strip=False,
        help_text="确认是您本人在修改。",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
