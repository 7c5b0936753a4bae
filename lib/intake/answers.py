"""The form's tab as a compact store: each column is codes into its distinct cells.

Reading half a million rows has to fit a small machine, and everything later parses distinct
values only. Identity is dropped here, before anything is kept: see ``lib.intake.identity``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.intake.identity import HIDDEN, Guard, guard_of, is_harmless, stand_in
from lib.intake.text import clean
from lib.workbook.protocol import Cell

BLANK = -1
"""The code of an empty cell, or of one that holds nothing but spaces."""


class _Index(dict[Cell, int]):
    """From a cell to its code; an unknown cell gets the next code and is added to ``values``.

    A cell that is an identity by its own form (an e-mail address, say) is never a key: all such
    cells share the code of their stand-in. True and 1 share a code, as they do in Python.
    """

    def __init__(self, values: list[Cell]) -> None:
        super().__init__((value, code) for code, value in enumerate(values))
        self.values_list = values
        self[None] = BLANK
        self[""] = BLANK

    def __missing__(self, cell: Cell) -> int:
        if cell != cell or (isinstance(cell, str) and not clean(cell)):
            return BLANK
        shown = stand_in(cell)
        if shown is not None and shown not in self:
            self._add(shown)
        return self[shown] if shown is not None else self._add(cell)

    def _add(self, cell: Cell) -> int:
        code = len(self.values_list)
        self.values_list.append(cell)
        self[cell] = code
        return code


class _Filled(dict[Cell, int]):
    """The index of an identity column: it knows that a cell is filled, and nothing else."""

    def __init__(self, values: list[Cell]) -> None:
        super().__init__((value, code) for code, value in enumerate(values))

    def __missing__(self, cell: Cell) -> int:
        return BLANK if cell != cell or not clean(cell) else 0


class _Guarded(_Index):
    """The index of a column whose header asks who somebody is.

    It keeps answers that can be nobody's identity (points and labels of a scale, so that a rating
    under such a header is still found); of any other cell it knows only that it is filled.
    """

    def __missing__(self, cell: Cell) -> int:
        if cell != cell or not clean(cell):
            return BLANK
        return self._add(cell) if is_harmless(cell) else self[HIDDEN]


@dataclass(frozen=True)
class StoredColumn:
    """One column: ``codes`` int32 [n], indices into ``distinct`` or BLANK.

    ``shared`` and ``index`` are append-only and shared with longer readings of the same tab;
    only the first ``size`` values are this reading's own. ``guard``: how much is kept.
    """

    codes: NDArray[np.int32]
    shared: list[Cell]
    size: int
    index: dict[Cell, int]
    guard: Guard = Guard.OPEN

    @property
    def distinct(self) -> list[Cell]:
        """The distinct cells, in order of first appearance."""
        return self.shared[: self.size]

    def extended(self, cells: Sequence[Cell]) -> "StoredColumn":
        """This column followed by ``cells``."""
        shared, index = self.shared, self.index
        if len(shared) != self.size:  # another reading went on from here: do not disturb it
            shared = self.distinct
            index = _index(shared, self.guard)
        new = np.fromiter(map(index.__getitem__, cells), np.int32, len(cells))
        codes = np.concatenate([self.codes, new])
        return StoredColumn(codes, shared, len(shared), index, self.guard)


@dataclass(frozen=True)
class Answers:
    """The form's tab: ``header`` (one cell a column), ``columns``, and the sheet row of each row.

    ``row``: int32 [n]. All columns have n codes.
    """

    header: tuple[Cell, ...]
    columns: tuple[StoredColumn, ...]
    row: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.row)


def encode(
    header: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    first_row: int = 2,
    *,
    keep: frozenset[int] = frozenset(),
) -> Answers:
    """Store a tab's rows, ragged as they come; the first of them is sheet row ``first_row``.

    ``keep``: positions (from 1) that a person says are no identity, whatever their header.
    """
    none = np.empty(0, np.int32)
    columns = tuple(
        _new_column(0, Guard.OPEN if position in keep else guard_of(clean(cell)))
        for position, cell in enumerate(header, 1)
    )
    empty = Answers(tuple(header), columns, none)
    return _appended(empty, rows, first_row)


def extend(answers: Answers, rows: Sequence[Sequence[Cell]]) -> Answers:
    """The same tab with more rows below. Costs what the new rows weigh; ``answers`` stays valid.

    Extending in any chunks gives the same as encoding all rows at once.
    """
    next_row = int(answers.row[-1]) + 1 if len(answers) else 2
    return _appended(answers, rows, next_row)


def forget(answers: Answers, positions: frozenset[int]) -> Answers:
    """Drop columns (positions from 1) that turned out to be identity: only "filled" is kept."""
    columns = tuple(
        _without_values(column) if position in positions else column
        for position, column in enumerate(answers.columns, 1)
    )
    return Answers(answers.header, columns, answers.row)


def _appended(answers: Answers, rows: Sequence[Sequence[Cell]], first_row: int) -> Answers:
    width = max((len(row) for row in rows), default=0)
    header, columns = answers.header, answers.columns
    if width > len(columns):  # cells to the right of the last header: keep them, header blank
        missing = width - len(columns)
        header = (*header, *([None] * missing))
        columns = (*columns, *(_new_column(len(answers)) for _ in range(missing)))
    grown = tuple(
        column.extended([row[j] if j < len(row) else None for row in rows])
        for j, column in enumerate(columns)
    )
    new_rows = np.arange(first_row, first_row + len(rows), dtype=np.int32)
    return Answers(header, grown, np.concatenate([answers.row, new_rows]))


def _new_column(rows: int, guard: Guard = Guard.OPEN) -> StoredColumn:
    values: list[Cell] = [] if guard is Guard.OPEN else [HIDDEN]
    codes = np.full(rows, BLANK, np.int32)
    return StoredColumn(codes, values, len(values), _index(values, guard), guard)


def _index(values: list[Cell], guard: Guard) -> dict[Cell, int]:
    return {Guard.OPEN: _Index, Guard.ANSWERS: _Guarded, Guard.SHUT: _Filled}[guard](values)


def _without_values(column: StoredColumn) -> StoredColumn:
    codes = np.where(column.codes == BLANK, BLANK, 0).astype(np.int32)
    return replace(_new_column(0, Guard.SHUT), codes=codes)
