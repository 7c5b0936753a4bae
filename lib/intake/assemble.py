"""Understood columns become arrays: one value a response, in the sheet's order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.intake.dates import NOT_A_TIME, Times, read_times
from lib.intake.feedback import (
    MISSING,
    STANDING_BIT,
    Column,
    Comments,
    Dates,
    Feedback,
    Problem,
    Role,
    Scale,
)
from lib.intake.groups import groups_of, unique
from lib.intake.identity import STAND_INS, names_somebody
from lib.intake.labels import doesnt_apply
from lib.intake.lexicon import lexicon
from lib.intake.practices import Practices
from lib.intake.problems import in_order
from lib.intake.text import clean
from lib.intake.understood import Understood

_NAMED_ROWS = 5
_OFTEN = 5
"""An entry of a pick-list given this often is an option of the form and no slip of the pen; what
fewer wrote would show them by its name."""

_OFF_SCALE = "Some answers that are not on this question's scale were not counted."
_NO_PRACTICE = (
    "Some entries of this list name no practice that is known and were not counted. Add the "
    "practice, or correct its label."
)


def assemble(
    columns: Sequence[Understood],
    row: NDArray[np.int32],
    practices: Practices,
    left_out: dict[str, int],
    problems: Sequence[Problem],
) -> Feedback:
    """Make Feedback of the understood columns; ``row``: int32 [n], the sheet row of each response.

    ``problems`` are those of the rows; those of the columns are added.
    """
    found = [*problems, *(p for column in columns for p in column.problems)]
    at, shown, dates = _times(columns, row, found)
    rated, scales = _ratings(columns, row, found)
    standings = _standings(columns, practices, found)
    names = tuple(dict.fromkeys([*rated, *standings]))
    nobody = np.full(len(row), MISSING, np.int8)
    unnamed = np.zeros(len(row), np.uint8)
    return Feedback(
        columns=shown,
        practices=names,
        scales=scales,
        row=row,
        at=at,
        ratings=_side_by_side([rated.get(name, nobody) for name in names], len(row), np.int8),
        standings=_side_by_side(
            [standings.get(name, unnamed) for name in names], len(row), np.uint8
        ),
        standing_asked=frozenset(
            c.column.standing for c in columns if c.role is Role.STANDING and c.column.standing
        ),
        groups=groups_of(columns, found),
        trust=_by_header(columns, Role.TRUST, row, found),
        followup=_by_header(columns, Role.FOLLOWUP, row, found),
        comments=_comments(columns),
        left_out=left_out,
        problems=in_order(found),
        dates=dates,
    )


def _side_by_side(columns: list[NDArray[Any]], rows: int, dtype: type[np.generic]) -> NDArray[Any]:
    return np.stack(columns, axis=1) if columns else np.empty((rows, 0), dtype)


def _times(
    columns: Sequence[Understood], row: NDArray[np.int32], found: list[Problem]
) -> tuple[NDArray[np.datetime64], tuple[Column, ...], Dates | None]:
    shown = [column.column for column in columns]
    timed = next((c for c in columns if c.role is Role.TIMESTAMP), None)
    if timed is None:
        says = (
            "No column says when each answer was given, so answers cannot be put into waves by "
            "themselves. Name the wave they belong to."
        )
        if len(row):
            found.append(Problem(None, None, says))
        return np.full(len(row), NOT_A_TIME), tuple(shown), None
    position = timed.column.position
    language = lexicon().header_language(timed.profile.header.folded, "timestamp")
    times = read_times(timed.profile.distinct, timed.profile.codes, language, timed.date_order)
    blank = np.flatnonzero(timed.profile.codes < 0)
    answered = timed.column.recognized not in (None, Role.TIMESTAMP)
    for rows, says in (
        (times.doubtful if times.doubt else times.doubtful[:0], times.doubt),
        (times.unread, "The timestamp cannot be read; the answers are kept, without a date"),
        (blank, "There is no timestamp; the answers are kept, without a date"),
    ):
        if len(rows):
            says = says.rstrip(".")
            # A question that a person calls the time would else tell who answered it, and how.
            discreet = f"{says}." if answered else f"{says}{_rows(row, rows, exact=False)}"
            exact = f"{says}{_rows(row, rows)}"
            shown_as = "" if discreet == exact else discreet
            found.append(Problem(int(row[rows[0]]), position, exact, shown_as))
    if times.doubt and not len(times.doubtful):
        found.append(Problem(None, position, times.doubt))
    reason = f"Dates with a time of day: {times.why}."
    unsure = times.doubt and not timed.date_order
    shown[position - 1] = replace(
        timed.column, reason=reason, confidence=0.5 if unsure else timed.column.confidence
    )
    return times.at, tuple(shown), _dates(position, times)


def _dates(position: int, times: Times) -> Dates:
    """What a person has to know to say whether the dates were read right."""
    days = times.at[~np.isnat(times.at)].astype("datetime64[D]")
    first, last = (days.min().item(), days.max().item()) if len(days) else (None, None)
    order = times.order if times.both_ways else ""
    return Dates(position, order, first, last, len(times.doubtful))


def _rows(row: NDArray[np.int32], indices: NDArray[np.int64], *, exact: bool = True) -> str:
    """ " (rows 4, 7 and 12 more)", for the end of a sentence; without ``exact`` "and more"."""
    named = ", ".join(str(int(row[i])) for i in indices[:_NAMED_ROWS])
    more = len(indices) - _NAMED_ROWS
    word = "row" if len(indices) == 1 else "rows"
    rest = f" and {more} more" if exact else " and more"
    return f" ({word} {named}{rest if more > 0 else ''})."


def _on_scale(
    item: Understood, row: NDArray[np.int32], found: list[Problem]
) -> tuple[Scale, NDArray[np.int8]]:
    """A column's scale and points, int8 [n]; ``found`` gets a problem for answers off the scale."""
    assert item.reading is not None  # noqa: S101 - set for every column on a scale
    points = np.full(len(item.profile.distinct) + 1, MISSING, np.int8)
    off = np.zeros(len(points), bool)
    for code, cell in enumerate(item.profile.distinct):
        answer = clean(cell)
        point = item.reading.points.get(answer)
        if point is not None:
            points[code] = point
        else:
            off[code] = not doesnt_apply(answer)
    strays = np.flatnonzero(off[item.profile.codes])
    if len(strays):
        says = f"Answers that are not on this question's scale were not counted{_rows(row, strays)}"
        found.append(Problem(int(row[strays[0]]), item.column.position, says, _OFF_SCALE))
    return item.reading.scale, points[item.profile.codes]


