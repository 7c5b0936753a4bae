"""The letters that documents are drawn with, and which texts they can draw."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lib.decided import one_line

if TYPE_CHECKING:
    from fpdf import FPDF

_FONTS = Path(__file__).parent / "fonts"
TEXT, BOLD, TITLE, MORE = (
    _FONTS / f"{name}.ttf" for name in ("text", "text-bold", "title", "more")
)
"""Latin, Greek and Cyrillic in three cuts; further writings and signs in MORE."""

CANNOT_DRAW = "(In letters that this paper cannot draw. The Word document has it.)"

# What held emoji together and stands alone without them.
_JOINS_NOTHING = re.compile("(?<!\\S)[\u200c\u200d]+|[\u200c\u200d]+(?!\\S)")

_STRONG = {"L": False, "R": True, "AL": True}


def drawable(text: str) -> str:
    """A text as the fonts can draw it: on one line, without signs that they lack, such as emoji.

    Where letters are lacking it is ``CANNOT_DRAW``: half a word would say something else.
    """
    clean = one_line(text)
    lacking = {char for char in clean if ord(char) not in _known(TEXT, MORE)}
    if any(unicodedata.category(char)[0] in "LMN" for char in lacking if not _selects(char)):
        return CANNOT_DRAW
    kept = "".join(char for char in clean if char not in lacking)
    return " ".join(_JOINS_NOTHING.sub("", kept).split())


def lend(pdf: "FPDF") -> None:
    """Give a document the letters, as "text", "bold" and "title", shaped and turned round."""
    for name, path in (("text", TEXT), ("bold", BOLD), ("title", TITLE), ("more", MORE)):
        pdf.add_font(name, "", path)
    pdf.set_fallback_fonts(["more"], exact_match=False)
    pdf.set_text_shaping(use_shaping_engine=True)


def in_text_font(text: str) -> bool:
    """Whether TEXT alone can draw all of it, as a picture needs it."""
    return all(ord(char) in _known(TEXT) for char in text)


def right_to_left(text: str) -> bool:
    """Whether a text reads from right to left: as its first letter with a direction does."""
    sides = (_STRONG.get(unicodedata.bidirectional(char)) for char in text)
    return next((side for side in sides if side is not None), False)


def _selects(char: str) -> bool:
    """Whether a sign only chooses how the one before it looks."""
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


@cache
def _known(*paths: Path) -> frozenset[int]:
    # Only for those who want a document.
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    found: set[int] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)
