"""Which practices are truly among the lowest: a shrunken bootstrap (docs/methods.md)."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from lib.evidence.intervals import Floats
from lib.evidence.types import Tier

Bools = NDArray[np.bool_]
Generator = np.random.Generator

DRAWS = 2000
"""How often a school like this one is drawn."""

LOWEST = 3
"""How many practices count as the lowest."""

CLEAR, POSSIBLE = 0.80, 0.20
"""Probabilities of being among them from which a practice is called so."""

_REDRAWN_UP_TO = 5000
_CHUNK_CELLS = 2_000_000
_BLOCK_ROWS = 256
_CHUNK_ROWS = 32_768
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


def placing(favorable: Bools, answered: Bools, weight: Floats | None = None) -> Placing:
    """Judge M practices from the answers of n respondents, [n, M] each; ``weight``: [n].

    Who answered favorably answered.

    Respondents are resampled whole; the deviations from the school's own mean are shrunk by the
    spread that is real. Every practice has answers. The same answers in any order give the same
    figures. Source: ``docs/methods.md``; Goldstein and Spiegelhalter 1996 on ranks.
    """
    if len(favorable) <= _REDRAWN_UP_TO:
        share, drawn, rng = _redrawn(favorable, answered, weight)
    else:
        share, drawn, rng = _normal(favorable, answered, weight)
    return _among_lowest(share - share.mean(), drawn, rng)


def tier(probability: float) -> Tier:
    """The word for a probability."""
    if probability >= CLEAR:
        return Tier.CLEAR
    return Tier.POSSIBLE if probability >= POSSIBLE else Tier.NOT_NOW


def _among_lowest(deviation: Floats, drawn: Floats, rng: Generator) -> Placing:
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


def _spread(deviation: Floats, noise: float, rng: Generator) -> Floats:
    """Draw the real spread between practices, given how far apart they look and the noise."""
    variance = noise + _SPREADS**2
    log = (
        -(len(deviation) - 1) / 2 * np.log(variance)
        - (deviation**2).sum() / (2 * variance)
        - _SPREADS**2 / (2 * _PRIOR_SPREAD**2)
    )
    weight = np.exp(log - log.max())
    return rng.choice(_SPREADS, size=DRAWS, p=weight / weight.sum())


def _redrawn(yes: Bools, said: Bools, weight: Floats | None) -> tuple[Floats, Floats, Generator]:
    """Shares [M], and those of DRAWS schools drawn from the respondents with replacement."""
    n = len(yes)
    heavy = np.ones(n) if weight is None else weight
    order = np.lexsort((heavy, *yes.T, *said.T))
    heavy = heavy[order, None].astype(np.float32)
    counted, base = heavy * yes[order], heavy * said[order]
    shares = np.empty((DRAWS, yes.shape[1]))
    rng = _generator(counted.sum(axis=0, dtype=float), base.sum(axis=0, dtype=float))
    size = max(1, _CHUNK_CELLS // n)
    for start in range(0, DRAWS, size):
        draws = min(size, DRAWS - start)
        drawn = rng.integers(0, n, (draws, n)) + n * np.arange(draws)[:, None]
        times = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
        times = times.astype(np.float32)
        shares[start : start + draws] = (times @ counted) / np.maximum(times @ base, 1)
    return counted.sum(axis=0, dtype=float) / base.sum(axis=0, dtype=float), shares, rng


def _normal(yes: Bools, said: Bools, weight: Floats | None) -> tuple[Floats, Floats, Generator]:
    """What _redrawn tends to as n grows: normal draws with the covariance of the shares.

    Made from sums of whole numbers, so that the order of the respondents says nothing.
    """
    m = yes.shape[1]
    sums, products = np.zeros(2 * m), np.zeros((2 * m, 2 * m))
    for start in range(0, len(yes), _CHUNK_ROWS):
        rows = slice(start, start + _CHUNK_ROWS)
        both = np.hstack([yes[rows], said[rows]]).astype(np.float32)
        if weight is not None:
            both *= weight[rows, None].astype(np.float32)
        sums += np.ones(len(both), np.float32) @ both
        # In blocks so small that the linear algebra shares none among processors: on a busy server
        # its threads would wait for each other five times as long as all of this takes.
        padded = np.pad(both, ((0, -len(both) % _BLOCK_ROWS), (0, 0)))
        blocks = padded.reshape(-1, _BLOCK_ROWS, 2 * m)
        products += np.matmul(blocks.transpose(0, 2, 1), blocks).sum(axis=0)
    share, base = sums[:m] / sums[m:], sums[m:]
    crossed = share[:, None] * products[m:, :m]
    off = products[:m, :m] - crossed - crossed.T + np.outer(share, share) * products[m:, m:]
    rng = _generator(sums[:m], base)
    drawn = rng.multivariate_normal(share, off / np.outer(base, base), DRAWS, method="eigh")
    return share, drawn, rng


def _generator(counted: Floats, base: Floats) -> Generator:
    """Random numbers that depend on the answers alone."""
    seed = sha256(counted.tobytes() + base.tobytes()).digest()
    return np.random.default_rng(int.from_bytes(seed[:8], "big"))
