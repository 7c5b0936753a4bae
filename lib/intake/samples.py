"""What may be shown of a form's answers while its questions are sorted out: no result of any wave.

Whoever sets the form up may be somebody who has no results, and a wave may be open. So of a rating
the points of its scale are shown as they are known beforehand, never which were chosen; of a group
the labels that many gave, never how many did or whether there are others.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.intake.answers import Answers
from lib.intake.feedback import Column, Dates, Feedback, Role
from lib.intake.headers import read_headers
from lib.intake.identity import STAND_INS, Guard, guard_of, names_somebody
from lib.intake.labels import place_on_any, whole_number
from lib.intake.own_form import labels_of
from lib.intake.people import is_bare_name
from lib.intake.text import clean, fold

_FEW_ANSWERS = 30
_MOST_SHOWN = 12
_WORDS = frozenset({Role.COMMENT, Role.IDENTITY, Role.NOTE})


@dataclass(frozen=True)
class Totals:
    """What comes out of a form: how many questions of each kind, and no number of answers.

    A number of answers would change with the ends of a scale, and so tell how many chose a point.
    ``dates`` is None where no column says when an answer was given.
    """

    practices: int = 0
    groups: int = 0
    prompts: int = 0
    dates: Dates | None = None


def totals(feedback: Feedback) -> Totals:
    """Count what was understood."""
    return Totals(
        practices=len(feedback.scales),
        groups=len(feedback.groups),
        prompts=sum(column.role is Role.COMMENT for column in feedback.columns),
        dates=feedback.dates,
    )


def samples(answers: Answers, feedback: Feedback, floor: int) -> Mapping[int, tuple[str, ...]]:
    """The labels of each group question that may be shown, by position; none of them rare.

    A label that could be a point of some scale is never shown: the question may be a rating. Nor
    is anything of a column that the app itself takes for words or for who somebody is.
    """
    rows = np.isin(answers.row, feedback.row)
    known = {label for group in feedback.groups.values() for label in group.labels}
    return {
        # What is shown nowhere else, somebody's name say, is not shown here either.
        column.position: tuple(
            label for label in _labels(_counts(answers, column, rows), floor) if label in known
        )
        for column in feedback.columns
        if column.role is Role.GROUP and not _private(answers, column)
    }


def _private(answers: Answers, column: Column) -> bool:
    """Whether a column holds words or names by itself, whatever a person calls it."""
    guard = guard_of(clean(answers.header[column.position - 1]))
    return guard is not Guard.OPEN or column.recognized in _WORDS


def discreet(answers: Answers, feedback: Feedback) -> tuple[Column, ...]:
    """The columns, each with the labels of its scale only where they tell nothing of the answers.

    They tell nothing where our own form or the header names them, or where each was chosen. Else
    the labels that nobody chose would stand there in words of the app's, and give the others away.
    """
    rows = np.isin(answers.row, feedback.row)
    headers = read_headers(answers.header)
    given: dict[tuple[str, ...], set[str]] = {}
    for column in feedback.columns:
        if column.scale and column.scale.labels:
            given.setdefault(column.scale.labels, set()).update(_counts(answers, column, rows))

    def told(column: Column) -> bool:
        labels = column.scale.labels if column.scale else ()
        if set(labels) <= given.get(labels, set()):
            return True
        header = headers[column.position - 1]
        own = tuple(map(fold, labels_of(header)))
        folded = f" {header.folded} "
        return own == tuple(map(fold, labels)) or all(
            fold(label) and f" {fold(label)} " in folded for label in labels
        )

    return tuple(
        column
        if column.scale is None or told(column)
        else replace(column, scale=replace(column.scale, labels=()))
        for column in feedback.columns
    )


def _counts(answers: Answers, column: Column, rows: NDArray[np.bool_]) -> dict[str, int]:
    """How often each answer of a column was given in ``rows`` (bool, one a row)."""
    stored = answers.columns[column.position - 1]
    codes = stored.codes[rows]
    times = np.bincount(codes[codes >= 0], minlength=stored.size)
    counts: dict[str, int] = {}
    for cell, number in zip(stored.distinct, times.tolist(), strict=True):
        if number:
            answer = clean(cell)
            counts[answer] = counts.get(answer, 0) + number
    return counts


def _labels(counts: Mapping[str, int], floor: int) -> tuple[str, ...]:
    if sum(counts.values()) < _FEW_ANSWERS:
        return ()
    often = [a for a, number in counts.items() if number >= floor and _is_a_group(a)]
    often = sorted(often, key=lambda a: -counts[a])[:_MOST_SHOWN]
    return tuple(sorted(often, key=lambda a: (_number(a), a.casefold())))


def _is_a_group(answer: str) -> bool:
    on_a_scale = whole_number(answer) is not None or place_on_any(answer) is not None
    a_name = names_somebody(answer) or is_bare_name(answer)
    return not on_a_scale and answer not in STAND_INS and not a_name


def _number(answer: str) -> float:
    digits = "".join(char for char in answer if char in "0123456789")
    return float(digits[:9]) if digits else float("inf")
