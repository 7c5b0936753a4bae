"""How closely printed figures fix the counts behind them, for somebody who knows who answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.evidence.floors import DIFFER_FLOOR
from lib.evidence.rowspace import Bools

Span = tuple[int, int]
"""The smallest and the largest count that is still possible."""

_ROUNDS = 50


@dataclass(frozen=True)
class Relations:
    """Which sets of people are made of which others.

    ``sets``: bool [R, A], the published cells first, then every cell without a smaller one that
    lies inside it. ``sums``: a set, and the disjoint sets that make it up.
    """

    sets: Bools
    sums: tuple[tuple[int, tuple[int, ...]], ...]


def relations(cells: Bools, partitions: Sequence[Sequence[int]]) -> Relations:
    """Relate published ``cells`` [r, A]; ``partitions`` list cells that do not overlap."""
    inside = (cells.astype(np.int64) @ ~cells.T) == 0
    sums = []
    for whole in range(len(cells)):
        for parts in partitions:
            held = [part for part in parts if inside[part, whole]]
            if len(held) > 1 and (cells[held].any(axis=0) == cells[whole]).all():
                sums.append((whole, tuple(held)))
    sets = list(cells)
    for part, whole in np.argwhere(inside & ~inside.T):
        sums.append((int(whole), (int(part), len(sets))))
        sets.append(cells[whole] & ~cells[part])
    return Relations(np.array(sets), tuple(sums))


def tightened(spans: Sequence[Span], sums: Sequence[tuple[int, tuple[int, ...]]]) -> list[Span]:
    """Spans narrowed until each sum of parts agrees with its whole."""
    low, high = ([span[end] for span in spans] for end in (0, 1))
    for _ in range(_ROUNDS):
        before = (low[:], high[:])
        for whole, parts in sums:
            least, most = sum(low[i] for i in parts), sum(high[i] for i in parts)
            low[whole], high[whole] = max(low[whole], least), min(high[whole], most)
            for i in parts:
                low[i], high[i] = (
                    max(low[i], low[whole] - most + high[i]),
                    min(high[i], high[whole] - least + low[i]),
                )
        if (low, high) == before:
            break
    return list(zip(low, high, strict=True))


def fixed_near_an_end(span: Span, base: int) -> bool:
    """Whether fewer than 3 counts are possible, and one of them means that fewer than 3 differ."""
    low, high = span
    return high - low + 1 < DIFFER_FLOOR and (low < DIFFER_FLOOR or base - high < DIFFER_FLOOR)
