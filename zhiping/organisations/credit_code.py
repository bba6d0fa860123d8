"""Unified social credit codes (GB 32100-2015): shape and check character."""

import re

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


def check_character(body: str) -> str:
    """The 18th character from the first 17.

    >>> check_character("91350100M000100Y4")
    '3'
    """
    total = sum(weight * ALPHABET.index(character) for weight, character in zip(WEIGHTS, body, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def checked_code(code: str) -> str:
    """The code in upper case without spaces; ValueError carries a sentence for the person."""
    text = re.sub(r"[\s\-]", "", code).upper()
    if len(text) != 18:
        raise ValueError(
            f"统一社会信用代码应为 18 位，您填写的是 {len(text)} 位，请对照营业执照或法人证书填写。"
        )
    if not _SHAPE.fullmatch(text):
        raise ValueError(
            "统一社会信用代码由数字和大写字母组成（不用 I、O、S、V、Z），第 3 至 8 位为数字，请对照证照填写。"
        )
    if check_character(text[:17]) != text[17]:
        raise ValueError("统一社会信用代码的校验位不对，可能有一位填错，请对照证照逐位核对。")
    return text
