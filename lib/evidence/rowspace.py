"""What can be worked out from published cells by adding and subtracting them, exactly.

A group can be worked out when its indicator is a linear combination of the cells' indicators: it
lies in their row space. All arithmetic is in whole numbers, so there is no tolerance to tune.
"""

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Whole = NDArray[np.int64] | NDArray[np.object_]

_SAFE_PRODUCT = 1 << 61
_STATES = 20_000


def small_group(cells: Bools, people: NDArray[np.int64], floor: int) -> Bools | None:
    """Find a group of 1 to ``floor`` - 1 people that the cells give away, or None.

    ``cells``: [r, A], the atoms of each cell; ``people``: [A], may be zero. Any group counts,
    whether or not it has a name. Returns its atoms, [A]; should the search grow beyond reason,
    all atoms, as a group that was not proved safe.
    """
    found = np.zeros(len(people), bool)
    inhabited = np.flatnonzero(people)
    columns, of_atom = np.unique(cells[:, inhabited], axis=1, return_inverse=True)
    of_atom = of_atom.ravel()
    weight = np.bincount(of_atom, people[inhabited], columns.shape[1]).astype(np.int64)
    order = np.argsort(-weight, kind="stable")
    many = int((weight >= floor).sum())
    rows = _among_small(columns[:, order].astype(np.int64), many)
    if not len(rows):
        return None
    classes = _zero_one(rows, weight[order][many:], floor)
    if classes is None:
        return None
    chosen = np.zeros(len(weight), bool)
    chosen[order[many:]] = classes
    found[inhabited] = chosen[of_atom]
    return found


def spans(cells: Bools, group: Bools) -> bool:
    """Whether ``group`` [A] is a linear combination of ``cells`` [r, A], exactly."""
    matrix = cells.astype(np.int64)
    return _rank(matrix) == _rank(np.vstack([matrix, group.astype(np.int64)]))


def _rank(matrix: Whole) -> int:
    return len(_reduced(matrix)[1])


def _among_small(matrix: Whole, many: int) -> Whole:
    """A reduced basis of the row space's vectors that are zero in the first ``many`` columns."""
    reduced, pivots = _reduced(matrix)
    first = next((i for i, pivot in enumerate(pivots) if pivot >= many), len(pivots))
    return reduced[first : len(pivots), many:]


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
        matrix = _wide_enough(matrix)
        factors = matrix[others, column]
        matrix[others] = matrix[others] * matrix[row, column] - np.outer(factors, matrix[row])
        divisor = np.gcd.reduce(matrix[others], axis=1)
        matrix[others] //= np.where(divisor == 0, 1, divisor)[:, None]
        pivots.append(column)
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
    pivot = (rows != 0).argmax(axis=1)
    scale = np.lcm.reduce(rows[np.arange(len(rows)), pivot])
    rows = rows * (scale // rows[np.arange(len(rows)), pivot])[:, None]
    last = len(rows) - 1 - (rows[::-1] != 0).argmax(axis=0)
    last[(rows == 0).all(axis=0)] = -1
    states = np.zeros((1, rows.shape[1]), rows.dtype)
    for i, row in enumerate(rows):
        states = np.vstack([states, states + row])
        finished = states[:, last <= i]
        allowed = ((finished == 0) | (finished == scale)).all(axis=1)
        heavy = (finished == scale) @ weight[last <= i] >= floor
        states = states[allowed & ~heavy]
        if len(states) > _STATES:
            return np.ones(rows.shape[1], bool)
    groups = np.asarray(states == scale, bool)
    groups = groups[groups.any(axis=1)]
    return groups[0] if len(groups) else None
