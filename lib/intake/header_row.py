"""Where the questions stand: in the first row, or below a title and blank rows.

Whenever in doubt the first row holds them, as in every sheet that a form writes.
"""

from collections.abc import Sequence

from lib.intake.identity import STAND_INS, stand_in
from lib.intake.labels import place_on_any
from lib.intake.lexicon import lexicon
from lib.intake.moments import parse
from lib.intake.text import clean, fold
from lib.workbook.protocol import Cell

LOOKED_AT = 60
"""How many rows from the top tell all that is asked here."""

_DEEPEST = 20
_MOST = 0.8
_FEWEST = 4


def header_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The index of the row with the questions: 0 unless all rows above it are blank or a title.

    It has two cells or more, over half as many as the longest row and twice as many as any row
    above it, all of them texts that never come again below; and it asks for the time, or stands
    over moments, numbers or a few labels.
    """
    top = [[_text(cell) for cell in row] for row in rows[:LOOKED_AT]]
    longest = max((sum(map(bool, row)) for row in top), default=0)
    above = 0
    for at, row in enumerate(top[:_DEEPEST]):
        filled = sum(map(bool, row))
        wide = filled >= max(2, 2 * above) and filled * 2 > longest
        if at and wide and _asks(row, top[at + 1 :], titled=above):
            return at
        if any(map(_says_when, row)):  # the questions of a form that has few
            return 0
        above = max(above, filled)
    return 0


def _text(cell: Cell) -> str:
    text = clean(cell)
    return "" if text in STAND_INS else text


def _asks(row: Sequence[str], below: Sequence[Sequence[str]], *, titled: int) -> bool:
    """Whether a row holds the questions that the rows below it answer."""
    answers = [other for other in below if other != row]
    told = 0
    for at, cell in enumerate(row):
        column = [other[at] for other in answers if at < len(other) and other[at]]
        if cell and (_is_answer(cell) or cell in column):
            return False
        told += _tells(column) if cell else 0
    return any(map(_says_when, row)) or told >= (2 if titled else 1)


def _tells(column: Sequence[str]) -> int:
    """How much a column says for it that a text above it is its question: 0, 1 or 2."""
    if column and sum(map(_is_value, column)) >= _MOST * len(column):
        return 2
    return int(len(column) >= _FEWEST and len(set(column)) * 2 <= len(column))


def _is_answer(cell: str) -> bool:
    known = place_on_any(cell) is not None or fold(cell) in lexicon().not_applicable
    return known or stand_in(cell) is not None or _is_value(cell)


def _is_value(cell: str) -> bool:
    number = any(map(str.isdecimal, cell)) and not any(map(str.isalpha, cell))
    return number or parse(cell) is not None


def _says_when(cell: str) -> bool:
    return bool(cell) and lexicon().header_says(fold(cell), "timestamp")


def is_filled(row: Sequence[Cell]) -> bool:
    """Whether any cell of a row holds something."""
    return any(clean(cell) for cell in row)
