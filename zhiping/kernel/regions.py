"""Region codes (GB/T 2260): a county lies in the city of its first four digits, a city in the province of its first two."""


def lies_in(code: str) -> tuple[str, str, str]:
    """The code itself, its city, its province.

    >>> lies_in("330106")
    ('330106', '330100', '330000')
    """
    return code, f"{code[:4]}00", f"{code[:2]}0000"


def digits_of_city(code: str) -> str:
    """What the codes of a city and of all its counties begin with.

    >>> digits_of_city("330106")
    '3301'
    """
    return code[:4]


def digits_of_province(code: str) -> str:
    """What the codes of a province and of all its cities and counties begin with.

    >>> digits_of_province("330106")
    '33'
    """
    return code[:2]
