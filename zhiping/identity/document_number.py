"""Identity document numbers: what is right, what is read from them, and what to tell the person (GB 11643-1999)."""

import re
from dataclasses import dataclass
from datetime import date

from zhiping.identity.states import IdentityDocument, Sex
from zhiping.kernel.regions import lies_in

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ", "0123456789XX")
_SHAPES = {
    IdentityDocument.PASSPORT: (
        r"[A-Z0-9]{5,17}",
        "护照号码应为 5 至 17 位字母和数字，请对照护照资料页填写。",
    ),
    IdentityDocument.HK_MACAU_PERMIT: (
        r"[HM]\d{8}(\d{2})?",
        "港澳居民来往内地通行证号码应以 H 或 M 开头，后接 8 位或 10 位数字，请对照证件填写。",
    ),
    IdentityDocument.TAIWAN_PERMIT: (
        r"\d{8}(\d{2}[A-Z0-9]?)?|[A-Z]\d{9}",
        "台湾居民来往大陆通行证号码应为 8 位数字，请对照证件填写。",
    ),
    IdentityDocument.FOREIGN_RESIDENT: (
        r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
        "外国人永久居留身份证号码应为 15 位（3 个字母加 12 位数字）或 18 位，请对照证件填写。",
    ),
}


@dataclass(frozen=True, slots=True)
class ResidentNumber:
    """What an 18-digit resident number says."""

    number: str
    area: str
    born_on: date
    sex: Sex


def normalised(number: str) -> str:
    """Upper case, half-width, without spaces and hyphens.

    >>> normalised(" 11010519491231００2x ")
    '11010519491231002X'
    """
    return re.sub(r"[\s\-]", "", number.translate(_FULL_WIDTH)).upper()


def check_character(body: str) -> str:
    """The 18th character of a resident number from its first 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return CHECK_CHARACTERS[total % 11]


def resident_number(number: str, *, today: date) -> ResidentNumber:
    """What a resident number says; ValueError carries a sentence for the person."""
    text = normalised(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", text):
        raise ValueError(
            f"居民身份证号码应为 18 位（末位可为 X），您填写的是 {len(text)} 位或含有其他字符，请对照身份证填写。"
        )
    try:
        born_on = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise ValueError(
            f"居民身份证号码第 7 至 14 位应为出生日期，“{text[6:14]}”不是有效日期，请对照身份证填写。"
        ) from None
    if born_on.year < 1900 or born_on > today:
        raise ValueError("居民身份证号码中的出生日期不合理，请对照身份证填写。")
    if check_character(text[:17]) != text[17]:
        raise ValueError("居民身份证号码的校验位不对，可能有一位填错，请对照身份证逐位核对。")
    sex = Sex.MALE if int(text[16]) % 2 else Sex.FEMALE
    return ResidentNumber(number=text, area=text[:6], born_on=born_on, sex=sex)


def checked_number(kind: str, number: str, *, today: date) -> str:
    """The normalised number of a document of `kind`; ValueError carries a sentence for the person."""
    if kind == IdentityDocument.RESIDENT:
        return resident_number(number, today=today).number
    shape, sentence = _SHAPES[IdentityDocument(kind)]
    text = normalised(number)
    if not re.fullmatch(shape, text):
        raise ValueError(sentence)
    return text


def area_candidates(number: str) -> tuple[str, str, str]:
    """County, city and province code of a resident number. Unknown codes only warrant a warning: divisions change.

    >>> area_candidates("330106198506010018")
    ('330106', '330100', '330000')
    """
    return lies_in(number[:6])
