"""Could students have answered differently, and everything printed still be the same?

A group's count is safe when there is another way of answering that prints exactly the same
figures and gives the group another count. Such ways are looked for as small moves away from the
true answers: one who said so fewer here, one more there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lib.evidence.bounds import Span
from lib.evidence.counts import Counts
from lib.evidence.rowspace import Bools, null_space, small_group

_CHANGES = 6
_TRIES = 150


def fixed_group(
    cells: Bools, spans: Sequence[Span], said: Counts, base: Counts, floor: int
) -> bool:
    """Whether a group of 1 to ``floor`` - 1 people may have a count that the figures fix.

    ``cells``: [r, A]; ``spans``: what each cell's figure says of its count; ``said`` of ``base``
    is the truth, [A]. Any group counts, whether or not it has a name. True also when a short
    search found no other way of answering: False is a proof, True is caution.
    """
    asked = base > 0
    truth = _Truth.of(cells[:, asked], spans, said[asked], base[asked])
    part = truth.linked()
    parts = int(part.max()) + 1
    people = np.bincount(part, base[asked], parts).astype(np.int64)[1:]
    moves = np.zeros((0, parts - 1), np.int64)
    while (group := _unmoved(moves, people, floor)) is not None:
        chosen = np.concatenate([[False], group])[part]
        move = truth.move(chosen, 1)
        if move is None:
            move = truth.move(chosen, -1)
        if move is None:
            return True
        moves = np.vstack([moves, np.bincount(part, move, parts).astype(np.int64)[1:]])
    return False


def open_counts(
    cells: Bools,
    spans: Sequence[Span],
    said: Counts,
    base: Counts,
    within: Mapping[int, Span],
    values: int,
) -> bool:
    """Whether the figures leave at least so many ``values`` for the count of each of some cells.

    ``within``: the cells to look at, and what all figures together are known to say of their
    counts: beyond it nothing needs to be looked for. Otherwise as for ``fixed_group``: True is a
    proof, False is caution.
    """
    if not within:
        return True
    truth = _Truth.of(cells, spans, said, base)
    alone = truth.room(1) + truth.room(-1) + 1
    return all(
        alone[cells[cell]].max(initial=0) >= values or _open(truth, cells[cell], span, values)
        for cell, span in within.items()
    )


def _open(start: "_Truth", group: Bools, within: Span, values: int) -> bool:
    """Whether moves lead to so many ``values`` of the group's count, one after the other."""
    found, count = 1, int(start.said[group].sum())
    for direction, left in ((1, within[1] - count), (-1, count - within[0])):
        truth = start
        while found < values and left > 0 and (move := truth.move(group, direction)) is not None:
            truth = truth.moved(move)
            left -= direction * int(move[group].sum())
            found += 1
    return found >= values


def _unmoved(moves: NDArray[np.int64], people: Counts, floor: int) -> Bools | None:
    """Parts that make up a group of 1 to ``floor`` - 1 people whose count no move changes."""
    small = (people > 0) & (people < floor)
    if not small.any():
        return None
    if not len(moves):
        # Every part stands alone: what the search would find first, the largest of the small ones.
        largest = np.flatnonzero(small & (people == people[small].max()))[-1]
        return np.asarray(np.arange(len(people)) == largest)
    return small_group(null_space(moves), people, floor)


