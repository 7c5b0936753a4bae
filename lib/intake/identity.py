"""Who somebody is: recognised so that it can be dropped before it is stored, cached or shown."""

import re
from enum import Enum

from lib.intake.headers import without_names
from lib.intake.labels import whole_number
from lib.intake.lexicon import lexicon
from lib.intake.text import apart, clean, fold, length_in_words, plain_digits
from lib.workbook.protocol import Cell

HIDDEN = "(not kept)"
"""Stands for any cell of an identity column."""

HIDDEN_EMAIL = "(an e-mail address, not kept)"
HIDDEN_NUMBER = "(a phone or other long number, not kept)"
HIDDEN_LINK = "(a link to somebody's page, not kept)"
STAND_INS = frozenset({HIDDEN, HIDDEN_EMAIL, HIDDEN_NUMBER, HIDDEN_LINK})


class Guard(Enum):
    """How much of a column the store keeps: all, answers that lie on a scale, nothing."""

    OPEN = 0
    ANSWERS = 1
    SHUT = 2


_KINDS = ("email", "name", "phone", "number", "birth", "whose")
_BARE = 4
_SHORT = 8
_QUESTION = 14
_EMAIL = re.compile(r"\S+@\S+\.\w{2,}")
_LINK = re.compile(
    r"(https?://)?([a-z]{2,3}\.|m\.|www\.)?"
    r"(linkedin|facebook|instagram|tiktok|twitter|x|t|vk|snapchat|github)\.(com|me)/\S+",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"[+(]?\d[\d\s().\-]{5,}\d")
_NO_IDENTITY = re.compile(  # dates, spans of years, serial dates, decimals, amounts
    r"(19|20)\d\d\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}(\s+\d.*)?"
    r"|\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?((19|20)\d\d|\d\d)(\s+\d.*)?"
    r"|(19|20)\d\d\s?[-/]\s?(19|20)?\d\d|([2-6]\d{4}|\d{1,3})[.,]\d+"
    r"|\d{1,3}([.,]\d{3})+(\s?-\s?\d{1,3}([.,]\d{3})+)?|\d+00\s?-\s?\d+00"
)


def stand_in(cell: Cell) -> str | None:
    """What is stored instead of a cell that is an address, a long number or a page of somebody."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return HIDDEN_NUMBER if abs(cell) >= 1_000_000 else None
    if cell is None or len(cell) > 120:
        return None
    text = clean(cell).removeprefix("mailto:")
    if "@" in text and _EMAIL.fullmatch(text):
        return HIDDEN_EMAIL
    if "/" in text and _LINK.fullmatch(text):
        return HIDDEN_LINK
    digits = plain_digits(text)
    if len(digits) <= 24 and _LONG_NUMBER.fullmatch(digits) and not _NO_IDENTITY.fullmatch(digits):
        return HIDDEN_NUMBER if sum(char.isdigit() for char in digits) >= 7 else None
    return None


def guard_of(header: str) -> Guard:
    """How much of a column may be kept, by its header alone."""
    folded, words = fold(apart(header)), lexicon()
    asked = [kind for kind in _KINDS if words.header_says(folded, kind)]
    if not asked:
        return Guard.OPEN
    length = length_in_words(header)
    if asked == ["whose"]:
        # "Who are you?" may ask for a role, and "Who teaches you?" may be rated in a grid.
        return Guard.ANSWERS if length <= _QUESTION else Guard.OPEN
    if length <= _BARE or {"number", "birth"} & set(asked):
        return Guard.SHUT
    # Addresses and numbers are known by their form too, so a long question may stay open.
    return Guard.ANSWERS if length <= _SHORT or "name" in asked else Guard.OPEN


def is_harmless(cell: Cell) -> bool:
    """Whether a cell is a point or a label of some scale, or a role: nobody's identity."""
    text = clean(cell)
    if len(text) > 60:
        return False
    number = whole_number(text)
    if number is not None:
        return -5 <= number <= 10
    folded = fold(text) or text
    words = lexicon()
    if folded in words.not_applicable | words.adults | words.students:
        return True
    return any(folded in kind.places for kind in words.kinds)


def names_somebody(text: str) -> bool:
    """Whether a text holds a title with a name ("Ms. Lee")."""
    return without_names(text) != text
