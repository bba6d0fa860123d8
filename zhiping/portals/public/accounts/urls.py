"""Account pages. allauth looks for its own names, so these stand outside the portal's name space."""

from django.urls import path

from zhiping.portals.public.accounts import contact, signing, sso, views

urlpatterns = [
    path("login/", signing.sign_in, name="account_login"),
    path("logout/", signing.sign_out, name="account_logout"),
    path("shut/", signing.shut, name="account_inactive"),
    path("signup/", views.register, name="account_signup"),
    path("again/", signing.again, name="account_reauthenticate"),
    path("again/code/", signing.again_by_code, name="mfa_reauthenticate"),
    path("password/", signing.password, name="account_change_password"),
    path("password/none/", views.no_password, name="account_set_password"),
    path("code/", signing.code, name="mfa_authenticate"),
    path("two-step/", signing.activate, name="mfa_activate_totp"),
    path("two-step/on/", views.to_me, name="mfa_deactivate_totp"),
    path("two-step/codes/", views.codes, name="mfa_view_recovery_codes"),
    path("two-step/codes/new/", signing.new_codes, name="mfa_generate_recovery_codes"),
    path("overview/", views.to_me, name="mfa_index"),
    path("me/", views.me, name="account_me"),
    path("phone/", views.phone, name="account_phone"),
    path("messages/", contact.choices, name="account_messages"),
    path("messages/phone/", contact.phone_code, name="account_phone_code"),
    path("messages/email/", contact.email, name="account_email"),
    path("messages/email/none/", contact.no_email, name="account_no_email"),
    path("messages/code/<slug:channel>/", contact.code, name="account_message_code"),
    path("sso/back/", sso.back, name="account_sso_back"),
    path("sso/enter/", sso.enter, name="account_sso_enter"),
    path("sso/<str:account>/", sso.begin, name="account_sso"),
    path("first-password/<str:key>/<str:token>/", views.first_password, name="account_first_password"),
]
