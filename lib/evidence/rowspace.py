"""What can be worked out from published cells by adding and subtracting them, exactly.

A group can be worked out when its indicator is a linear combination of the cells' indicators: it
lies in their row space. All arithmetic is in whole numbers, so there is no tolerance to tune.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Whole = NDArray[np.int64] | NDArray[np.object_]

_SAFE_PRODUCT = 1 << 61
_STATES = 5_000


@dataclass(frozen=True)
class RowSpace:
    """All that adding and subtracting gives, as a reduced basis.

    Atoms in exactly the same cells cannot be told apart: they make one class. ``of_class``: the
    class of each atom, [A]; ``rows``: [rank, classes], ``pivots`` their first columns.
    """

    of_class: NDArray[np.intp]
    rows: Whole
    pivots: tuple[int, ...]

    @classmethod
    def of(cls, cells: Bools | NDArray[np.int64], people: NDArray[np.int64]) -> "RowSpace":
        """The row space of ``cells`` [r, A]; ``people`` [A] only speeds up what follows."""
        columns, of_class = np.unique(cells, axis=1, return_inverse=True)
        weight = np.bincount(of_class.ravel(), people, columns.shape[1])
        order = np.argsort(-weight, kind="stable")
        place = np.empty(len(order), np.intp)
        place[order] = np.arange(len(order))
        rows, pivots = _reduced(columns[:, order].astype(np.int64))
        return cls(place[of_class.ravel()], rows[: len(pivots)], tuple(pivots))

    def small_group(self, people: NDArray[np.int64], floor: int) -> Bools | None:
        """Find a group of 1 to ``floor`` - 1 people that is given away, or None.

        ``people``: [A], none of them zero. Any group counts, whether or not it has a name.
        Returns its atoms, [A]; should the search grow beyond reason, all atoms, as a group that
        was not proved safe.
        """
        weight = np.bincount(self.of_class, people, self.rows.shape[1]).astype(np.int64)
        small = np.flatnonzero(weight < floor)
        if not len(small):
            return None
        first = next((i for i, p in enumerate(self.pivots) if p >= small[0]), len(self.pivots))
        classes = _zero_one(self.rows[first:, small[0] :], weight[small[0] :], floor)
        if classes is None:
            return None
        return np.concatenate([np.zeros(small[0], bool), classes])[self.of_class]


def small_group(
    cells: Bools | NDArray[np.int64], people: NDArray[np.int64], floor: int
) -> Bools | None:
    """Find a group of 1 to ``floor`` - 1 people that ``cells`` [r, A] give away, or None."""
    return RowSpace.of(cells, people).small_group(people, floor)


def null_space(matrix: NDArray[np.int64]) -> NDArray[np.int64]:
    """A basis, in whole numbers, of the vectors [k] orthogonal to each row of ``matrix`` [r, k]."""
    reduced, pivots = _reduced(matrix)
    free = [column for column in range(matrix.shape[1]) if column not in set(pivots)]
    scale = int(np.lcm.reduce([int(abs(reduced[i, p])) for i, p in enumerate(pivots)] or [1]))
    basis = np.zeros((len(free), matrix.shape[1]), np.int64)
    basis[np.arange(len(free)), free] = scale
    for i, pivot in enumerate(pivots):
        basis[:, pivot] = -reduced[i, free].astype(object) * (scale // int(reduced[i, pivot]))
    return basis


def _reduced(matrix: Whole) -> tuple[Whole, list[int]]:
    """Reduced row echelon form in whole numbers, each row divided by its common factor."""
    matrix = matrix.copy()
    pivots: list[int] = []
    for column in range(matrix.shape[1]):
        row = len(pivots)
        if row == len(matrix):
            break
        below = np.flatnonzero(matrix[row:, column])
        if not len(below):
            continue
        matrix[[row, row + below[0]]] = matrix[[row + below[0], row]]
        others = np.flatnonzero(matrix[:, column])
        others = others[others != row]
        pivots.append(column)
        if not len(others):
            continue
        matrix = _wide_enough(matrix)
        factors = matrix[others, column]
        matrix[others] = matrix[others] * matrix[row, column] - np.outer(factors, matrix[row])
        divisor = np.gcd.reduce(matrix[others], axis=1)
        matrix[others] //= np.where(divisor == 0, 1, divisor)[:, None]
    return matrix, pivots


def _wide_enough(matrix: Whole) -> Whole:
    """The matrix itself, or in numbers without a limit where products might not fit."""
    if matrix.dtype == object or 2 * int(np.abs(matrix).max()) ** 2 < _SAFE_PRODUCT:
        return matrix
    return matrix.astype(object)


def _zero_one(rows: Whole, weight: NDArray[np.int64], floor: int) -> Bools | None:
    """A combination of reduced ``rows`` [d, k] that is all 0 or 1 and weighs 1 to floor - 1.

    In such a combination each row counts once or not at all, as its pivot says. States that
    already break a finished column, or already weigh too much, are dropped on the way.
    """
    if not len(rows):
        return None
    pivot = (rows != 0).argmax(axis=1)
    scale = np.lcm.reduce(rows[np.arange(len(rows)), pivot])
    rows = rows * (scale // rows[np.arange(len(rows)), pivot])[:, None]
    last = len(rows) - 1 - (rows[::-1] != 0).argmax(axis=0)
    last[(rows == 0).all(axis=0)] = -1
    states = np.zeros((1, rows.shape[1]), rows.dtype)
    for i, row in enumerate(rows):
        states = np.vstack([states, states + row])
        whole = (states == 0) | (states == scale)
        heavy = (states == scale)[:, last <= i] @ weight[last <= i] >= floor
        alive = whole[:, last <= i].all(axis=1) & ~heavy
        groups = states[alive & whole.all(axis=1)] == scale
        light = groups[groups.any(axis=1) & (groups @ weight < floor)]
        if len(light):
            return np.asarray(light[0], bool)
        states = states[alive]
        if len(states) > _STATES:
            return np.ones(rows.shape[1], bool)
    return None
