"""What an outsider who knows everybody's groups could work out from printed figures.

The tools of an attack, written apart from the code that they attack: floating-point linear
algebra and linear programs where the table uses whole numbers and its own searches.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from lib.evidence.members import Grouping, Members
from lib.evidence.types import Coding, Figure

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

_UNIONS = 400
_TOLERANCE = 1e-7


@dataclass(frozen=True)
class Target:
    """A small group that can be described in words, and its atoms, bool [A]."""

    words: str
    atoms: Bools


@dataclass(frozen=True)
class Range:
    """The least and the most that a count can be."""

    least: float
    most: float


def targets(
    members: Members, groupings: Sequence[Grouping], people: NDArray[np.int64], floor: int
) -> list[Target]:
    """Groups of 1 to ``floor`` - 1 of ``people`` [A] that can be described.

    Every intersection of one category from each of any subset of the groupings, and unions of
    categories of one grouping inside the intersections of up to two others.
    """
    found: dict[bytes, Target] = {}

    def keep(words: str, atoms: Bools) -> None:
        if 1 <= people[atoms].sum() < floor:
            found.setdefault(atoms.tobytes(), Target(words, atoms))

    for size in range(len(groupings) + 1):
        for chosen in combinations(groupings, size):
            for words, inside in _intersections(members, chosen):
                keep(words, inside)
                if size <= 2:
                    for other in groupings:
                        if other not in chosen:
                            _unions(members, other, words, inside, people, floor, keep)
    return list(found.values())


def combined(cells: Floats, groups: Floats) -> Bools:
    """Which ``groups`` [k, A] are linear combinations of ``cells`` [r, A]."""
    if not len(groups) or not len(cells):
        return np.zeros(len(groups), bool)
    _, singular, right = np.linalg.svd(cells, full_matrices=True)
    unseen = right[int((singular > _TOLERANCE).sum()) :]
    return np.asarray((np.abs(groups @ unseen.T) < _TOLERANCE).all(axis=1))


def possible(figure: Figure, base: int, step: int) -> Range:
    """The counts of ``base`` that a printed figure allows, as its rounding says."""
    two = 200  # a half step is half a percent or more: count in two-hundredths
    if figure.coding is Coding.AT_MOST:
        return Range(0, max(2, (step * base - 1) // two))
    if figure.coding is Coding.AT_LEAST:
        return Range(min(base - 2, ceil_div((two - step) * base, two)), base)
    least = ceil_div((2 * figure.percent - step) * base, two)
    most = ((2 * figure.percent + step) * base - 1) // two
    return Range(max(3, least), min(base - 3, most))


def ceil_div(number: int, by: int) -> int:
    """Division rounded up."""
    return -(-number // by)


def bounds(cells: Floats, ranges: Sequence[Range], base: Floats, group: Floats) -> Range:
    """The least and most that ``group`` [A] can count, two linear programs on the cells' ranges.

    Raises ValueError where no answers at all fit the figures.
    """
    above = np.vstack([cells, -cells])
    limits = np.array([r.most for r in ranges] + [-r.least for r in ranges])
    box = np.column_stack([np.zeros(len(base)), base])
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * group, A_ub=above, b_ub=limits, bounds=box, method="highs")
        if not solved.success:
            raise ValueError("no answers fit these figures")
        ends.append(sign * float(solved.fun))
    return Range(ends[0], ends[1])


def _intersections(members: Members, chosen: Sequence[Grouping]) -> Iterator[tuple[str, Bools]]:
    """Every intersection of one category of each chosen grouping that holds anybody."""
    if not chosen:
        yield "everybody", np.ones(len(members.people), bool)
        return
    keys = np.stack([members.category[grouping] for grouping in chosen])
    for key in np.unique(keys, axis=1).T:
        labels = [members.labels[g][k] for g, k in zip(chosen, key, strict=True)]
        words = " and ".join(" ".join(text or "no answer" for text in label) for label in labels)
        yield words, (keys == key[:, None]).all(axis=0)


def _unions(
    members: Members,
    grouping: Grouping,
    within: str,
    inside: Bools,
    people: NDArray[np.int64],
    floor: int,
    keep: Callable[[str, Bools], None],
) -> None:
    """Offer unions of a grouping's small categories inside an intersection."""
    category, labels = members.category[grouping], members.labels[grouping]
    parts = []
    for k in np.unique(category[inside]):
        atoms = inside & (category == k)
        if 1 <= (size := int(people[atoms].sum())) < floor:
            parts.append((" ".join(labels[k]), atoms, size))
    waiting: list[tuple[int, int, list[str], Bools]] = [(0, 0, [], np.zeros(len(inside), bool))]
    for _ in range(_UNIONS):
        if not waiting:
            return
        start, size, names, atoms = waiting.pop()
        if len(names) > 1:
            keep(f"{' or '.join(names)} within {within}", atoms)
        waiting += [
            (i + 1, size + more, [*names, name], atoms | part)
            for i, (name, part, more) in enumerate(parts[start:], start)
            if size + more < floor
        ]
