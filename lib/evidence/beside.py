"""Evidence beside a practice's place in the order: gap, fall, used to work. Never summed.

Made from printed figures only.
"""

from collections.abc import Mapping

import numpy as np

from lib.evidence.printing import EVERYBODY_STEP, GROUP_STEP, rounding_variance
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Beside,
    Cell,
    Change,
    Comparison,
    Figure,
    Flag,
)

WIDE = 10
"""Points by which a group must lie below the rest, after shrinking, to be named."""

OFTEN = 10
"""Percent of all who answered that say a practice used to work, from which it is named."""

_ALIKE = 0.4
"""How strongly one person's answers to two practices go together (docs/methods.md)."""


def beside(
    cells: tuple[Cell, ...], since_last: Mapping[str, Comparison]
) -> dict[str, tuple[Beside, ...]]:
    """What stands beside each practice; ``cells[0]`` is everybody."""
    gaps = _widest_gaps(cells)
    found: dict[str, tuple[Beside, ...]] = {}
    for practice in cells[0].favorable:
        each = (
            gaps.get(practice),
            _fall(since_last.get(practice), cells[0].audience),
            _used_to_work(cells[0], practice),
        )
        found[practice] = tuple(one for one in each if one)
    return found


def _fall(comparison: Comparison | None, audience: Audience) -> Beside | None:
    if comparison is None or comparison.change is not Change.WORSE:
        return None
    points = -comparison.points
    sentence = f"Fell by {points} points since {comparison.since}."
    return Beside(Flag.FALL, points, sentence, audience)


def _used_to_work(everybody: Cell, practice: str) -> Beside | None:
    share = everybody.used_to_work.get(practice)
    if not isinstance(share, Figure) or share.percent < OFTEN:
        return None
    sentence = f"{share.text} say it used to help and stopped."
    return Beside(Flag.USED_TO_WORK, share.percent, sentence, everybody.audience)


def _widest_gaps(cells: tuple[Cell, ...]) -> dict[str, Beside]:
    """For each practice the group that lies furthest below the rest, after shrinking."""
    widest: dict[str, tuple[float, Cell]] = {}
    for cell in cells:
        if cell.grouping != EVERYBODY:
            for practice, gap in _shrunken_gaps(cell, cells[0]).items():
                if gap < widest.get(practice, (0.0, cell))[0]:
                    widest[practice] = (gap, cell)
    return {
        practice: Beside(
            Flag.GAP,
            round(-100 * gap),
            f"{cell.name}: about {round(-100 * gap)} points lower than the others.",
            cell.audience,
        )
        for practice, (gap, cell) in widest.items()
        if -100 * gap >= WIDE
    }


def _shrunken_gaps(cell: Cell, everybody: Cell) -> dict[str, float]:
    """Favorable in a group minus favorable among the others, by practice, without the noise.

    The group's mean gap is shrunk toward zero, each practice's own toward that mean, each by the
    share of its spread that chance explains (empirical Bayes; docs/methods.md).
    """
    shares, sizes, alls, totals = [], [], [], []
    practices = []
    for practice, share in cell.favorable.items():
        whole = everybody.favorable[practice]
        size, size_all = cell.n_of(practice), everybody.n_of(practice)
        if isinstance(share, Figure) and isinstance(whole, Figure) and size < size_all:
            practices.append(practice)
            shares.append(share.percent / 100)
            alls.append(whole.percent / 100)
            sizes.append(size)
            totals.append(size_all)
    if len(practices) < 2:
        return {}
    p, whole_p, n, total = (np.array(a, float) for a in (shares, alls, sizes, totals))
    others = total - n
    rest = np.clip((total * whole_p - n * p) / others, 0.0, 1.0)
    rounding = rounding_variance(GROUP_STEP) * (total / others) ** 2 + rounding_variance(
        EVERYBODY_STEP
    )
    noise = p * (1 - p) / n + rest * (1 - rest) / others + rounding
    gap = p - rest
    mean = gap.mean()
    noise_of_mean = noise.mean() * (1 + (len(gap) - 1) * _ALIKE) / len(gap)
    kept_mean = max(0.0, 1 - noise_of_mean / mean**2) * mean if mean else 0.0
    own = noise * (1 - _ALIKE)
    spread = max(0.0, float(gap.var(ddof=1) - own.mean()))
    shrunken = kept_mean + spread / (spread + own) * (gap - mean)
    return dict(zip(practices, shrunken.tolist(), strict=True))
