"""The printed share of each planned cell, for one question.

A figure is printed for every cell of a grouping or for none of them; what one cell may not say,
the others together must not say either.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from lib.evidence import printing
from lib.evidence.bounds import Span
from lib.evidence.counts import Counts
from lib.evidence.disclosure import Together
from lib.evidence.floors import Floors
from lib.evidence.planner import Planned
from lib.evidence.rowspace import Bools
from lib.evidence.types import EVERYBODY, Hidden, Printed

NOBODY = Hidden("Too few answers in this wave.")
NOT_ASKED = Hidden("Not asked in this wave.")
TOO_FEW = Hidden("Too few answers to show.")
SMALL_GROUP = Hidden("Hidden to protect a small group.")
FEW_SAID_SO = Hidden("Too few said so, or too few did not, to show how many.")
"""Why a share is not printed."""


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
    _known: dict[tuple[tuple[int, ...], bytes], Together] = field(default_factory=dict)

    def shares(
        self, said: Counts, base: Counts, rule: Rule, behind: Sequence[int]
    ) -> tuple[Printed, ...]:
        """The share of ``said`` in ``base``, [A] each, for each cell.

        ``base`` are those who answered; ``behind`` the printed n of each cell's interval.
        """
        if not base.any():
            return (NOT_ASKED,) * len(self.cells)
        asked = _Question(self, said, base, rule)
        if asked.bases[0] < asked.floor(0):
            return (TOO_FEW,) * len(self.cells)
        printed: list[Printed] = [asked.printed(0, behind[0])] * len(self.cells)
        shown: tuple[int, ...] = (0,)
        for mine in self._groupings():
            reason = asked.reason(mine, (*shown, *mine))
            for i in mine:
                printed[i] = reason or asked.printed(i, behind[i])
            shown = shown if reason else (*shown, *mine)
        return tuple(printed)

    def together(self, cells: tuple[int, ...], inhabited: Bools) -> Together:
        """The cells at these places, related to each other where somebody answered."""
        key = (cells, inhabited.tobytes())
        if key not in self._known:
            planned = [self.cells[i] for i in cells]
            self._known[key] = Together.of(planned, self.people, inhabited, self.floors)
        return self._known[key]

    def _groupings(self) -> list[list[int]]:
        """The cells of each grouping, public and staff together."""
        of: dict[tuple[str, ...], list[int]] = {}
        for i, cell in enumerate(self.cells):
            if cell.grouping != EVERYBODY:
                of.setdefault(cell.grouping, []).append(i)
        return list(of.values())


class _Question:
    """One question's exact counts, and what may be printed of them."""

    def __init__(self, printer: Printer, said: Counts, base: Counts, rule: Rule) -> None:
        self._printer = printer
        self._said, self._base, self._rule = said, base, rule
        masks = np.array([cell.atoms for cell in printer.cells])
        self.saids: list[int] = (masks @ said).tolist()
        self.bases: list[int] = (masks @ base).tolist()

    def floor(self, i: int) -> int:
        return self._printer.floors.of(self._printer.cells[i].audience)

    def printed(self, i: int, n: int) -> Printed:
        """The figure of cell i, were it alone."""
        if self._one_sided(i):
            return FEW_SAID_SO
        return printing.figure(self.saids[i], self.bases[i], self._step(i), n)

    def reason(self, mine: Sequence[int], candidate: tuple[int, ...]) -> Hidden | None:
        """Why the cells ``mine`` stay hidden where ``candidate`` would be printed, if they must."""
        if any(self.bases[i] < self.floor(i) for i in mine):
            return TOO_FEW
        if all(self._one_sided(i) for i in mine):
            return FEW_SAID_SO
        together = self._printer.together(candidate, self._base > 0)
        spans = [self._span(i) for i in candidate]
        extreme = [k for k, i in enumerate(candidate) if self._extreme(i)]
        if together.fixes(self._said, self._base, spans, extreme):
            return SMALL_GROUP
        given_away = together.gives_away(self._said, self._base, spans)
        return SMALL_GROUP if given_away else None

    def _step(self, i: int) -> int:
        everybody = self._printer.cells[i].grouping == EVERYBODY
        return printing.EVERYBODY_STEP if everybody else printing.GROUP_STEP

    def _one_sided(self, i: int) -> bool:
        """Whether a share stays hidden because too few said so, or too few did not."""
        least = self.floor(i)
        return self._rule is Rule.BOTH_SIDES and not (
            least <= self.saids[i] <= self.bases[i] - least
        )

    def _extreme(self, i: int) -> bool:
        """Whether a cell says only that few differ from the others."""
        if self._one_sided(i):
            return True
        return bool(printing.coded(self.saids[i], self.bases[i], self._step(i))[1])

    def _span(self, i: int) -> Span:
        """What one cell's figure alone says of its count."""
        if self._one_sided(i):
            least = self.floor(i)
            few = self.saids[i] < least
            return (0, least - 1) if few else (self.bases[i] - least + 1, self.bases[i])
        low, high = printing.consistent(self.saids[i], self.bases[i], self._step(i))
        if self._rule is Rule.BOTH_SIDES:
            return max(low, self.floor(i)), min(high, self.bases[i] - self.floor(i))
        return low, high
