"""Suggested waves, fitted to the calendar months that were shown before anybody set waves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.nearly import nearly_shown
from lib.evidence.types import Hidden, Wave
from lib.evidence.waves import assign, months
from lib.intake.feedback import Feedback


def fitted(
    suggested: Sequence[Wave],
    feedback: Feedback,
    frozen: Mapping[str, Frozen | Hidden],
    floors: Floors,
) -> tuple[Wave, ...]:
    """The suggested waves, none of which is refused beside the tables that ``frozen`` keeps.

    A wave that holds nearly the same answers as a frozen one takes its window and its label.
    Where that does not help every wave, the calendar months are suggested: they stand as shown.
    """
    kept = [one for one in frozen.values() if isinstance(one, Frozen)]
    waves = tuple(_beside(wave, feedback, kept, floors) for wave in suggested)
    meets = any(a.closes is None or b.opens < a.closes for a, b in pairwise(waves))
    if meets or any(_refused(wave, feedback, kept, floors) for wave in waves):
        return months(feedback.at[~np.isnat(feedback.at)])
    return waves


def _beside(wave: Wave, feedback: Feedback, kept: Sequence[Frozen], floors: Floors) -> Wave:
    """The wave itself, or with the window of the frozen one that it shares most answers with."""
    near = [one.table.wave for one in kept if _refused(wave, feedback, [one], floors)]
    if not near:
        return wave
    rows = _rows(wave, feedback)
    most = max(near, key=lambda other: len(np.intersect1d(rows, _rows(other, feedback))))
    return replace(wave, label=most.label, opens=most.opens, closes=most.closes)


def _refused(wave: Wave, feedback: Feedback, kept: Iterable[Frozen], floors: Floors) -> bool:
    return bool(nearly_shown(wave, _rows(wave, feedback), feedback, kept, floors))


def _rows(wave: Wave, feedback: Feedback) -> NDArray[np.intp]:
    return np.flatnonzero(assign(feedback.at, (wave,)) == 0)
