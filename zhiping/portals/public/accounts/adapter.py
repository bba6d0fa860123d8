"""What allauth says and keeps, in the platform's words and under the platform's keys."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.forms import ValidationError
from django.http import HttpRequest

from zhiping.documents.qr import qr_svg
from zhiping.kernel import clock
from zhiping.organisations.queries import is_allocated
from zhiping.privacy.fields import decrypt, encrypt

LOCKED_FOR = timedelta(minutes=5)
SAID = {
    "account/messages/password_changed.txt": "密码已修改。其他设备上的登录已退出。",
    "mfa/messages/totp_activated.txt": "两步验证已启用。下次登录要输入手机上的 6 位验证码。",
    "mfa/messages/recovery_codes_generated.txt": "已生成备用码，请抄下来保管；以前的备用码作废。",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sentences of sign-in; no greeting after it."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "用户名或密码不对。请检查大小写；连续输错 5 次要等 5 分钟。",
        "enter_current_password": "当前密码不对，请重新输入。",
        "incorrect_password": "密码不对，请重新输入。",
        "account_inactive": "这个账号已停用。如有疑问，请联系平台管理员。",
        "rate_limited": "输错次数太多，请等 5 分钟再试。",
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Shut after five failures; say until when."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            until = (clock.now() + LOCKED_FOR).astimezone(clock.BEIJING)
            raise ValidationError(
                f"输错次数太多，这个用户名已暂停登录。请等 5 分钟，在 {until:%H:%M} 之后再试；"
                "忘记密码请联系平台管理员领取设置密码链接。"
            ) from None

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Where passwords are switched off, they open only the accounts that the platform allocated (R-031)."""
        user = super().authenticate(request, **credentials)
        if user is None or settings.LOCAL_SIGN_IN or is_allocated(user.pk, today=clock.today()):
            return user
        raise ValidationError("密码登录已关闭。个人和单位请用政务服务网账号登录。")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per account and network: nobody shuts out the owner by failing elsewhere."""
        address = self.get_client_ip(request)
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{address}"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *_: Any, **__: Any
    ) -> None:
        """Only what was done and matters later."""
        if message_template in SAID:
            messages.success(request, SAID[message_template])


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; the QR code is our own SVG, drawn without inline style."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "验证码不对或已经用过。请等手机上出现新的 6 位数字再输入；也可以用一个备用码。",
        "rate_limited": "输错次数太多，请等 5 分钟再试。",
    }

    def encrypt(self, text: str) -> str:
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        return qr_svg(url, label="验证器二维码")
