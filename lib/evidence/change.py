"""Change between two waves, in words. Works on printed figures only, so the words reveal nothing
that the figures do not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lib.evidence.intervals import Z95, Floats, benjamini_hochberg, newcombe_p
from lib.evidence.printing import rounding_variance
from lib.evidence.types import Change, Comparison, Figure

FALSE_CALLS = 0.05
"""Benjamini and Hochberg's q: the share of "better" and "worse" that may be false."""

TELLABLE = 15
"""Points. Where chance alone moves a figure by more than this, nothing can be told."""


@dataclass(frozen=True)
class Pair:
    """One practice in one cell, now and then: printed figures and printed n of each."""

    name: str
    now: Figure
    n: int
    then: Figure
    n0: int


@dataclass(frozen=True)
class Family:
    """What one reader looks over at once; ``step`` is the rounding of its figures."""

    pairs: Sequence[Pair]
    step: int


def compare(families: Sequence[Family], *, since: str) -> tuple[tuple[Comparison, ...], ...]:
    """The word and the sentence for each pair of each family, in their order.

    How many comparisons there are counts within each family; all are worked out at once.
    """
    pairs = [pair for family in families for pair in family.pairs]
    if not pairs:
        return tuple(() for _ in families)
    share, share0 = _shares([p.now for p in pairs]), _shares([p.then for p in pairs])
    n, n0 = (np.array(ns, float) for ns in ([p.n for p in pairs], [p.n0 for p in pairs]))
    sizes = [len(family.pairs) for family in families]
    noise = np.repeat([2 * rounding_variance(family.step) for family in families], sizes)
    levels = np.split(newcombe_p(share, n, share0, n0, noise=noise), np.cumsum(sizes)[:-1])
    by_chance = np.split(chance_move(share, n, share0, n0, noise=noise), np.cumsum(sizes)[:-1])
    return tuple(
        tuple(
            _comparison(pair, bool(called), int(move), since)
            for pair, called, move in zip(
                family.pairs, benjamini_hochberg(p) <= FALSE_CALLS, moves, strict=True
            )
        )
        for family, p, moves in zip(families, levels, by_chance, strict=True)
    )


def chance_move(
    share: Floats, n: Floats, share0: Floats, n0: Floats, *, noise: ArrayLike = 0.0
) -> Floats:
    """The move, in whole points of 100, that chance alone exceeds one time in twenty, [m].

    Of m pairs: shares from 0 to 1 and the answers behind them, above 0, now and then. ``noise`` is
    the variance that rounding added to each difference. The 95 % bounds of a difference of two
    shares that are truly one, pooled (two-proportion z test), rounded up.
    """
    pooled = (share * n + share0 * n0) / (n + n0)
    variance = pooled * (1 - pooled) * (1 / n + 1 / n0) + np.asarray(noise, float)
    return np.asarray(np.ceil(100 * Z95 * np.sqrt(variance)), float)


def _shares(figures: Sequence[Figure]) -> Floats:
    return np.array([figure.percent / 100 for figure in figures], float)


def _comparison(pair: Pair, called: bool, by_chance: int, since: str) -> Comparison:  # noqa: FBT001
    rose = pair.now.percent - pair.then.percent
    if called and rose:
        change = Change.BETTER if rose > 0 else Change.WORSE
        moved = f"{'rose' if rose > 0 else 'fell'} from {pair.then.text} to {pair.now.text}"
    elif by_chance > TELLABLE:
        change = Change.TOO_FEW
        moved = f"has too few answers to tell ({pair.then.text} then, {pair.now.text} now)"
    else:
        change = Change.SAME
        moved = f"stayed about the same ({pair.then.text} then, {pair.now.text} now)"
    return Comparison(
        change=change,
        since=since,
        sentence=(
            f"{pair.name} {moved} since {since}. With this many answers, a move of "
            f"{by_chance} {'point' if by_chance == 1 else 'points'} can happen by chance."
        ),
        moved=f"{moved} since {since}",
        points=rose,
        by_chance=by_chance,
    )
