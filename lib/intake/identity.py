"""Who somebody is: recognised so that it can be dropped before it is stored, cached or shown."""

import re
from functools import cache

from lib.intake.lexicon import lexicon
from lib.intake.text import clean, fold, plain_digits
from lib.workbook.protocol import Cell

HIDDEN = "(not kept)"
"""Stands for any cell of an identity column."""

HIDDEN_EMAIL = "(an e-mail address, not kept)"
HIDDEN_NUMBER = "(a phone or other long number, not kept)"
STAND_INS = frozenset({HIDDEN, HIDDEN_EMAIL, HIDDEN_NUMBER})

_EMAIL = re.compile(r"\S+@\S+\.\w{2,}")
_LONG_NUMBER = re.compile(r"[+(]?\d[\d\s().\-]{5,}\d")
_NO_IDENTITY = re.compile(  # dates, spans of years, serial dates, decimals, amounts
    r"(19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(\s+\d.*)?"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?((19|20)\d\d|\d\d)(\s+\d.*)?"
    r"|(19|20)\d\d\s?[-/]\s?(19|20)?\d\d|([2-6]\d{4}|\d{1,3})[.,]\d+"
    r"|\d{1,3}([.,]\d{3})+(\s?-\s?\d{1,3}([.,]\d{3})+)?|\d+00\s?-\s?\d+00"
)
IDENTITY_KINDS = ("email", "name", "phone", "number", "birth")


def stand_in(cell: Cell) -> str | None:
    """What is stored instead of a cell that is an e-mail address or a long number by itself."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return HIDDEN_NUMBER if abs(cell) >= 1_000_000 else None
    if cell is None or len(cell) > 120:
        return None
    text = clean(cell).removeprefix("mailto:")
    if "@" in text and _EMAIL.fullmatch(text):
        return HIDDEN_EMAIL
    digits = plain_digits(text)
    if len(digits) <= 24 and _LONG_NUMBER.fullmatch(digits) and not _NO_IDENTITY.fullmatch(digits):
        return HIDDEN_NUMBER if sum(char.isdigit() for char in digits) >= 7 else None
    return None


@cache
def is_identity_header(header: str) -> bool:
    """Whether a header asks who somebody is: e-mail, name, phone, number, birthday, address."""
    folded = fold(header)
    words = lexicon()
    return any(words.header_says(folded, kind) for kind in IDENTITY_KINDS)
