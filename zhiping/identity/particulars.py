"""What people type about themselves, made uniform or refused with a sentence: names, phones, user names."""

import re
import unicodedata

from zhiping.documents.glyphs import require_printable
from zhiping.kernel.errors import Refused

LONGEST_NAME = 60
_MOBILE = re.compile(r"1[3-9]\d{9}")
_USERNAME = re.compile(r"[a-z][a-z0-9_]{3,29}")


def checked_name(text: str, *, field: str = "name") -> str:
    """A person's name without stray spaces; rare characters stay as typed, unprintable ones are refused.

    >>> checked_name(" 申报人𠮷 ")
    '申报人𠮷'
    """
    name = " ".join(text.split())
    if not name:
        raise Refused("请填写姓名，与身份证件上的一致。", field=field)
    if len(name) > LONGEST_NAME:
        raise Refused(
            f"姓名最多 {LONGEST_NAME} 个字，您填写了 {len(name)} 个，请与身份证件核对。", field=field
        )
    for mark in name:
        if mark.isdigit() or mark in "<>@#￥$%&*_=+\\|/{}[]" or unicodedata.category(mark) in {"Cc", "Cf"}:
            raise Refused(f"姓名中不能有“{mark}”，请与身份证件上的姓名一致。", field=field)
    require_printable(name, field=field)
    return name


def checked_phone(text: str, *, field: str = "phone") -> str:
    """A mobile number of mainland China as eleven digits.

    >>> checked_phone("+86 138-0000-1234")
    '13800001234'
    """
    digits = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    if not _MOBILE.fullmatch(digits):
        raise Refused(
            f"手机号应为 11 位、以 13 至 19 开头，您填写的是“{digits[:20]}”，请核对。通知短信会发到这个号码。",
            field=field,
        )
    return digits


def checked_username(text: str, *, field: str = "username") -> str:
    """A user name in lower case.

    >>> checked_username("Shenbao_01")
    'shenbao_01'
    """
    name = text.strip().lower()
    if not _USERNAME.fullmatch(name):
        raise Refused("用户名应为 4 至 30 位小写字母、数字或下划线，以字母开头。请换一个。", field=field)
    return name