@dataclass(frozen=True)
class _Truth:
    """The true answers, what they ``count`` in each cell, and what its figure allows.

    ``count``, ``low`` and ``high``: [r].
    """

    cells: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    said: Counts
    base: Counts
    count: NDArray[np.int64]

    @classmethod
    def of(cls, cells: Bools, spans: Sequence[Span], said: Counts, base: Counts) -> "_Truth":
        low, high = (np.array([span[end] for span in spans]) for end in (0, 1))
        whole = cells.astype(np.int64)
        return cls(whole, low, high, said, base, whole @ said)

    def moved(self, move: NDArray[np.int64]) -> "_Truth":
        """As if the answers were changed by ``move``, [A]."""
        return replace(self, said=self.said + move, count=self.count + self.cells @ move)

    def room(self, direction: int) -> NDArray[np.int64]:
        """How far each atom's count can change on its own, [A], before a figure changes."""
        own = self.base - self.said if direction > 0 else self.said
        left = self.high - self.count if direction > 0 else self.count - self.low
        of_cells = np.where(self.cells > 0, left[:, None], own.max(initial=0))
        return np.asarray(np.minimum(own, of_cells.min(axis=0, initial=own.max(initial=0))))

    def linked(self) -> NDArray[np.int64]:
        """Number the atoms, int [A], so that atoms between which one answer can move are alike.

        0 are those whose count can change by one on its own.
        """
        alone = (self.room(1) > 0) | (self.room(-1) > 0)
        if alone.all():
            return np.zeros(len(alone), np.int64)
        no_more = (self.count >= self.high)[:, None]
        no_fewer = (self.count <= self.low)[:, None]
        more, fewer = self.said < self.base, self.said > 0
        inside, outside = self.cells, 1 - self.cells
        broken = (inside * no_more).T @ outside + (outside * no_fewer).T @ inside
        swap = (broken == 0) & more[:, None] & fewer[None, :]
        near = swap | swap.T
        number = np.where(alone, 0, np.arange(1, len(alone) + 1))
        while True:
            least = np.where(near, number[None, :], number[:, None]).min(axis=1)
            least = np.minimum(least, number)
            if (least == number).all():
                break
            number = least
        return np.unique(np.append(number, 0), return_inverse=True)[1][:-1].astype(np.int64)

    def move(self, group: Bools, direction: int) -> NDArray[np.int64] | None:
        """A change of the answers, [A], that prints the same and moves the group's count.

        ``direction``: 1 for a larger count of the group, -1 for a smaller one.
        """
        most = int(self.cells.sum(axis=0).max())
        search = _Search(self, self.cells > 0, group, direction, most)
        for start in np.flatnonzero(group):
            if 0 <= self.said[start] + direction <= self.base[start]:
                move = np.zeros(len(group), np.int64)
                move[start] = direction
                count = self.count + direction * self.cells[:, start]
                if not self.breaks(count).any():
                    return move
                if (found := search.repaired(move, count, 1, _CHANGES - 1)) is not None:
                    return found
        return None

    def breaks(self, count: NDArray[np.int64]) -> Bools:
        """Which cells would print another figure if their counts were ``count``, [r]."""
        return (count > self.high) | (count < self.low)


@dataclass
class _Search:
    truth: _Truth
    inside: Bools
    group: Bools
    direction: int
    most_repaired: int
    tries: int = field(default=0)

    def repaired(
        self, move: NDArray[np.int64], count: NDArray[np.int64], gain: int, left: int
    ) -> NDArray[np.int64] | None:
        """A move that begins as ``move`` and breaks no cell, with at most ``left`` more changes.

        ``move`` itself breaks some: ``count`` [r] are the cells' counts after it, ``gain`` is how
        far it takes the group's count in the direction that is looked for.
        """
        self.tries += 1
        if not left or self.tries > _TRIES:
            return None
        truth, wrong = self.truth, self.truth.breaks(count)
        broken = int(wrong.argmax())
        change = -1 if count[broken] > truth.high[broken] else 1
        # An answer is changed once, not forth and back.
        now = truth.said + move
        able = (now < truth.base) & (move >= 0) if change > 0 else (now > 0) & (move <= 0)
        able &= self.inside[broken]
        # How many cells are broken then, worked out from those that the change breaks or mends.
        turned = truth.breaks(count + change).astype(np.int64) - wrong
        still = turned @ truth.cells + np.count_nonzero(wrong)
        able &= still <= (left - 1) * self.most_repaired
        (atoms,) = able.nonzero()
        still, mine = still[atoms], self.group[atoms]
        for place in np.lexsort((mine, still)).tolist():
            atom, breaks = atoms[place], still[place]
            gained = gain + self.direction * change * int(mine[place])
            if breaks and self.tries > _TRIES:
                return None
            if not breaks and gained <= 0:
                continue
            following = move.copy()
            following[atom] += change
            if not breaks:
                return following
            then = count + change * truth.cells[:, atom]
            if (found := self.repaired(following, then, gained, left - 1)) is not None:
                return found
        return None