def _ratings(
    columns: Sequence[Understood], row: NDArray[np.int32], found: list[Problem]
) -> tuple[dict[str, NDArray[np.int8]], dict[str, Scale]]:
    rated: dict[str, NDArray[np.int8]] = {}
    scales: dict[str, Scale] = {}
    for item in columns:
        practice = item.column.practice
        if item.role is not Role.RATING or practice is None or item.reading is None:
            continue
        scale, points = _on_scale(item, row, found)
        if practice in rated:
            points = np.where(rated[practice] == MISSING, points, rated[practice])
        rated[practice] = points
        scales.setdefault(practice, scale)
    return rated, scales


def _standings(
    columns: Sequence[Understood], practices: Practices, found: list[Problem]
) -> dict[str, NDArray[np.uint8]]:
    standings: dict[str, NDArray[np.uint8]] = {}
    for item in columns:
        if item.role is not Role.STANDING or item.column.standing is None:
            continue
        for entry, times in practices.unknown_entries(item.profile.counts).items():
            if times >= _OFTEN and entry not in STAND_INS and not names_somebody(entry):
                practices.add(entry, item.column.position)
        bit = STANDING_BIT[item.column.standing]
        unknown = 0
        named: dict[str, list[int]] = {}
        for code, cell in enumerate(item.profile.distinct):
            listed, strange = practices.in_list(clean(cell))
            unknown += strange * int(item.profile.times[code])
            for practice in listed:
                named.setdefault(practice, []).append(code)
        for practice, codes in sorted(named.items()):
            bits = np.isin(item.profile.codes, codes).astype(np.uint8) * np.uint8(bit)
            before = standings.get(practice, np.zeros(len(bits), np.uint8))
            standings[practice] = before | bits
        if unknown:
            says = (
                f"{unknown} entries of this list name no practice that is known and were not "
                "counted. Add the practice, or correct its label."
            )
            found.append(Problem(None, item.column.position, says, _NO_PRACTICE))
    return standings


def _by_header(
    columns: Sequence[Understood], role: Role, row: NDArray[np.int32], found: list[Problem]
) -> dict[str, tuple[Scale, NDArray[np.int8]]]:
    asked: dict[str, tuple[Scale, NDArray[np.int8]]] = {}
    for item in columns:
        if item.role is role and item.reading is not None:
            asked[unique(item.name, asked)] = _on_scale(item, row, found)
    return asked


def _comments(columns: Sequence[Understood]) -> Comments:
    asked = [item for item in columns if item.role is Role.COMMENT]
    response, position, texts = [], [], []
    for item in asked:
        written = np.flatnonzero(item.profile.codes >= 0)
        cells = [str(cell).strip() for cell in item.profile.distinct]
        response.append(written)
        position.append(np.full(len(written), item.column.position))
        texts.append([cells[code] for code in item.profile.codes[written]])
    if not asked:
        return Comments(np.empty(0, np.int32), np.empty(0, np.int16), (), {})
    at = np.concatenate(response).astype(np.int32)
    column = np.concatenate(position).astype(np.int16)
    order = np.lexsort((column, at))
    flat = [text for part in texts for text in part]
    return Comments(
        at[order],
        column[order],
        tuple(flat[i] for i in order),
        {item.column.position: item.column.standing for item in asked},
    )
