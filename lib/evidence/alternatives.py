"""Could students have answered differently, and everything printed still be the same?

A group's count is safe when there is another way of answering that prints exactly the same
figures and gives the group another count. Such ways are looked for as small moves away from the
true answers: one who said so fewer here, one more there.
"""

from collections.abc import Sequence
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


def open_count(
    cells: Bools, spans: Sequence[Span], said: Counts, base: Counts, cell: int, values: int
) -> bool:
    """Whether the figures leave at least so many ``values`` for the count of one of the cells.

    Arguments as for ``fixed_group``. True is a proof, False is caution.
    """
    group, found = cells[cell], 1
    start = _Truth.of(cells, spans, said, base)
    if (start.room(1) + start.room(-1) + 1)[group].max(initial=0) >= values:
        return True
    for direction in (1, -1):
        truth = start
        while found < values and (move := truth.move(group, direction)) is not None:
            truth = replace(truth, said=truth.said + move)
            found += 1
    return found >= values


def _unmoved(moves: NDArray[np.int64], people: Counts, floor: int) -> Bools | None:
    """Parts that make up a group of 1 to ``floor`` - 1 people whose count no move changes."""
    if not ((people > 0) & (people < floor)).any():
        return None
    return small_group(null_space(moves), people, floor)


@dataclass(frozen=True)
class _Truth:
    """The true answers, and what the printed figures allow: ``low`` and ``high``, [r]."""

    cells: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    said: Counts
    base: Counts

    @classmethod
    def of(cls, cells: Bools, spans: Sequence[Span], said: Counts, base: Counts) -> "_Truth":
        low, high = (np.array([span[end] for span in spans]) for end in (0, 1))
        return cls(cells.astype(np.int64), low, high, said, base)

    def room(self, direction: int) -> NDArray[np.int64]:
        """How far each atom's count can change on its own, [A], before a figure changes."""
        count = self.cells @ self.said
        own = self.base - self.said if direction > 0 else self.said
        left = self.high - count if direction > 0 else count - self.low
        of_cells = np.where(self.cells > 0, left[:, None], own.max(initial=0))
        return np.asarray(np.minimum(own, of_cells.min(axis=0, initial=own.max(initial=0))))

    def linked(self) -> NDArray[np.int64]:
        """Number the atoms, int [A], so that atoms between which one answer can move are alike.

        0 are those whose count can change by one on its own.
        """
        alone = (self.room(1) > 0) | (self.room(-1) > 0)
        if alone.all():
            return np.zeros(len(alone), np.int64)
        count = self.cells @ self.said
        no_more, no_fewer = (count >= self.high)[:, None], (count <= self.low)[:, None]
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
        search = _Search(self, group, direction, int(self.cells.sum(axis=0).max()))
        for start in np.flatnonzero(group):
            if 0 <= self.said[start] + direction <= self.base[start]:
                move = np.zeros(len(group), np.int64)
                move[start] = direction
                if (found := search.repaired(move, _CHANGES - 1)) is not None:
                    return found
        return None


@dataclass
class _Search:
    truth: _Truth
    group: Bools
    direction: int
    most_repaired: int
    tries: int = field(default=0)

    def repaired(self, move: NDArray[np.int64], left: int) -> NDArray[np.int64] | None:
        """A move that begins as ``move`` and breaks no cell, with at most ``left`` more changes."""
        truth = self.truth
        count = truth.cells @ (truth.said + move)
        wrong = (count > truth.high).astype(np.int64) - (count < truth.low)
        broken = np.flatnonzero(wrong)
        if not len(broken):
            return move if self.direction * move[self.group].sum() > 0 else None
        self.tries += 1
        if not left or self.tries > _TRIES:
            return None
        change = -int(wrong[broken[0]])
        now = truth.said + move + change
        able = (now >= 0) & (now <= truth.base) & (truth.cells[broken[0]] > 0)
        able &= change * move >= 0
        then = count[:, None] + change * truth.cells
        still = ((then > truth.high[:, None]) | (then < truth.low[:, None])).sum(axis=0)
        able &= still <= (left - 1) * self.most_repaired
        for atom in np.flatnonzero(able)[np.lexsort((self.group[able], still[able]))]:
            following = move.copy()
            following[atom] += change
            if (found := self.repaired(following, left - 1)) is not None:
                return found
        return None
