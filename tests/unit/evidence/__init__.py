"""What the tests of evidence share: answers built by hand, without a form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from lib.evidence import Floors, Windows, build
from lib.evidence.types import Evidence, Wave
from lib.intake.feedback import (
    MISSING,
    STANDING_BIT,
    Comments,
    Feedback,
    Group,
    Scale,
    Standing,
)

FIVE = Scale(1, 5, 4)
NO, YES = 2, 4
"""An answer on FIVE that is not favorable, and one that is."""

WEEK = timedelta(days=7)


def wave(label: str, opens: datetime, closes: datetime | None = None) -> Wave:
    """A wave of one week, if nothing else is said; its id is its label in small letters."""
    return Wave(label.lower().replace(" ", "-"), label, opens, closes or opens + WEEK)


FALL_2024 = wave("Fall 2024", datetime(2024, 10, 7))
SPRING_2025 = wave("Spring 2025", datetime(2025, 4, 7))
FALL_2025 = wave("Fall 2025", datetime(2025, 10, 6))
WAVES = (FALL_2024, SPRING_2025, FALL_2025)
AFTER_ALL = datetime(2026, 6, 1)


def closed(
    feedback: Feedback,
    *sizes: int,
    waves: Sequence[Wave] = WAVES,
    names: Mapping[str, str] | None = None,
    floors: Floors | None = None,
    groupings: Sequence[tuple[str, ...]] | None = None,
) -> Evidence:
    """The tables of ``waves``: so many responses in the first, so many in the second ...

    Without ``sizes`` all of them are in the first one.
    """
    held = waves[: max(1, len(sizes))]
    opens = [wave.opens for wave in held]
    at = times(
        [w for w, size in zip(opens, sizes or (len(feedback),), strict=True) for _ in range(size)]
    )
    return build(
        replace(feedback, at=at),
        Windows(tuple(held)),
        now=AFTER_ALL,
        names=names,
        floors=floors,
        groupings=groupings,
    )


def share(yes: int, no: int, missing: int = 0) -> list[int]:
    """Answers to one practice: so many favorable, then so many not, then so many missing."""
    return [YES] * yes + [NO] * no + [MISSING] * missing


def made(
    ratings: Mapping[str, Sequence[int]],
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    standings: Mapping[Standing, Mapping[str, Sequence[int]]] | None = None,
    trust: Mapping[str, Sequence[int]] | None = None,
    followup: Mapping[str, tuple[Scale, Sequence[int]]] | None = None,
    scales: Mapping[str, Scale] | None = None,
    at: Sequence[datetime] | None = None,
) -> Feedback:
    """Responses of a form, column by column, each as long as the others.

    ``groups`` are labels, "" for no answer; ``standings`` hold 1 where somebody said so.
    """
    practices = tuple(ratings)
    points = np.array([ratings[p] for p in practices], np.int8).T.copy()
    n = len(points)
    said = np.zeros((n, len(practices)), np.uint8)
    for standing, of in (standings or {}).items():
        for practice, who in of.items():
            said[:, practices.index(practice)] |= STANDING_BIT[standing] * np.array(who, np.uint8)
    return Feedback(
        columns=(),
        practices=practices,
        scales={p: (scales or {}).get(p, FIVE) for p in practices},
        row=np.arange(2, n + 2, dtype=np.int32),
        at=times(at) if at is not None else np.full(n, "NaT", "datetime64[s]"),
        ratings=points,
        standings=said,
        standing_asked=frozenset(standings or ()),
        groups={header: group(labels) for header, labels in (groups or {}).items()},
        trust={h: (FIVE, np.array(said, np.int8)) for h, said in (trust or {}).items()},
        followup={h: (s, np.array(said, np.int8)) for h, (s, said) in (followup or {}).items()},
        comments=Comments(np.empty(0, np.int32), np.empty(0, np.int16), (), {}),
        left_out={},
        problems=(),
    )


def group(labels: Sequence[str]) -> Group:
    """A group question from everybody's labels; "" is no answer."""
    names = tuple(dict.fromkeys(label for label in labels if label))
    codes = [names.index(label) if label else MISSING for label in labels]
    return Group(names, np.array(codes, np.int32))


def times(at: Sequence[datetime | None]) -> NDArray[np.datetime64]:
    """Times of answers as Feedback holds them; None where not known."""
    return np.array(at, "datetime64[s]")
