"""What the answers mean, once a form's rows have been read. Lives in memory only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MISSING = -1
"""No answer, "doesn't apply", or an answer that was not understood (then there is a Problem)."""


_SURE, _FAIRLY_SURE = 0.85, 0.65
"""Confidence, from 0 to 1, from which the reading of a column is called so."""


class Role(StrEnum):
    """What a column of the form's tab holds."""

    TIMESTAMP = "timestamp"
    GROUP = "group"
    RATING = "rating"
    STANDING = "standing"
    COMMENT = "comment"
    TRUST = "trust"
    FOLLOWUP = "followup"
    CONSENT = "consent"
    IDENTITY = "identity"
    NOTE = "note"
    OTHER = "other"
    EMPTY = "empty"


class Standing(StrEnum):
    """What students say of a practice, apart from how often it happens."""

    WORKS = "works"
    ISNT_WORKING = "isn't working"
    USED_TO_WORK = "used to work"


STANDING_BIT: Mapping[Standing, int] = {
    Standing.WORKS: 1,
    Standing.ISNT_WORKING: 2,
    Standing.USED_TO_WORK: 4,
}


@dataclass(frozen=True)
class Scale:
    """The points of a rating question and the rule that makes an answer favorable.

    ``labels`` names the points from lowest to highest where the form uses words, else is empty.
    """

    low: int
    high: int
    favorable_from: int
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """How one column of the form's tab was understood.

    ``position`` counts from 1, as the sheet does. ``reason`` is one sentence a person can read;
    ``confidence`` runs from 0 to 1; ``standing`` is set for standing and comment columns that ask
    about one standing. ``practice`` is a practice id. ``recognized``: what the app takes the column
    for, where a person said what it is.
    """

    position: int
    header: str
    role: Role
    practice: str | None = None
    scale: Scale | None = None
    standing: Standing | None = None
    reason: str = ""
    confidence: float = 1.0
    recognized: Role | None = None

    @property
    def sureness(self) -> str:
        """How sure the reading is, in words."""
        if self.confidence >= _SURE:
            return "sure"
        return "please check" if self.doubtful else "fairly sure"

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it before anybody trusts it."""
        return self.confidence < _FAIRLY_SURE


@dataclass(frozen=True)
class Problem:
    """Something in the sheet a person should look at. ``row`` and ``column`` as the sheet counts.

    ``says`` never quotes an answer in words or anything that could be a name. ``on_screen`` is set
    where the problem depends on what somebody answered: it says the same without a row or a count,
    for whoever has no sheet at hand and no results.
    """

    row: int | None
    column: int | None
    says: str
    on_screen: str = ""


@dataclass(frozen=True)
class Dates:
    """How the days of a form's timestamps came out; ``position`` is their column.

    ``order`` is how day and month were read, empty where no date could be read in two ways.
    ``doubtful``: how many rows a person should look at.
    """

    position: int
    order: str
    first: date | None
    last: date | None
    doubtful: int


@dataclass(frozen=True)
class Block:
    """Sheet rows ``first`` to ``last`` that repeat the rows from ``copy_of`` on, cell for cell.

    ``fingerprint`` names the block by what stands in it (``lib.intake.blocks``).
    """

    first: int
    last: int
    copy_of: int
    fingerprint: str


@dataclass(frozen=True)
class Group:
    """One group question: ``codes[i]`` is the index in ``labels`` of response i, or MISSING."""

    labels: tuple[str, ...]
    codes: NDArray[np.int32]


class Comment(NamedTuple):
    """One free-text answer. Shown to nobody whom the review has not passed it for.

    ``response`` is the place of its response in ``Feedback``, ``column`` its place in the sheet.
    """

    response: int
    column: int
    standing: Standing | None
    text: str


@dataclass(frozen=True)
class Comments:
    """Every free-text answer, m of them, column-wise, in the sheet's order.

    ``response``: int32 [m], places of responses in ``Feedback``; ``column``: int16 [m], columns as
    the sheet counts; ``standing_of``: by column, the standing that it asks about.
    """

    response: NDArray[np.int32]
    column: NDArray[np.int16]
    texts: tuple[str, ...]
    standing_of: Mapping[int, Standing | None]

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[Comment]:
        for response, column, text in zip(self.response, self.column, self.texts, strict=True):
            yield Comment(int(response), int(column), self.standing_of.get(int(column)), text)


@dataclass(frozen=True)
class Feedback:
    """All responses of a form, n of them, column-wise.

    ``row``: int32 [n], the sheet row of each response. ``at``: datetime64[s] [n], the school's
    local time, NaT where not known. ``ratings``: int8 [n, p], the point on the practice's own
    scale, or MISSING. ``standings``: uint8 [n, p], the sum of STANDING_BIT values;
    ``standing_asked``: the standings the form asks about. ``trust`` and ``followup``: by header,
    the points as in ``ratings`` with their scale. p practices, in the order of ``practices``.
    ``blocks`` repeat earlier rows and are counted; ``lost_blocks`` are the fingerprints of those
    that a person leaves out and that are found no more.
    """

    columns: tuple[Column, ...]
    practices: tuple[str, ...]
    scales: Mapping[str, Scale]
    row: NDArray[np.int32]
    at: NDArray[np.datetime64]
    ratings: NDArray[np.int8]
    standings: NDArray[np.uint8]
    standing_asked: frozenset[Standing]
    groups: Mapping[str, Group]
    trust: Mapping[str, tuple[Scale, NDArray[np.int8]]]
    followup: Mapping[str, tuple[Scale, NDArray[np.int8]]]
    comments: Comments
    left_out: Mapping[str, int]
    problems: tuple[Problem, ...]
    dates: Dates | None = None
    blocks: tuple[Block, ...] = ()
    lost_blocks: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.row)
