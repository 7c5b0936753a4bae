"""Rows that are no answers: blank records, the header again, blocks a person leaves out; and
blocks that look pasted twice, which are reported and never removed by themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.intake.answers import BLANK, Answers
from lib.intake.dates import Parts, parse
from lib.intake.identity import Guard
from lib.intake.labels import whole_number
from lib.intake.text import clean
from lib.workbook.protocol import Cell

BLANK_ROW = "blank row"
HEADER_AGAIN = "the header again"
LEFT_OUT_BY_YOU = "block left out by a person"
NO_CONSENT = "did not consent"

_LETTERS = 6
"""A written moment has no more letters than "p.m. GMT"."""
_SHORTEST_BLOCK = 3
_SHORTEST_UNTIMED_BLOCK = 6


@dataclass(frozen=True)
class Block:
    """Sheet rows ``first`` to ``last`` that repeat the rows from ``copy_of`` on, cell for cell."""

    first: int
    last: int
    copy_of: int


def left_out(
    answers: Answers, blocks: Sequence[tuple[int, int]]
) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Which rows count (bool [n]), and how many do not, by reason.

    ``blocks`` are ranges of sheet rows, both ends included, that a person leaves out.
    """
    n = len(answers)
    blank = np.ones(n, bool)
    for column in answers.columns:
        blank &= column.codes == BLANK
    again = ~blank & _repeats_header(answers) & (not looks_like_answers(answers.header))
    by_person = np.zeros(n, bool)
    for first, last in blocks:
        by_person |= (answers.row >= first) & (answers.row <= last)
    by_person &= ~blank & ~again
    counts = {
        BLANK_ROW: int(blank.sum()),
        HEADER_AGAIN: int(again.sum()),
        LEFT_OUT_BY_YOU: int(by_person.sum()),
    }
    return ~(blank | again | by_person), {why: count for why, count in counts.items() if count}


def looks_like_answers(header: Sequence[Cell]) -> bool:
    """Whether the first row holds an answer and no questions: a moment, or mostly numbers.

    Numbers that are all different may be those of the questions.
    """
    named = [cell for cell in header if clean(cell)]
    numbers = [n for cell in named if (n := whole_number(clean(cell))) is not None]
    mostly = len(numbers) * 2 > len(named) and len(set(numbers)) < len(numbers)
    return mostly or any(map(_is_moment, named))


def repeated_blocks(answers: Answers, rows: NDArray[np.bool_], *, timed: bool) -> tuple[Block, ...]:
    """Runs of rows that repeat an earlier run exactly, longest first.

    ``timed``: the form has timestamps, so that a few equal rows in a row cannot be chance.
    """
    shortest = _SHORTEST_BLOCK if timed else _SHORTEST_UNTIMED_BLOCK
    indices = np.flatnonzero(rows)
    if len(indices) < 2 * shortest:
        return ()
    prints = _fingerprints(answers)[indices]
    taken = np.zeros(len(indices), bool)
    found: list[Block] = []
    for offset in _likely_offsets(prints, shortest):
        same = np.zeros(len(indices), bool)
        same[offset:] = (prints[offset:] == prints[:-offset]) & ~taken[offset:]
        for start, stop in _runs(same):
            if stop - start < shortest or len(np.unique(prints[start:stop])) < shortest:
                continue
            taken[start:stop] = True
            first, last, source = answers.row[indices[[start, stop - 1, start - offset]]]
            found.append(Block(int(first), int(last), int(source)))
    return _of_first_copies(sorted(found, key=lambda block: block.first))


def _of_first_copies(blocks: list[Block]) -> tuple[Block, ...]:
    """The same blocks, each as a copy of the rows that were there first."""
    traced: list[Block] = []
    for block in blocks:
        earlier = next((b for b in traced if b.first <= block.copy_of <= b.last), None)
        source = block.copy_of - earlier.first + earlier.copy_of if earlier else block.copy_of
        traced.append(Block(block.first, block.last, source))
    return tuple(traced)


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


def _fingerprints(answers: Answers) -> NDArray[np.uint64]:
    prints = np.zeros(len(answers), np.uint64)
    for column in answers.columns:
        prints = prints * np.uint64(0x9E3779B97F4A7C15) + (column.codes + 2).astype(np.uint64)
        prints ^= prints >> np.uint64(29)
    return prints


def _likely_offsets(prints: NDArray[np.uint64], shortest: int) -> list[int]:
    """Distances at which many rows find their like, largest first agreement first."""
    order = np.argsort(prints, kind="stable")
    alike = prints[order][1:] == prints[order][:-1]
    distances = np.diff(order)[alike]
    if not len(distances):
        return []
    values, votes = np.unique(distances, return_counts=True)
    best = np.argsort(-votes, kind="stable")[:20]
    return [int(values[i]) for i in best if votes[i] >= shortest]


def _runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(np.concatenate([[0], mask.astype(np.int8), [0]]))
    starts, stops = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(starts.tolist(), stops.tolist(), strict=True))
