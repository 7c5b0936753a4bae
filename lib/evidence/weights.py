"""Weights that give each group the share it has among the enrolled. For sensitivity only."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.evidence.intervals import Floats

LIGHTEST, HEAVIEST = 1 / 3, 3.0
"""Between these a weight is kept: beyond them, few people would speak for many."""

_ROUNDS = 500
_CLOSE = 1e-10


def rake(codes: Sequence[NDArray[np.integer]], shares: Sequence[Floats], n: int) -> Floats:
    """Weights [n] of mean 1 under which each margin has its target shares.

    ``codes``: for each margin, the group of each of ``n`` respondents, [n]; ``shares``: for each
    margin, its groups' target shares, summing to 1; every group has respondents. Iterative
    proportional fitting (Deming and Stephan 1940).
    """
    weight = np.ones(n)
    for _ in range(_ROUNDS):
        before = weight
        for code, share in zip(codes, shares, strict=True):
            now = np.bincount(code, weight, len(share))
            weight = weight * (n * share / now)[code]
        if np.abs(weight - before).max() < _CLOSE:
            break
    return weight


def clipped(weight: Floats) -> Floats:
    """Weights [n] kept between a third and three, of mean 1 again."""
    weight = np.clip(weight, LIGHTEST, HEAVIEST)
    return np.asarray(weight / weight.mean())
