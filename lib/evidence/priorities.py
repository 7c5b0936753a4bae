"""Which practices are truly among the lowest: a shrunken bootstrap (docs/methods.md)."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from lib.evidence.intervals import Floats
from lib.evidence.types import Tier

Floats32 = NDArray[np.float32]

DRAWS = 2000
LOWEST = 3
CLEAR = 0.80
POSSIBLE = 0.20

_REDRAWN_UP_TO = 5000
_CHUNK_CELLS = 2_000_000
_SPREADS = np.linspace(0.0, 0.30, 121)
_PRIOR_SPREAD = 0.10
_LEAST_NOISE = 1e-12
"""Where everybody gave the same answer the draws do not vary at all."""


@dataclass(frozen=True)
class Placing:
    """For each of M practices: the probability that it is truly among the three lowest, and the
    ranks (1 is lowest) between which it lies in 80 of 100 draws."""

    probability: Floats
    rank_low: NDArray[np.int64]
    rank_high: NDArray[np.int64]


def placing(
    favorable: NDArray[np.bool_], answered: NDArray[np.bool_], weight: Floats | None = None
) -> Placing:
    """Judge M practices from the answers of n respondents, [n, M] each; ``weight``: [n].

    Respondents are resampled whole; the deviations from the school's own mean are shrunk by the
    spread that is real. Every practice has answers. The same answers in any order give the same
    figures. Source: ``docs/methods.md``; Goldstein and Spiegelhalter 1996 on ranks.
    """
    state = np.where(answered, 1 + favorable.astype(np.uint8), np.uint8(0))
    small = len(state) <= _REDRAWN_UP_TO
    heavy = np.ones(len(state), np.float32) if weight is None else weight.astype(np.float32)
    if small:
        order = np.lexsort((heavy, *state.T))
        state, heavy = state[order], heavy[order]
    yes, said = (heavy[:, None] * (state >= least) for least in (2, 1))
    seed = sha256(yes.sum(axis=0, dtype=float).tobytes() + said.sum(axis=0, dtype=float).tobytes())
    rng = np.random.default_rng(int.from_bytes(seed.digest()[:8], "big"))
    share = yes.sum(axis=0, dtype=float) / said.sum(axis=0, dtype=float)
    drawn = _redrawn(yes, said, rng) if small else _normal(yes, said, rng)
    return _among_lowest(share - share.mean(), drawn, rng)


def tier(probability: float) -> Tier:
    """The word for a probability."""
    if probability >= CLEAR:
        return Tier.CLEAR
    return Tier.POSSIBLE if probability >= POSSIBLE else Tier.NOT_NOW


def _among_lowest(deviation: Floats, drawn: Floats, rng: np.random.Generator) -> Placing:
    """Shrink the deviations [M] by the real spread, with the noise of ``drawn`` [draws, M]."""
    drawn = drawn - drawn.mean(axis=1, keepdims=True)
    noise = np.maximum(drawn.var(axis=0), _LEAST_NOISE)
    spread = _spread(deviation, float(noise.mean()), rng)[:, None]
    keep = spread**2 / (spread**2 + noise)
    truth = keep * deviation + np.sqrt(keep) * (drawn - drawn.mean(axis=0))
    ties = rng.random(truth.shape)
    ranks = np.lexsort((ties, truth)).argsort(axis=1) + 1
    low, high = np.percentile(ranks, (10, 90), axis=0, method="nearest")
    return Placing(
        probability=(ranks <= LOWEST).mean(axis=0),
        rank_low=low.astype(np.int64),
        rank_high=high.astype(np.int64),
    )


def _spread(deviation: Floats, noise: float, rng: np.random.Generator) -> Floats:
    """Draw the real spread between practices, given how far apart they look and the noise."""
    variance = noise + _SPREADS**2
    log = (
        -(len(deviation) - 1) / 2 * np.log(variance)
        - (deviation**2).sum() / (2 * variance)
        - _SPREADS**2 / (2 * _PRIOR_SPREAD**2)
    )
    weight = np.exp(log - log.max())
    return rng.choice(_SPREADS, size=DRAWS, p=weight / weight.sum())


def _redrawn(yes: Floats32, said: Floats32, rng: np.random.Generator) -> Floats:
    """Shares of DRAWS schools made by drawing n respondents with replacement, [DRAWS, M]."""
    n = len(yes)
    shares = np.empty((DRAWS, yes.shape[1]))
    size = max(1, _CHUNK_CELLS // n)
    for start in range(0, DRAWS, size):
        draws = min(size, DRAWS - start)
        drawn = rng.integers(0, n, (draws, n)) + n * np.arange(draws)[:, None]
        weight = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
        weight = weight.astype(np.float32)
        shares[start : start + draws] = (weight @ yes) / np.maximum(weight @ said, 1)
    return shares


def _normal(yes: Floats32, said: Floats32, rng: np.random.Generator) -> Floats:
    """What _redrawn tends to as n grows: normal draws with the covariance of the shares."""
    base = said.sum(axis=0, dtype=float)
    share = yes.sum(axis=0, dtype=float) / base
    off = yes - share.astype(np.float32) * said
    covariance = (off.T @ off).astype(float) / np.outer(base, base)
    return rng.multivariate_normal(share, covariance, DRAWS, method="eigh")
