"""E-mail addresses as people type them."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zhiping.kernel.errors import Refused

LONGEST = 120


def checked_email(text: str, *, field: str = "email") -> str:
    """One address without stray spaces; full-width marks of a Chinese keyboard become plain ones.

    >>> checked_email(" a＠b.cn ")
    'a@b.cn'
    """
    address = unicodedata.normalize("NFKC", text).strip()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("邮箱的写法不对，应像 name@example.com 这样，请核对。", field=field) from None
    if len(address) > LONGEST:
        raise Refused(f"邮箱最多 {LONGEST} 个字符，请换一个。", field=field)
    return address
