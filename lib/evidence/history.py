"""All waves of a form, closed and open: what the rest of the app knows."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from lib.evidence import table
from lib.evidence.floors import Floors
from lib.evidence.members import Grouping
from lib.evidence.types import Evidence, Wave, WaveTable
from lib.evidence.waves import Windows, assign, band
from lib.intake.feedback import Feedback


def build(
    feedback: Feedback | None,
    windows: Windows,
    *,
    now: datetime,
    names: Mapping[str, str] | None = None,
    floors: Floors | None = None,
    groupings: Sequence[Grouping] | None = None,
    frozen: Mapping[str, WaveTable] | None = None,
) -> Evidence:
    """Make the protected tables of all waves closed at ``now``.

    ``names`` are the practices' names by id, for the sentences. ``groupings`` are the declared
    ones in their fixed order; without them each group question is one. A table in ``frozen``, by
    wave id, is taken as it stands.
    """
    if feedback is None:
        return Evidence((), None, "", windows.notes)
    declared = [(header,) for header in feedback.groups] if groupings is None else groupings
    index = assign(feedback.at, windows.waves)
    tables: list[WaveTable] = []
    for place, wave in enumerate(windows.waves):
        if not wave.closed(now):
            continue
        kept = (frozen or {}).get(wave.wave_id)
        tables.append(
            kept
            or table.close(
                feedback,
                np.flatnonzero(index == place),
                wave,
                groupings=declared,
                earlier=tables,
                names=names or {},
                floors=floors or Floors(),
            )
        )
    collecting = _collecting(windows.waves, now)
    so_far = int((index == windows.waves.index(collecting)).sum()) if collecting else 0
    return Evidence(
        waves=tuple(tables),
        collecting=collecting,
        collecting_band=f"{band(so_far)} answers" if collecting else "",
        notes=windows.notes,
    )


def _collecting(waves: tuple[Wave, ...], now: datetime) -> Wave | None:
    """The open wave: begun and not yet closed."""
    begun = (wave for wave in reversed(waves) if wave.opens <= now and not wave.closed(now))
    return next(begun, None)
