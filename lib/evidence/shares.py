"""The printed share of each planned cell, for one question.

A figure is printed for every cell of a grouping or for none of them; what one cell may not say,
the others together must not say either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from lib.evidence import printing
from lib.evidence.bounds import Relations, Span, fixed_near_an_end, relations, tightened
from lib.evidence.counts import Counts
from lib.evidence.floors import DIFFER_FLOOR, Floors
from lib.evidence.planner import Planned
from lib.evidence.rowspace import small_group
from lib.evidence.types import EVERYBODY, Audience, Hidden, Printed

NOT_ASKED = Hidden("Not asked in this wave.")
TOO_FEW = Hidden("Too few answers to show.")
SMALL_GROUP = Hidden("Hidden to protect a small group.")
FEW_SAID_SO = Hidden("Too few said so, or too few did not, to show how many.")


class Rule(Enum):
    """How a share is printed."""

    CODED_ENDS = "coded ends"
    """Favorable answers: fewer than 3 who differ are coded as "at most" or "at least"."""

    BOTH_SIDES = "both sides"
    """What students say of a practice: only when at least the floor said so and did not."""


@dataclass(frozen=True)
class Printer:
    """Prints shares for the cells of one plan, ``cells[0]`` being everybody; ``people``: [A]."""

    cells: Sequence[Planned]
    people: Counts
    floors: Floors
    _related: dict[tuple[tuple[int, ...], bytes], Relations] = field(default_factory=dict)

    def shares(
        self, said: Counts, base: Counts, rule: Rule, behind: Sequence[int]
    ) -> tuple[Printed, ...]:
        """The share of ``said`` in ``base``, [A] each, for each cell.

        ``base`` are those who answered; ``behind`` the printed n of each cell's interval.
        """
        if not base.any():
            return (NOT_ASKED,) * len(self.cells)
        if int(base.sum()) < self._floor(0):
            return (TOO_FEW,) * len(self.cells)
        asked = _Question(base, [_Count.of(said, base, cell) for cell in self.cells], rule)
        printed: list[Printed] = [SMALL_GROUP] * len(self.cells)
        shown: tuple[int, ...] = ()
        for mine in ([0], *self._groupings()):
            candidate = (*shown, *mine)
            reason = self._reason(candidate, mine, asked) if shown else None
            for i in mine:
                printed[i] = reason or self._printed(i, asked, behind[i])
            shown = shown if reason else candidate
        return tuple(printed)

    def _groupings(self) -> list[list[int]]:
        """The cells of each grouping, public and staff together."""
        of: dict[tuple[str, ...], list[int]] = {}
        for i, cell in enumerate(self.cells):
            if cell.grouping != EVERYBODY:
                of.setdefault(cell.grouping, []).append(i)
        return list(of.values())

    def _floor(self, i: int) -> int:
        return self.floors.of(self.cells[i].audience)

    def _step(self, i: int) -> int:
        everybody = self.cells[i].grouping == EVERYBODY
        return printing.EVERYBODY_STEP if everybody else printing.GROUP_STEP

    def _printed(self, i: int, asked: "_Question", n: int) -> Printed:
        if self._one_sided(i, asked):
            return FEW_SAID_SO
        count = asked.counts[i]
        return printing.figure(count.said, count.base, self._step(i), n)

    def _one_sided(self, i: int, asked: "_Question") -> bool:
        """Whether a share stays hidden because too few said so, or too few did not."""
        count, floor = asked.counts[i], self._floor(i)
        return asked.rule is Rule.BOTH_SIDES and not floor <= count.said <= count.base - floor

    def _reason(
        self, candidate: tuple[int, ...], mine: Sequence[int], asked: "_Question"
    ) -> Hidden | None:
        """Why a grouping's figures stay hidden, if they must."""
        if any(asked.counts[i].base < self._floor(i) for i in mine):
            return TOO_FEW
        if all(self._one_sided(i, asked) for i in mine):
            return FEW_SAID_SO
        if self._gives_away(candidate, asked.base) or self._fixes(candidate, asked):
            return SMALL_GROUP
        return None

    def _gives_away(self, candidate: Sequence[int], base: Counts) -> bool:
        """Whether a small group of those who answered can be worked out."""
        if (base == self.people).all():
            return False  # then the plan has made sure of it
        for audience in Audience:
            seen = [i for i in candidate if self.cells[i].audience in _SEES[audience]]
            masks = np.array([self.cells[i].atoms for i in seen])
            if seen and small_group(masks, base, self.floors.of(audience)) is not None:
                return True
        return False

    def _fixes(self, candidate: tuple[int, ...], asked: "_Question") -> bool:
        """Whether the printed figures together fix a count near an end to fewer than 3 values."""
        related = self._relations(candidate, asked.base)
        bases = [int(b) for b in related.sets @ asked.base[asked.base > 0]]
        spans = [self._span(i, asked) for i in candidate]
        found = tightened([*spans, *((0, b) for b in bases[len(spans) :])], related.sums)
        if any(map(fixed_near_an_end, found, bases)):
            return True
        return any(
            self._one_sided(i, asked) and _hidden_counts(span, b, self._floor(i)) < DIFFER_FLOOR
            for i, span, b in zip(candidate, found, bases, strict=False)
        )

    def _span(self, i: int, asked: "_Question") -> Span:
        """What one cell's figure alone says of its count."""
        count = asked.counts[i]
        if self._one_sided(i, asked):
            return 0, count.base
        low, high = printing.consistent(count.said, count.base, self._step(i))
        if asked.rule is Rule.BOTH_SIDES:
            low, high = max(low, self._floor(i)), min(high, count.base - self._floor(i))
        return low, high

    def _relations(self, candidate: tuple[int, ...], base: Counts) -> Relations:
        inhabited = base > 0
        key = (candidate, inhabited.tobytes())
        if key not in self._related:
            masks = np.array([self.cells[i].atoms[inhabited] for i in candidate])
            self._related[key] = relations(masks, self._partitions(candidate))
        return self._related[key]

    def _partitions(self, candidate: Sequence[int]) -> list[list[int]]:
        """Cells that do not overlap, as places in ``candidate``: each grouping, each audience."""
        found = []
        for mine in self._groupings():
            places = [k for k, i in enumerate(candidate) if i in mine]
            public = [k for k in places if self.cells[candidate[k]].audience is Audience.PUBLIC]
            staff = [k for k in places if k not in public]
            finest = staff + [
                k
                for k in public
                if not any(
                    (self.cells[candidate[s]].atoms & self.cells[candidate[k]].atoms).any()
                    for s in staff
                )
            ]
            found += [part for part in (public, finest if staff else []) if part]
        return found


_SEES = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.STAFF: (Audience.PUBLIC, Audience.STAFF),
}


@dataclass(frozen=True)
class _Count:
    """Exact counts of one cell: how many answered, how many of them said so."""

    said: int
    base: int

    @classmethod
    def of(cls, said: Counts, base: Counts, cell: Planned) -> "_Count":
        return cls(int(said[cell.atoms].sum()), int(base[cell.atoms].sum()))


@dataclass(frozen=True)
class _Question:
    base: Counts
    counts: Sequence[_Count]
    rule: Rule


def _hidden_counts(span: Span, base: int, floor: int) -> int:
    """How many counts of ``span`` would stay hidden: below the floor on one side."""
    low, high = span
    few = max(0, min(high, floor - 1) - low + 1)
    many = max(0, high - max(low, base - floor + 1, floor) + 1)
    return few + many
