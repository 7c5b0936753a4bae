"""What can be said of one column before deciding what it is: its distinct answers and how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lib.intake.answers import StoredColumn
from lib.intake.headers import Header
from lib.intake.identity import STAND_INS, Guard
from lib.intake.text import clean, length_in_words
from lib.workbook.protocol import Cell

_STRAYS = 0.2
_SAMPLE = 4_000
"""A column with more distinct answers than this is judged by the first ones."""


@dataclass(frozen=True)
class Profile:
    """One column over the rows that count. ``times``: how often each distinct cell stands there.

    ``rows`` is how many rows count; ``codes`` int32 [rows] are theirs.
    """

    header: Header
    distinct: Sequence[Cell]
    codes: NDArray[np.int32]
    times: NDArray[np.int64]
    guard: Guard

    @property
    def position(self) -> int:
        """The column's number in the sheet, from 1."""
        return self.header.position

    @property
    def rows(self) -> int:
        """How many rows count."""
        return len(self.codes)

    @cached_property
    def filled(self) -> int:
        """How many rows have an answer here."""
        return int(self.times.sum())

    @cached_property
    def different(self) -> int:
        """How many different answers there are."""
        return int((self.times > 0).sum())

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """The different answers as clean text, and how often each was given (a sample of them)."""
        counts: dict[str, int] = {}
        used = np.flatnonzero(self.times)[:_SAMPLE]
        for code in used.tolist():
            answer = clean(self.distinct[code])
            counts[answer] = counts.get(answer, 0) + int(self.times[code])
        return counts

    @cached_property
    def counts_of_cells(self) -> Sequence[tuple[Cell, int]]:
        """The different cells as they came, and how often each was given (a sample of them)."""
        used = np.flatnonzero(self.times)[:_SAMPLE]
        return [(self.distinct[code], int(self.times[code])) for code in used.tolist()]

    @cached_property
    def hidden_share(self) -> float:
        """The part of the answers that are an identity by their own form."""
        hidden = sum(n for answer, n in self.counts.items() if answer in STAND_INS)
        return hidden / max(1, sum(self.counts.values()))

    @property
    def dropped(self) -> bool:
        """Whether this is an identity column of which nothing was kept."""
        return self.guard is Guard.SHUT or (
            self.guard is Guard.ANSWERS and (not self.filled or self.hidden_share > _STRAYS)
        )

    @cached_property
    def given_once(self) -> float:
        """The part of the different answers that one person alone gave."""
        return sum(n == 1 for n in self.counts.values()) / max(1, len(self.counts))

    @cached_property
    def chosen_share(self) -> float:
        """The part of all answers that several people gave alike."""
        chosen = sum(n for n in self.counts.values() if n > 2)
        return chosen / max(1, sum(self.counts.values()))

    @cached_property
    def median_words(self) -> float:
        """The median length of the different answers, in words."""
        return float(np.median([length_in_words(a) for a in self.counts] or [0]))

    @cached_property
    def repetition(self) -> float:
        """How often the average answer was given: 1 when no two are alike."""
        return sum(self.counts.values()) / max(1, len(self.counts))


def profile(header: Header, column: StoredColumn, rows: NDArray[np.bool_]) -> Profile:
    """Describe a column over the rows where ``rows`` (bool [n]) is true."""
    codes = column.codes[rows]
    times = np.bincount(codes[codes >= 0], minlength=column.size)
    return Profile(header, column.distinct, codes, times, column.guard)
