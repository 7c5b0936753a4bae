"""Whether the answers behind a frozen cell are still the same, without keeping any of them.

A seal holds a cell's number of answers and one sum of fingerprints over all of them. Two seals
tell whether the same answers are behind a cell; neither tells which (docs/decisions/0008).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import Floors
from lib.evidence.members import Grouping, Label
from lib.evidence.types import EVERYBODY, Audience, Cell
from lib.intake.feedback import MISSING, Feedback

_MODULUS = 1 << 128


@dataclass(frozen=True)
class Seal:
    """The answers behind one cell: how many, and the sum of their fingerprints in hexadecimal."""

    audience: Audience
    grouping: Grouping
    members: tuple[Label, ...]
    count: int
    digest: str


def seal(feedback: Feedback, rows: NDArray[np.intp], cells: Iterable[Cell]) -> tuple[Seal, ...]:
    """Seal each cell of a wave whose responses stand at the places ``rows`` of ``feedback``.

    An answer is known by its time; where there is none, by its row. A sort of the sheet changes
    no seal.
    """
    marks = feedback.at[rows].astype(np.int64)
    marks = np.where(np.isnat(feedback.at[rows]), -feedback.row[rows].astype(np.int64), marks)
    return tuple(
        Seal(cell.audience, cell.grouping, cell.members, int(mine.sum()), _digest(marks[mine]))
        for cell in cells
        for mine in [held(feedback, rows, cell)]
    )


def changed_too_little(old: Seal, new: Seal, floors: Floors) -> bool:
    """Whether a cell's answers are others now, and perhaps too few of them to print it again.

    The seals cannot tell how many were exchanged, only how many more or fewer there are: an
    exchange of equally many is refused, too.
    """
    return old.digest != new.digest and abs(new.count - old.count) < floors.of(old.audience)


def joined(cell: Cell, seals: Iterable[Seal]) -> Seal:
    """The seal of a cell that is made up of others, no answer of which is in two."""
    seals = tuple(seals)
    total = sum(int(one.digest, 16) for one in seals) % _MODULUS
    count = sum(one.count for one in seals)
    return Seal(cell.audience, cell.grouping, cell.members, count, _as_text(total))


def held(feedback: Feedback, rows: NDArray[np.intp], cell: Cell) -> NDArray[np.bool_]:
    """Which of the responses at the places ``rows`` the cell holds, bool [len(rows)]."""
    if cell.grouping == EVERYBODY:
        return np.ones(len(rows), bool)
    found = np.zeros(len(rows), bool)
    groups = [feedback.groups.get(header) for header in cell.grouping]
    for member in cell.members:
        one = np.ones(len(rows), bool)
        for group, label in zip(groups, member, strict=True):
            if group is None:
                one[:] = False
            elif label:
                known = group.labels.index(label) if label in group.labels else MISSING - 1
                one &= group.codes[rows] == known
            else:
                one &= group.codes[rows] == MISSING
        found |= one
    return found


def _digest(marks: NDArray[np.int64]) -> str:
    values, counts = np.unique(marks, return_counts=True)
    total = sum(
        count * int.from_bytes(sha256(str(value).encode()).digest()[:16], "big")
        for value, count in zip(values.tolist(), counts.tolist(), strict=True)
    )
    return _as_text(total % _MODULUS)


def _as_text(total: int) -> str:
    return f"{total:032x}"
