"""The pages of allauth that the platform uses, each declared like every other page; all others do not exist here."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.conf import settings

from zhiping.gateways.sign_on import is_connected
from zhiping.portals.public.accounts import forms
from zhiping.web.pages import Audience, page

HERE = "public/accounts"
BOTH = ("GET", "POST")
everyone = page(audience=Audience.PUBLIC, methods=BOTH)
signed_in = page(audience=Audience.SIGNED_IN, methods=BOTH)

sign_in = everyone(
    account.LoginView.as_view(
        form_class=forms.SignInForm,
        template_name=f"{HERE}/sign_in.html",
        extra_context={"sign_on": is_connected, "local": lambda: settings.LOCAL_SIGN_IN},
    )
)
sign_out = everyone(account.LogoutView.as_view(template_name=f"{HERE}/sign_out.html"))
shut = everyone(account.AccountInactiveView.as_view(template_name=f"{HERE}/shut.html"))
code = everyone(
    second_factor.AuthenticateView.as_view(form_class=forms.CodeForm, template_name=f"{HERE}/code.html")
)
again = signed_in(
    account.ReauthenticateView.as_view(form_class=forms.AgainForm, template_name=f"{HERE}/again.html")
)
again_by_code = signed_in(
    second_factor.ReauthenticateView.as_view(
        form_class=forms.AgainCodeForm, template_name=f"{HERE}/again.html"
    )
)
password = signed_in(
    account.PasswordChangeView.as_view(
        form_class=forms.NewPasswordForm, template_name=f"{HERE}/password.html", success_url="/accounts/me/"
    )
)
activate = signed_in(
    totp.ActivateTOTPView.as_view(form_class=forms.ActivateForm, template_name=f"{HERE}/activate.html")
)
new_codes = signed_in(recovery.GenerateRecoveryCodesView.as_view(template_name=f"{HERE}/new_codes.html"))
