"""Rows that are no answers: blank records, the header again, blocks that a person leaves out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.intake.answers import BLANK, Answers
from lib.intake.blocks import later_copies
from lib.intake.identity import Guard
from lib.intake.labels import whole_number
from lib.intake.moments import Parts, parse
from lib.intake.text import clean
from lib.workbook.protocol import Cell

BLANK_ROW = "blank row"
HEADER_AGAIN = "the header again"
LEFT_OUT_BY_YOU = "block left out by a person"
NO_CONSENT = "did not consent"
"""Why rows are left out, as it is said on screen."""

_LETTERS = 6
"""A written moment has no more letters than "p.m. GMT"."""


def left_out(
    answers: Answers, blocks: Sequence[str]
) -> tuple[NDArray[np.bool_], dict[str, int], tuple[str, ...]]:
    """Which rows count (bool [n]); how many do not, by reason; the blocks that are lost.

    ``blocks`` are the fingerprints of those that a person leaves out (``lib.intake.blocks``).
    """
    blank = np.ones(len(answers), bool)
    for column in answers.columns:
        blank &= column.codes == BLANK
    again = ~blank & _repeats_header(answers) & (not looks_like_answers(answers.header))
    by_person, lost = later_copies(answers, ~blank & ~again, blocks)
    counts = {
        BLANK_ROW: int(blank.sum()),
        HEADER_AGAIN: int(again.sum()),
        LEFT_OUT_BY_YOU: int(by_person.sum()),
    }
    counts = {why: count for why, count in counts.items() if count}
    return ~(blank | again | by_person), counts, lost


def looks_like_answers(header: Sequence[Cell]) -> bool:
    """Whether the first row holds an answer and no questions: a moment, or mostly numbers.

    Numbers that are all different may be those of the questions.
    """
    named = [cell for cell in header if clean(cell)]
    numbers = [n for cell in named if (n := whole_number(clean(cell))) is not None]
    mostly = len(numbers) * 2 > len(named) and len(set(numbers)) < len(numbers)
    return mostly or any(map(_is_moment, named))


def _is_moment(cell: Cell) -> bool:
    """Whether a cell is a date with a time of day and nothing else."""
    found = parse(cell)
    bare = sum(char.isalpha() for char in clean(cell)) <= _LETTERS
    return isinstance(found, Parts) and found.seconds > 0 and bare


def _repeats_header(answers: Answers) -> NDArray[np.bool_]:
    """Rows most of whose cells are their own column's header, at least two of them."""
    matches = np.zeros(len(answers), np.int32)
    named = 0
    for cell, column in zip(answers.header, answers.columns, strict=True):
        name = clean(cell)
        if not name or column.guard is not Guard.OPEN:
            continue
        named += 1
        codes = {column.index[text] for text in (cell, name) if text in column.index}
        matches += np.isin(column.codes, list(codes - {BLANK}))
    return (matches >= 2) & (matches * 5 >= named * 4)
