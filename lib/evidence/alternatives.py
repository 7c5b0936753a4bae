"""Could students have answered differently, and everything printed still be the same?

A group's count is safe when there is another way of answering that prints exactly the same
figures and gives the group another count. Such ways are looked for as small moves away from the
true answers: one who said so fewer here, one more there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lib.evidence.bounds import Span
from lib.evidence.counts import Counts
from lib.evidence.rowspace import Bools, null_space, small_group

_CHANGES = 6
_TRIES = 500


def fixed_group(
    cells: Bools, spans: Sequence[Span], said: Counts, base: Counts, floor: int
) -> bool:
    """Whether a group of 1 to ``floor`` - 1 people may have a count that the figures fix.

    ``cells``: [r, A]; ``spans``: what each cell's figure says of its count; ``said`` of ``base``
    is the truth, [A]. Any group counts, whether or not it has a name. True also when a short
    search found no other way of answering: False is a proof, True is caution.
    """
    asked = base > 0
    truth = _Truth(
        cells=cells[:, asked].astype(np.int64),
        low=np.array([low for low, _ in spans]),
        high=np.array([high for _, high in spans]),
        said=said[asked],
        base=base[asked],
    )
    part = truth.linked()
    parts = int(part.max()) + 1
    people = np.bincount(part, base[asked], parts).astype(np.int64)[1:]
    moves = np.zeros((0, parts - 1), np.int64)
    while (group := _unmoved(moves, people, floor)) is not None:
        move = truth.move(np.concatenate([[False], group])[part])
        if move is None:
            return True
        moves = np.vstack([moves, np.bincount(part, move, parts).astype(np.int64)[1:]])
    return False


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

    def linked(self) -> NDArray[np.int64]:
        """Number the atoms, int [A], so that atoms between which one answer can move are alike.

        0 are those whose count can change by one on its own.
        """
        count = self.cells @ self.said
        no_more, no_fewer = (count >= self.high)[:, None], (count <= self.low)[:, None]
        more, fewer = self.said < self.base, self.said > 0
        inside, outside = self.cells, 1 - self.cells
        alone = (more & ~(inside * no_more).any(axis=0)) | (
            fewer & ~(inside * no_fewer).any(axis=0)
        )
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

    def move(self, group: Bools) -> NDArray[np.int64] | None:
        """A change of the answers, [A], that prints the same and changes the group's count."""
        search = _Search(self, group)
        for start in np.flatnonzero(group):
            for change in (1, -1):
                if 0 <= self.said[start] + change <= self.base[start]:
                    move = np.zeros(len(group), np.int64)
                    move[start] = change
                    for found in search.repaired(move, _CHANGES - 1):
                        return found
        return None


@dataclass
class _Search:
    truth: _Truth
    group: Bools
    tries: int = field(default=0)

    def repaired(self, move: NDArray[np.int64], left: int) -> Iterator[NDArray[np.int64]]:
        """Moves that begin as ``move`` and break no cell, with at most ``left`` more changes."""
        truth = self.truth
        count = truth.cells @ (truth.said + move)
        wrong = (count > truth.high).astype(np.int64) - (count < truth.low)
        broken = np.flatnonzero(wrong)
        if not len(broken):
            if move[self.group].sum():
                yield move
            return
        self.tries += 1
        if not left or self.tries > _TRIES:
            return
        change = -int(wrong[broken[0]])
        now = truth.said + move + change
        able = (now >= 0) & (now <= truth.base) & (truth.cells[broken[0]] > 0)
        able &= ~((move != 0) & (np.sign(move) != change))
        then = count[:, None] + change * truth.cells
        still = ((then > truth.high[:, None]) | (then < truth.low[:, None])).sum(axis=0)
        for atom in sorted(np.flatnonzero(able), key=lambda i: int(still[i])):
            following = move.copy()
            following[atom] += change
            yield from self.repaired(following, left - 1)
