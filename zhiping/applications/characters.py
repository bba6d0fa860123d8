"""Counting characters of 本人述职 (R-089, C-61): Unicode characters without white space, punctuation counted."""


def count_characters(text: str) -> int:
    """Number of characters that are not white space.

    >>> count_characters("任现职以来，\\n 主持 1 项。")
    12
    """
    return sum(not character.isspace() for character in text)
