"""Whether the printed figures of several cells together say too much about few people.

The worst is assumed: that the reader knows who is in which group and who answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.evidence.alternatives import fixed_group, open_counts
from lib.evidence.bounds import Relations, Span, fixed_near_an_end, relations, tightened
from lib.evidence.counts import Counts
from lib.evidence.floors import DIFFER_FLOOR, Floors
from lib.evidence.planner import SEES, Planned
from lib.evidence.rowspace import Bools, RowSpace
from lib.evidence.types import Audience


@dataclass(frozen=True)
class View:
    """What one audience sees: which of the cells, and what can be worked out from them."""

    floor: int
    rows: tuple[int, ...]
    space: RowSpace


@dataclass(frozen=True)
class Together:
    """Cells that would be printed together, over the atoms in which somebody answered.

    ``inhabited``: bool [A]; ``cells``: bool [r, a], a the number of inhabited atoms.
    """

    inhabited: Bools
    cells: Bools
    views: tuple[View, ...]
    related: Relations

    @classmethod
    def of(
        cls, planned: Sequence[Planned], people: Counts, inhabited: Bools, floors: Floors
    ) -> "Together":
        """Relate ``planned`` cells to each other; ``people`` [A] are all who are in each atom."""
        cells = np.array([cell.atoms[inhabited] for cell in planned])
        views: list[View] = []
        for audience in Audience:
            rows = tuple(i for i, c in enumerate(planned) if c.audience in SEES[audience])
            if rows and not any(view.rows == rows for view in views):
                space = RowSpace.of(cells[list(rows)], people[inhabited])
                views.append(View(floors.of(audience), rows, space))
        return cls(inhabited, cells, tuple(views), relations(cells, _partitions(planned)))

    def gives_away(self, said: Counts, base: Counts, spans: Sequence[Span]) -> bool:
        """Whether a group below an audience's floor can be worked out, or its count is fixed.

        ``said`` of ``base`` is the truth, [A]; ``spans`` what each cell's figure says of it.
        """
        said, base = said[self.inhabited], base[self.inhabited]
        return any(
            view.space.small_group(base, view.floor) is not None
            or fixed_group(
                self.cells[list(view.rows)],
                [spans[row] for row in view.rows],
                said,
                base,
                view.floor,
            )
            for view in self.views
        )

    def fixes(
        self, said: Counts, base: Counts, spans: Sequence[Span], coded: Sequence[int]
    ) -> bool:
        """Whether the figures together fix a count near an end to fewer than 3 values.

        ``coded``: the cells printed as "at most" or "at least". Arguments as for ``gives_away``.
        """
        said, base = said[self.inhabited], base[self.inhabited]
        bases: NDArray[np.int64] = self.related.sets @ base
        unprinted = [(0, int(b)) for b in bases[len(spans) :]]
        found = tightened([*spans, *unprinted], self.related.sums)
        if any(fixed_near_an_end(span, int(b)) for span, b in zip(found, bases, strict=True)):
            return True
        within = {cell: found[cell] for cell in coded}
        return not open_counts(self.cells, spans, said, base, within, DIFFER_FLOOR)


def _partitions(planned: Sequence[Planned]) -> list[list[int]]:
    """Cells that do not overlap: each grouping as the public sees it, and as staff do."""
    found = []
    for grouping in dict.fromkeys(cell.grouping for cell in planned):
        mine = [i for i, cell in enumerate(planned) if cell.grouping == grouping]
        public = [i for i in mine if planned[i].audience is Audience.PUBLIC]
        staff = [i for i in mine if planned[i].audience is Audience.STAFF]
        divided = {label for i in staff for label in planned[i].members}
        whole = [i for i in public if not divided & set(planned[i].members)]
        found += [public, staff + whole] if staff else [public]
    return [cells for cells in found if cells]
