"""Simulated schools in which the truth is known: latent-normal answers with a person's halo."""

from datetime import datetime, timedelta
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from lib.evidence.types import Wave
from lib.evidence.waves import Windows
from lib.intake.feedback import Comments, Feedback, Scale

PRACTICES = 12
HALO = 0.65
"""Standard deviation of what one person's answers have in common, of 1 in all."""

_CUTS = np.array([-1.4, -0.7, 0.0, 0.8])
_FIVE = Scale(1, 5, 4)
_FIRST_DAY = datetime(2025, 1, 6)


def answers(means: NDArray[np.float64], n: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Ratings 1 to 5 of ``n`` people, [n, practices]; 4 and 5 where the latent value is above 0."""
    person = HALO * rng.standard_normal((n, 1))
    own = np.sqrt(1 - HALO**2) * rng.standard_normal((n, len(means)))
    return (1 + np.searchsorted(_CUTS, means + person + own)).astype(np.int8)


def latent(favorable: NDArray[np.float64]) -> NDArray[np.float64]:
    """The latent means that make these shares favorable, 0 to 1."""
    return np.array([NormalDist().inv_cdf(float(share)) for share in favorable])


def shares(rng: np.random.Generator, spread: float) -> NDArray[np.float64]:
    """True shares favorable of all practices around 66 %, ``spread`` apart (standard deviation)."""
    return np.clip(0.66 + spread * rng.standard_normal(PRACTICES), 0.05, 0.95)


def feedback(waves: list[NDArray[np.int8]]) -> tuple[Feedback, Windows]:
    """One response a row, each wave in a window of its own: ids "w0", "w1" ..., 100 days apart."""
    ratings = np.vstack(waves)
    starts = [_FIRST_DAY + timedelta(days=100 * i) for i in range(len(waves))]
    at = np.concatenate(
        [
            np.full(len(wave), start, "datetime64[s]")
            for wave, start in zip(waves, starts, strict=True)
        ]
    )
    practices = tuple(f"p{i}" for i in range(ratings.shape[1]))
    windows = tuple(
        Wave(f"w{i}", f"Wave {i}", start, start + timedelta(days=14))
        for i, start in enumerate(starts)
    )
    return (
        Feedback(
            columns=(),
            practices=practices,
            scales=dict.fromkeys(practices, _FIVE),
            row=np.arange(2, len(ratings) + 2, dtype=np.int32),
            at=at,
            ratings=ratings,
            standings=np.zeros(ratings.shape, np.uint8),
            standing_asked=frozenset(),
            groups={},
            trust={},
            followup={},
            comments=Comments(np.zeros(0, np.int32), np.zeros(0, np.int16), (), {}),
            left_out={},
            problems=(),
        ),
        Windows(windows),
    )
