"""Made-up answers for the tests of this room: by hand, or random from a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.evidence.types import Wave
from lib.evidence.waves import Windows
from lib.intake.feedback import STANDING_BIT, Comments, Feedback, Group, Scale, Standing

FIVE = Scale(1, 5, 4, ("Never", "Seldom", "Sometimes", "Often", "Always"))
FIRST_DAY = datetime(2024, 9, 2)
NOW = datetime(2026, 1, 1)


def feedback(
    ratings: Mapping[str, Sequence[int]],
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    at: Sequence[datetime | None] | None = None,
    standings: Mapping[str, Sequence[frozenset[Standing]]] | None = None,
    trust: Mapping[str, Sequence[int]] | None = None,
    followup: Mapping[str, Sequence[int]] | None = None,
    scale: Scale = FIVE,
) -> Feedback:
    """Responses column by column; -1 is no answer to a question, "" none to a group question."""
    n = len(next(iter(ratings.values())))
    times = at if at is not None else [FIRST_DAY] * n
    said = np.zeros((n, len(ratings)), np.uint8)
    for column, practice in enumerate(ratings):
        for row, chosen in enumerate((standings or {}).get(practice, ())):
            said[row, column] = sum(STANDING_BIT[one] for one in chosen)
    return Feedback(
        columns=(),
        practices=tuple(ratings),
        scales=dict.fromkeys(ratings, scale),
        row=np.arange(2, n + 2, dtype=np.int32),
        at=np.array(
            [np.datetime64(t) if t else np.datetime64("NaT") for t in times], "datetime64[s]"
        ),
        ratings=np.array(list(ratings.values()), np.int8).reshape(len(ratings), n).T.copy(),
        standings=said,
        standing_asked=frozenset(Standing) if standings else frozenset(),
        groups={header: group(labels) for header, labels in (groups or {}).items()},
        trust={h: (FIVE, np.array(points, np.int8)) for h, points in (trust or {}).items()},
        followup={
            h: (Scale(1, 3, 2, ("Not yet", "A bit", "A lot")), np.array(points, np.int8))
            for h, points in (followup or {}).items()
        },
        comments=Comments(np.zeros(0, np.int32), np.zeros(0, np.int16), (), {}),
        left_out={},
        problems=(),
    )


def group(labels: Sequence[str]) -> Group:
    """A group question's answers, its labels in the order in which they first occur."""
    known = tuple(dict.fromkeys(label for label in labels if label))
    return Group(known, np.array([known.index(x) if x else -1 for x in labels], np.int32))


def answers(yes: int, n: int, *, skipped: int = 0) -> list[int]:
    """Ratings of one practice: ``yes`` of ``n`` favorable, then those who skipped it."""
    return [5] * yes + [2] * (n - yes) + [-1] * skipped


def windows(*waves: tuple[datetime, datetime | None]) -> Windows:
    """Waves named "Wave 1", "Wave 2" with ids "w1", "w2"."""
    return Windows(
        tuple(Wave(f"w{i}", f"Wave {i}", a, b) for i, (a, b) in enumerate(waves, start=1))
    )


ONE_WAVE = windows((FIRST_DAY, FIRST_DAY + timedelta(days=14)))


@dataclass(frozen=True)
class School:
    """A random school: its responses in several waves, and its declared groupings."""

    feedback: Feedback
    windows: Windows
    groupings: tuple[tuple[str, ...], ...]
    now: datetime = NOW


@st.composite
def schools(draw: st.DrawFn, largest: int = 160) -> School:
    """Schools with nested, nearly equal and unrelated groups, several waves, skipped questions."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    waves = draw(st.integers(1, 3))
    sizes = [draw(st.integers(3, largest)) for _ in range(waves)]
    open_answers = draw(st.integers(0, 12))
    total = sum(sizes) + open_answers
    first = rng.choice(draw(st.integers(2, 7)), total)
    if draw(st.booleans()):
        first = np.minimum(rng.geometric(0.45, total) - 1, 5)
    kinds = [
        draw(st.sampled_from(["other", "coarser", "nearly", "finer"]))
        for _ in range(draw(st.integers(1, 2)))
    ]
    codes = [first, *(_second(kind, first, rng) for kind in kinds)]
    groups = {
        header: ["" if code < 0 else f"{header} {code}" for code in column]
        for header, column in zip(("Grade", "Program", "House"), codes, strict=False)
    }
    singles = tuple((header,) for header in groups)
    pair = (("Grade", "Program"),) if draw(st.booleans()) else ()
    ratings, standings = {}, {}
    for practice in ("goals", "choice"):
        level = rng.choice([0.03, 0.2, 0.5, 0.7, 0.95])
        shift = 0.15 * rng.standard_normal(int(first.max()) + 1)[first]
        points = np.where(rng.random(total) < np.clip(level + shift, 0, 1), 5, 2)
        points[rng.random(total) < rng.choice([0, 0.05, 0.3])] = -1
        ratings[practice] = points.tolist()
        often = rng.choice([0.05, 0.3])
        standings[practice] = [
            frozenset({Standing.USED_TO_WORK} if x < often else ()) for x in rng.random(total)
        ]
    starts = [FIRST_DAY + timedelta(days=100 * i) for i in range(waves + 1)]
    closes = [start + timedelta(days=14) for start in starts[:-1]]
    at = [
        start + timedelta(seconds=int(second))
        for start, size in zip(starts, [*sizes, open_answers], strict=True)
        for second in rng.integers(0, 14 * 86_400, size)
    ]
    return School(
        feedback(ratings, groups=groups, at=at, standings=standings),
        windows(*zip(starts[:-1], closes, strict=True), (starts[-1], None)),
        (*singles, *pair),
    )


def _second(kind: str, first: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    n, top = len(first), int(first.max()) + 1
    if kind == "coarser":
        return rng.integers(0, 3, top)[first]
    if kind == "finer":
        return 2 * first + (rng.random(n) < rng.choice([0.1, 0.5]))
    if kind == "nearly":
        changed = rng.random(n) < 0.06
        return np.where(changed, rng.integers(0, top, n), first)
    other = rng.integers(0, rng.integers(2, 6), n)
    other[rng.random(n) < 0.03] = -1
    return other
