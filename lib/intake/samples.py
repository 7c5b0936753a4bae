"""What may be shown of a form's answers while its questions are sorted out: nobody's own.

An answer is shown where at least the floor gave it, and never how many did. Free text, names and
dates are not shown at all. Totals are rounded, so that trying one scale after another on the
mapping page counts nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lib.intake.answers import Answers
from lib.intake.feedback import MISSING, Column, Dates, Feedback, Role
from lib.intake.identity import STAND_INS, names_somebody
from lib.intake.text import clean

CHOSEN = frozenset({Role.RATING, Role.GROUP, Role.TRUST, Role.FOLLOWUP, Role.CONSENT})
"""Roles whose answers are chosen and not written."""

_STEP = 5
_MOST_SHOWN = 12


@dataclass(frozen=True)
class Sample:
    """Answers of one question that at least the floor gave, and how many others there are."""

    shown: tuple[str, ...]
    others: int


@dataclass(frozen=True)
class Totals:
    """What comes out of a form. ``ratings`` and ``comments`` are rounded to the nearest 5.

    ``dates`` is None where no column says when an answer was given.
    """

    practices: int = 0
    ratings: int = 0
    groups: int = 0
    comments: int = 0
    dates: Dates | None = None


def totals(feedback: Feedback) -> Totals:
    """Count what was understood."""
    return Totals(
        practices=len(feedback.scales),
        ratings=_rounded(int((feedback.ratings != MISSING).sum())),
        groups=len(feedback.groups),
        comments=_rounded(len(feedback.comments)),
        dates=feedback.dates,
    )


def samples(answers: Answers, feedback: Feedback, floor: int) -> Mapping[int, Sample]:
    """The answers of each chosen-from question that may be shown, by position."""
    rows = np.isin(answers.row, feedback.row)
    found = {}
    for column in feedback.columns:
        stored = answers.columns[column.position - 1]
        if column.role in CHOSEN:
            codes = stored.codes[rows]
            times = np.bincount(codes[codes >= 0], minlength=stored.size)
            counts: dict[str, int] = {}
            for cell, number in zip(stored.distinct, times.tolist(), strict=True):
                if number:
                    answer = clean(cell)
                    counts[answer] = counts.get(answer, 0) + number
            found[column.position] = _sample(column, counts, floor)
    return found


def _sample(column: Column, counts: Mapping[str, int], floor: int) -> Sample:
    common = [a for a, number in counts.items() if number >= floor and _is_nobody(a)]
    labels = column.scale.labels if column.scale else ()
    common = sorted(common, key=lambda a: -counts[a])[:_MOST_SHOWN]
    order = {label: place for place, label in enumerate(labels)}
    shown = sorted(common, key=lambda a: (order.get(a, len(order)), _number(a), a.casefold()))
    return Sample(tuple(shown), len(counts) - len(shown))


def _is_nobody(answer: str) -> bool:
    return answer not in STAND_INS and not names_somebody(answer)


def _number(answer: str) -> float:
    digits = "".join(char for char in answer if char in "0123456789")
    return float(digits[:9]) if digits else float("inf")


def _rounded(number: int) -> int:
    """To the nearest 5, and never down to nothing."""
    return max(_STEP, _STEP * round(number / _STEP)) if number else 0
