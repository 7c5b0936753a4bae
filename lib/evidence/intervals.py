"""Intervals for shares and for the difference of two shares, and many comparisons at once.

All functions take arrays that broadcast; shares run from 0 to 1, ``n`` counts answers.
"""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = NormalDist().inv_cdf(0.975)
"""Standard errors to each side of a 95 % interval."""

_HALVINGS = 60
_LARGEST_Z = 40.0


def wilson(share: ArrayLike, n: ArrayLike, z: ArrayLike = Z95) -> tuple[Floats, Floats]:
    """Wilson's score interval of a share of ``n`` > 0 answers, ends between 0 and 1.

    Wilson 1927; 95 % unless ``z`` says otherwise.
    """
    p, n, z = (np.asarray(a, float) for a in (share, n, z))
    spread = z**2 / n
    center = (p + spread / 2) / (1 + spread)
    half = z / (1 + spread) * np.sqrt(p * (1 - p) / n + spread / (4 * n))
    return np.maximum(center - half, 0.0), np.minimum(center + half, 1.0)


def newcombe(
    share: ArrayLike,
    n: ArrayLike,
    share0: ArrayLike,
    n0: ArrayLike,
    z: ArrayLike = Z95,
    *,
    noise: ArrayLike = 0.0,
) -> tuple[Floats, Floats]:
    """Newcombe's interval of ``share - share0`` on Wilson limits (Newcombe 1998, method 10).

    ``noise`` is the variance that printing added to the difference by rounding; it widens the
    interval in the same way as the two squared arms do.
    """
    p, p0, z, noise = (np.asarray(a, float) for a in (share, share0, z, noise))
    low, high = wilson(p, n, z)
    low0, high0 = wilson(p0, n0, z)
    down = np.sqrt((p - low) ** 2 + (high0 - p0) ** 2 + z**2 * noise)
    up = np.sqrt((high - p) ** 2 + (p0 - low0) ** 2 + z**2 * noise)
    return p - p0 - down, p - p0 + up


def newcombe_p(
    share: ArrayLike,
    n: ArrayLike,
    share0: ArrayLike,
    n0: ArrayLike,
    *,
    noise: ArrayLike = 0.0,
) -> Floats:
    """The level at which Newcombe's interval just touches zero: a p-value, two-sided.

    Found by halving, which the interval allows: it widens as z grows.
    """
    under, over = np.asarray(0.0), np.asarray(_LARGEST_Z)
    for _ in range(_HALVINGS):
        z = (under + over) / 2
        low, high = newcombe(share, n, share0, n0, z, noise=noise)
        clear = (low > 0) | (high < 0)
        under, over = np.where(clear, z, under), np.where(clear, over, z)
    tail = np.frompyfunc(lambda z: math.erfc(z / math.sqrt(2)), 1, 1)
    return np.asarray(tail(under), float)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """P-values [m] adjusted for the size of their family, [m] in the same order; m may be 0.

    Benjamini and Hochberg 1995.

    Those at most q are called; then at most a share q of the calls is expected to be false.
    """
    p = np.asarray(p, float)
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return adjusted
