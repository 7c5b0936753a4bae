"""Cells and headers as text: cleaned for people to read, folded for comparing."""

import re
import unicodedata

from lib.workbook.protocol import Cell

UNREADABLE = "\ufffd"
"""What stands for bytes of a file that are no letter."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640]")
_NOT_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINED = re.compile("[\u0600-\u06ff]")
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLAIN_LETTERS = str.maketrans("ıđøłæßœىةک", "idolasoيهك")


def clean(cell: Cell) -> str:
    """A cell as one line of text: no invisible marks, single spaces, whole numbers without ".0"."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell)
    return " ".join((text if text.isascii() else _INVISIBLE.sub("", text)).split())


def fold(text: str) -> str:
    """A text for comparing: no case, accents or punctuation, digits and letters in plain form."""
    if text.isascii():  # most cells: there is nothing to take off
        return _NOT_WORD.sub(" ", text.casefold()).strip()
    decomposed = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text).casefold())
    unmarked = _MARKS.sub("", decomposed).translate(_PLAIN_LETTERS)
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFC", plain_digits(unmarked))).strip()


def apart(header: str) -> str:
    """A header that a program wrote as one word ("studentId") with its words apart."""
    return header if " " in header else _CAMEL.sub(" ", header)


def plain_digits(text: str) -> str:
    """Write Arabic, Persian and other decimal digits as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char, char)) for char in text)


def has_marks(text: str) -> bool:
    """Whether folding would take accents off this text."""
    return bool(_MARKS.search(unicodedata.normalize("NFKD", text)))


def contains(folded: str, phrase: str) -> bool:
    """Whether a folded text holds a folded phrase, as whole words where the script has them.

    A phrase that ends with "*" may be the beginning of a longer word. Arabic joins its articles
    and prepositions to the word, so there a part of a word will do.
    """
    if not phrase:
        return False
    if phrase.endswith("*"):
        return f" {phrase[:-1]}" in f" {folded}"
    if phrase not in folded:
        return False
    if not phrase.isascii() and (_UNSPACED.search(phrase) or _JOINED.search(phrase)):
        return True
    return f" {phrase} " in f" {folded} "


def length_in_words(text: str) -> int:
    """Words in a text; in a script without spaces two characters count as a word."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) + unspaced // 2
