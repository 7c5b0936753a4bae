"""From exact counts to printed figures. Nothing exact leaves this room.

Counts are whole numbers and so is all the arithmetic here: a figure that lies between two steps
is printed the same on every machine.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import DIFFER_FLOOR, STAFF_FLOOR
from lib.evidence.intervals import wilson
from lib.evidence.types import Coding, Figure

EVERYBODY_STEP = 1
"""Points of 100 to which everybody's shares are rounded."""

GROUP_STEP = 5
"""Points of 100 to which groups' shares are rounded."""

N_STEP = 5
"""Answers to which numbers of answers are rounded."""


def rounding_variance(step: int) -> float:
    """The variance that rounding to ``step`` points of 100 adds to a share from 0 to 1."""
    return (step / 100) ** 2 / 12


def printed_n(n: int) -> int:
    """A number of answers as it is printed: the nearest 5."""
    return (n + N_STEP // 2) // N_STEP * N_STEP


def nearest(count: int, base: int, step: int) -> int:
    """``count`` of ``base`` in percent, to the nearest ``step`` points, halves upward."""
    return (200 * count + step * base) // (2 * step * base) * step


def edge(base: int, step: int) -> int:
    """The percent behind "at most" when fewer than 3 of ``base`` differ.

    It depends on ``base`` only through its printed value, so it says nothing that n does not.
    """
    smallest = max(printed_n(base) - N_STEP // 2, STAFF_FLOOR)
    return -(-100 * (DIFFER_FLOOR - 1) // (smallest * step)) * step


def coded(count: int, base: int, step: int) -> tuple[int, Coding]:
    """How ``count`` of ``base`` is printed: percent and coding; ``base`` is at least 5.

    Fewer than 3 who differ from all the others are coded, and so is what rounds to 0 or 100.
    """
    percent = nearest(count, base, step)
    if count < DIFFER_FLOOR or percent == 0:
        return edge(base, step), Coding.AT_MOST
    if base - count < DIFFER_FLOOR or percent == 100:
        return 100 - edge(base, step), Coding.AT_LEAST
    return percent, Coding.EXACT


def figure(count: int, base: int, step: int, n: int) -> Figure:
    """The printed share of ``count`` in ``base``, its interval from the printed ``n``."""
    percent, coding = coded(count, base, step)
    return with_interval(percent, coding, n)


@lru_cache(maxsize=8192)
def with_interval(percent: int, coding: Coding, n: int) -> Figure:
    """A printed percent with Wilson's 95 % interval from that percent and the printed n.

    Remembered: the same few printed figures occur again and again.
    """
    low, high = wilson(percent / 100, n)
    return Figure(
        percent=percent,
        low=0 if coding is Coding.AT_MOST else round(100 * float(low)),
        high=100 if coding is Coding.AT_LEAST else round(100 * float(high)),
        coding=coding,
    )


def consistent(count: int, base: int, step: int) -> tuple[int, int]:
    """Smallest and largest count of ``base`` that print exactly as ``count`` does.

    This is what the figure tells somebody who knows exactly who answered.
    """
    percent, coding = coded(count, base, step)
    if coding is Coding.AT_MOST:
        return 0, max(DIFFER_FLOOR - 1, _first_at(step, base, step) - 1)
    if coding is Coding.AT_LEAST:
        return min(base - DIFFER_FLOOR + 1, _first_at(100, base, step)), base
    low, above = _first_at(percent, base, step), _first_at(percent + step, base, step)
    return max(low, DIFFER_FLOOR), min(above - 1, base - DIFFER_FLOOR)


def _first_at(percent: int, base: int, step: int) -> int:
    """The smallest count of ``base`` whose nearest step is ``percent`` or more."""
    return -(-(2 * percent - step) * base // 200)


def runs_of(counts: NDArray[np.int64], floor: int) -> list[tuple[int, int]]:
    """Runs (first, last) of adjacent answers, merged until each holds at least ``floor``.

    ``counts``: [answers], lowest answer first; runs are places in it, both ends included.

    The smallest run joins its smaller neighbor, again and again. A run is also merged while it
    would round to 0 percent.
    """
    smallest = max(floor, int(counts.sum()) // 200 + 1)
    runs = [(i, i) for i in range(len(counts))]
    sizes = [int(count) for count in counts]
    while len(runs) > 1 and min(sizes) < smallest:
        i = sizes.index(min(sizes))
        left = i > 0 and (i + 1 == len(runs) or sizes[i - 1] <= sizes[i + 1])
        first = i - 1 if left else i
        runs[first : first + 2] = [(runs[first][0], runs[first + 1][1])]
        sizes[first : first + 2] = [sizes[first] + sizes[first + 1]]
    return runs
