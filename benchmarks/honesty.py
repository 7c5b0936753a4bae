"""Are the words right as often as they say? Simulated schools in which the truth is known.

    python -m benchmarks.honesty [--runs 1000]

Prints the figures that docs/methods.md quotes. A run of 1000 takes some minutes.
"""

import argparse
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from benchmarks import worlds
from lib.evidence.effect import Verdict, reach
from lib.evidence.priorities import CLEAR, LOWEST, placing


@dataclass(frozen=True)
class Flags:
    """How often any practice was called a clear priority; stated and true shares of the calls."""

    any_flag: float
    stated: float
    right: float
    calls: int


def flags(n: int, spread: float, runs: int, seed: int) -> Flags:
    """Clear priorities over ``runs`` schools of ``n`` answers, true shares ``spread`` apart."""
    rng = np.random.default_rng(seed)
    schools, said, right = 0, [], []
    for _ in range(runs):
        truth = worlds.shares(rng, spread) if spread else np.full(worlds.PRACTICES, 0.66)
        ratings = worlds.answers(worlds.latent(truth), n, rng)
        found = placing(ratings >= 4, np.ones(ratings.shape, bool)).probability
        called = np.flatnonzero(found >= CLEAR)
        schools += len(called) > 0
        said += found[called].tolist()
        right += (np.argsort(np.argsort(truth))[called] < LOWEST).tolist()
    return Flags(
        schools / runs,
        float(np.mean(said)) if said else float("nan"),
        float(np.mean(right)) if right else float("nan"),
        len(said),
    )


@dataclass(frozen=True)
class Effects:
    """Share of "moved" and "fell behind" with no effect of PD, and the mean move in points."""

    called: float
    bias: float


def no_effect(
    n: int, runs: int, seed: int, *, mood: float = 0.15, baseline: bool = True
) -> Effects:
    """Three waves, the practice chosen as the lowest on the first, no effect, a better mood after.

    ``mood``: how much every practice rises after the session, in latent units (0.15 is about 5
    points favorable). Without ``baseline`` the choosing wave is the only one before the session.
    """
    rng = np.random.default_rng(seed)
    called, moves = 0, []
    for _ in range(runs):
        means = worlds.latent(worlds.shares(rng, 0.08))
        waves = [worlds.answers(means, n, rng) for _ in range(2 if baseline else 1)]
        chosen = int((waves[0] >= 4).mean(axis=0).argmin())
        waves.append(worlds.answers(means + mood, n, rng))
        feedback, windows = worlds.feedback(waves)
        last = windows.waves[-1]
        verdict = reach(
            feedback,
            windows,
            f"p{chosen}",
            session=last.opens.date() - timedelta(days=10),
            chosen_on={"w0"},
            now=last.opens + timedelta(days=60),
        )
        called += verdict.verdict in (Verdict.MOVED, Verdict.BEHIND)
        moves.append(verdict.points)
    return Effects(called / runs, float(np.mean(moves)))


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    runs = parser.parse_args().runs
    print("All practices equal: schools with a false clear priority")
    for n in (30, 120, 300):
        print(f"  n = {n:>3}: {flags(n, 0.0, runs, n).any_flag:.3f}")
    print("Practices truly apart (8 points): what a clear priority says, and how often it is right")
    for n in (60, 120, 300):
        found = flags(n, 0.08, runs, n)
        print(
            f"  n = {n:>3}: says {found.stated:.2f}, right {found.right:.2f} ({found.calls} calls)"
        )
    print("No effect, general mood + 5 points: called a move, and the mean move in points")
    for n in (60, 120, 300):
        found = no_effect(n, 4 * runs, n)
        print(f"  n = {n:>3}: called {found.called:.3f}, mean {found.bias:+.2f}")
    print("The same where the only wave before chose the practice (shrunken baseline)")
    for n in (60, 120, 300):
        found = no_effect(n, 4 * runs, n, baseline=False)
        print(f"  n = {n:>3}: called {found.called:.3f}, mean {found.bias:+.2f}")


if __name__ == "__main__":
    main()
