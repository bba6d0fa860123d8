"""How sensitive values are shown to people who need only recognise them."""


def mask_id_number(number: str) -> str:
    """Keep the first six and last two: 330106********12.

    >>> mask_id_number("330106199001011234")
    '330106**********34'
    """
    if len(number) <= 8:
        return number[:1] + "*" * max(len(number) - 1, 0)
    return number[:6] + "*" * (len(number) - 8) + number[-2:]


def mask_phone(number: str) -> str:
    """Keep the first three and last four.

    >>> mask_phone("13800001234")
    '138****1234'
    """
    return number if len(number) < 8 else number[:3] + "*" * (len(number) - 7) + number[-4:]


def mask_email(address: str) -> str:
    """Keep the first character and the domain.

    >>> mask_email("shenbao@example.com")
    's***@example.com'
    """
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}***{at}{domain}" if at else "***"


def mask_name(name: str) -> str:
    """The surname's first character and stars: who holds the paper recognises it, nobody learns a name.

    >>> mask_name("申报人甲")
    '申＊＊＊'
    """
    return name[:1] + "＊" * max(len(name) - 1, 1)
