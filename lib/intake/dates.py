"""Timestamps as forms write them, in any locale: the order of day and month is never guessed in
silence but decided from the whole column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lib.intake.lexicon import lexicon
from lib.intake.moments import DAY_FIRST, MONTH_FIRST, WORDS, YEAR_FIRST, Parts, parse
from lib.workbook.protocol import Cell
from lib.workbook.serials import DAY_ZERO

MIXED = "mixed"
ORDERS = (DAY_FIRST, MONTH_FIRST)
"""The orders between which a person can choose."""

NOT_A_TIME = np.datetime64("NaT", "s")
_EPOCH = np.datetime64(DAY_ZERO, "s")
_SECONDS_A_DAY = 86_400
_AGES = 10**10
_DAYS = 3
_STEPS_BACK = 8
"""Fewer steps back in time come about by chance, in rows that are sorted by something else."""


@dataclass(frozen=True)
class Times:
    """A column of timestamps. ``at``: datetime64[s] [rows].

    ``order`` says how day and month were read, ``why`` is the sentence about it. ``unread`` and
    ``doubtful`` are places of rows: no date at all, and a day and month that could be swapped.
    ``doubt`` is a sentence where the order itself is open. ``both_ways``: some date can be read in
    two ways, so that the order is a question at all.
    """

    at: NDArray[np.datetime64]
    order: str
    why: str
    unread: NDArray[np.int64]
    doubtful: NDArray[np.int64]
    doubt: str = ""
    both_ways: bool = False


def read_times(
    distinct: Sequence[Cell], codes: NDArray[np.int32], language: str | None, said: str = ""
) -> Times:
    """Read a column given as ``codes``, int32 [rows], into distinct cells (-1: blank).

    ``language`` is the header's, and matters only where the dates themselves leave both orders
    open. ``said``: what a person says of the order (one of ORDERS; anything else is not heeded).
    """
    used = np.bincount(codes[codes >= 0], minlength=len(distinct)) > 0
    column = _Column(
        [parse(cell) if u else None for cell, u in zip(distinct, used, strict=True)], codes
    )
    open_order = [p for p in column.written if p.order is None]
    if open_order and said in ORDERS:
        return _read_as_said(column, said)
    sure_day = any(p.numbers[0] > 12 for p in open_order)
    sure_month = any(p.numbers[1] > 12 for p in open_order)
    if sure_day and sure_month:
        return _read_mixed(column)
    order, why, doubt = YEAR_FIRST, _without_doubt(column), ""
    if open_order:
        order, why, doubt = _decide(column, language, sure_day=sure_day, sure_month=sure_month)
    at = column.read(order)
    doubtful = column.rows_where(_swappable) if doubt else np.empty(0, np.int64)
    return Times(at, order, why, _unread(at, codes), doubtful, doubt, column.both_ways)


@dataclass(frozen=True)
class _Column:
    """A column taken apart: ``parsed`` by distinct cell, ``codes`` as in ``read_times``."""

    parsed: Sequence[Parts | float | None]
    codes: NDArray[np.int32]

    @cached_property
    def written(self) -> list[Parts]:
        """The timestamps that are text."""
        return [p for p in self.parsed if isinstance(p, Parts)]

    @property
    def both_ways(self) -> bool:
        """Whether some date is a day in either order, and not the same one."""
        return any(_swappable(p) and max(p.numbers[:2]) <= 12 for p in self.written)

    @cached_property
    def _serials(self) -> NDArray[np.datetime64]:
        """The moments of the serial numbers; NaT elsewhere and once more at the end."""
        days = np.array([p if isinstance(p, float) else np.nan for p in self.parsed] + [np.nan])
        at = np.full(len(days), NOT_A_TIME)
        known = ~np.isnan(days)
        seconds = np.rint(days[known] * _SECONDS_A_DAY).astype("timedelta64[s]")
        at[known] = _EPOCH + seconds
        return at

    def read(self, order: str) -> NDArray[np.datetime64]:
        """The moment of each row, [rows], day and month in this order; NaT where it has none."""
        at = self._serials.copy()
        for code, parts in enumerate(self.parsed):
            if isinstance(parts, Parts):
                at[code] = parts.at(order)
        return at[self.codes]

    def rows_where(self, test: Callable[[Parts], bool]) -> NDArray[np.int64]:
        """The places of rows whose timestamp is text that passes a test."""
        passes = [isinstance(p, Parts) and test(p) for p in self.parsed]
        return np.flatnonzero(np.array([*passes, False])[self.codes])


def _decide(
    column: _Column, language: str | None, *, sure_day: bool, sure_month: bool
) -> tuple[str, str, str]:
    """The order of day and month, why, and the doubt that remains (empty: none)."""
    if sure_day:
        return DAY_FIRST, "some dates have a first number over 12, so the day comes first", ""
    if sure_month:
        return MONTH_FIRST, "some dates have a second number over 12, so the month comes first", ""
    if not any(map(_swappable, column.written)):
        return MONTH_FIRST, "day and month are the same number in every date", ""
    steps_back = {order: _steps_back(column.read(order)) for order in (DAY_FIRST, MONTH_FIRST)}
    day, month = steps_back[DAY_FIRST], steps_back[MONTH_FIRST]
    if max(day, month) >= _STEPS_BACK and min(day, month) * 3 <= max(day, month):
        order = DAY_FIRST if day < month else MONTH_FIRST
        return order, f"read with the {order} the rows run in time, the other way they do not", ""
    default, since = _likelier(column, language)
    doubt = (
        "No date in this column shows whether the day or the month comes first. "
        f"They were read with the {default}, {since}; please look at one answer whose day you "
        "know, and say which comes first."
    )
    return default, f"both orders are possible; the {default} is only a default", doubt


def _likelier(column: _Column, language: str | None) -> tuple[str, str]:
    """The likelier order where both are possible, and what speaks for it."""
    open_order = [parts for parts in column.written if parts.order is None]
    first, second = ({parts.numbers[at] for parts in open_order} for at in (0, 1))
    for order, days, months in ((DAY_FIRST, first, second), (MONTH_FIRST, second, first)):
        if len(days) >= _DAYS and len(months) == 1:
            return order, "or else all answers came on one and the same day of several months"
    if any(parts.padded for parts in open_order):
        return DAY_FIRST, "as is usual where the second number alone is padded with a zero"
    month_usual = language is None or language in lexicon().month_first
    return MONTH_FIRST if month_usual else DAY_FIRST, "as is usual in the header's language"


def _steps_back(at: NDArray[np.datetime64]) -> int:
    known = at[~np.isnat(at)]
    return int((np.diff(known) < np.timedelta64(0, "s")).sum())


def _read_mixed(column: _Column) -> Times:
    """Two formats in one column: rows that could be either take the moment nearest their rows."""
    day, month = column.read(DAY_FIRST), column.read(MONTH_FIRST)
    at = np.where(np.isnat(day), month, day)
    open_rows = np.flatnonzero(~np.isnat(day) & ~np.isnat(month) & (day != month))
    sure_rows = np.setdiff1d(np.flatnonzero(~np.isnat(at)), open_rows)
    if len(sure_rows):
        first, last = at[sure_rows].min(), at[sure_rows].max()
        place = np.interp(open_rows, sure_rows, at[sure_rows].astype(np.int64))
        far_day, far_month = (
            np.abs(moments[open_rows].astype(np.int64) - place)
            # Outside the span of the sure moments counts as farther than anything within it.
            + np.where((moments[open_rows] < first) | (moments[open_rows] > last), _AGES, 0)
            for moments in (day, month)
        )
        at[open_rows] = np.where(far_day <= far_month, day[open_rows], month[open_rows])
    doubt = (
        "Two ways of writing dates stand in this column: with the day first and with the month "
        "first. Dates that could be either were read so that they fit the rows around them; "
        "please check them."
        if len(open_rows)
        else "Two ways of writing dates stand in this column: with the day first and with the "
        "month first. Every date shows by itself which it is."
    )
    why = "some dates have the day first and some the month first"
    unread = _unread(at, column.codes)
    return Times(at, MIXED, why, unread, open_rows, doubt, column.both_ways)


def _read_as_said(column: _Column, said: str) -> Times:
    """As a person says; a date that has no such day is read the other way, and reported."""
    other = MONTH_FIRST if said == DAY_FIRST else DAY_FIRST
    at, swapped = column.read(said), column.read(other)
    against = np.flatnonzero(np.isnat(at) & ~np.isnat(swapped))
    at[against] = swapped[against]
    doubt = (
        f"A person says that these dates are written with the {said}, but some can only be read "
        f"with the {other} and were read so; please check them."
        if len(against)
        else ""
    )
    why = f"a person says that they are written with the {said}"
    return Times(at, said, why, _unread(at, column.codes), against, doubt, column.both_ways)


def _without_doubt(column: _Column) -> str:
    """Why the order of day and month is no question in this column."""
    if any(isinstance(p, float) for p in column.parsed):
        return "dates come as the sheet's own numbers, which leave no doubt"
    if not column.written:
        return "no date could be read"
    if column.written[0].order == WORDS:
        return "the month is written as a word"
    return "the year comes first, so the order leaves no doubt"


def _swappable(parts: Parts) -> bool:
    return parts.order is None and parts.numbers[0] != parts.numbers[1]


def _unread(at: NDArray[np.datetime64], codes: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.flatnonzero(np.isnat(at) & (codes >= 0))
