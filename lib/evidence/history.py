"""All waves of a form, closed and open: what the rest of the app knows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from lib.evidence import freeze, table
from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.members import Grouping
from lib.evidence.memory import Memory, Of, digest
from lib.evidence.nearly import nearly_shown
from lib.evidence.responses import take
from lib.evidence.types import Evidence, Hidden, Wave, WaveTable
from lib.evidence.waves import Windows, assign, band
from lib.intake.feedback import Feedback


class Refused(Exception):
    """A frozen table must not be made again; ``says`` are sentences for a person."""

    def __init__(self, says: Sequence[str]) -> None:
        super().__init__(" ".join(says))
        self.says = tuple(says)


def build(
    feedback: Feedback | None,
    windows: Windows,
    *,
    now: datetime,
    names: Mapping[str, str] | None = None,
    floors: Floors | None = None,
    groupings: Sequence[Grouping] | None = None,
    frozen: Mapping[str, Frozen | Hidden] | None = None,
    memory: Memory | None = None,
) -> Evidence:
    """Make the protected tables of all waves closed at ``now``.

    ``names`` are the practices' names by id, for the sentences. ``groupings`` are the declared
    ones in their fixed order; without them each group question is one. A wave in ``frozen``, by
    id, is taken as it stands, as far as ``floors`` let it be seen. With a ``memory`` of the last
    time, tables of which nothing has changed since are not made again; the result is the same
    without it.
    """
    if feedback is None:
        return Evidence((), None, "", windows.notes)
    frozen, floors = frozen or {}, floors or Floors()
    index = assign(feedback.at, windows.waves)
    by = declared(feedback, groupings)
    tables: list[WaveTable] = []
    kept = [one for one in frozen.values() if isinstance(one, Frozen)]
    for place, wave in enumerate(windows.waves):
        if not wave.closed(now):
            continue
        rows = np.flatnonzero(index == place)
        known = frozen.get(wave.wave_id)
        if isinstance(known, Frozen):
            tables.append(_with_later(freeze.shown(known, wave, floors), by))
        elif says := known.reason if known else nearly_shown(wave, rows, feedback, kept, floors):
            tables.append(table.empty(wave, says))
        else:
            responses = take(feedback, rows)
            made = _made(responses, wave, by, tables, names or {}, floors, memory)
            tables.append(made)
            if kept and made.cells:
                # The next wave is looked at beside this one, too.
                kept.append(freeze.freeze(made, feedback, rows))
    if memory:
        memory.forget_others({made.wave.wave_id for made in tables})
    collecting = _collecting(windows.waves, now)
    so_far = int((index == windows.waves.index(collecting)).sum()) if collecting else 0
    return Evidence(
        waves=tuple(tables),
        collecting=collecting,
        collecting_band=f"{band(so_far)} answers" if collecting else "",
        notes=windows.notes,
    )


def _made(
    responses: Feedback,
    wave: Wave,
    groupings: tuple[Grouping, ...],
    earlier: Sequence[WaveTable],
    names: Mapping[str, str],
    floors: Floors,
    memory: Memory | None,
) -> WaveTable:
    """The table of a wave, made or remembered."""
    of = None
    if memory:
        of = Of(wave, digest(responses), groupings, dict(names), floors, tuple(earlier))
        if known := memory.recall(of):
            return known
    made = table.close(
        responses, wave, groupings=groupings, earlier=earlier, names=names, floors=floors
    )
    if memory and of:
        memory.keep(of, made)
    return made


def newly_closed(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    frozen: Mapping[str, Frozen | Hidden],
) -> tuple[Frozen, ...]:
    """The tables of ``evidence`` that are not frozen yet, ready to be; only those with cells."""
    return tuple(
        freeze.freeze(made, feedback, _rows(feedback, windows, made.wave.wave_id))
        for made in evidence.waves
        if made.cells and made.wave.wave_id not in frozen
    )


def recompute(
    evidence: Evidence,
    old: Frozen,
    feedback: Feedback,
    windows: Windows,
    *,
    names: Mapping[str, str],
    floors: Floors | None = None,
) -> Frozen:
    """Make a frozen table again, after a remapping, say: the same cells, filled anew.

    Raises Refused where the answers behind a cell have changed by too few to print it again.
    """
    floors = floors or Floors()
    wave = old.table.wave
    rows = _rows(feedback, windows, wave.wave_id)
    if says := freeze.refusals(old, feedback, rows, floors):
        raise Refused(says)
    cells = [cell for cell in old.table.cells if set(cell.grouping) <= set(feedback.groups)]
    try:
        made = table.close(
            take(feedback, rows),
            wave,
            groupings=tuple(dict.fromkeys(cell.grouping for cell in cells if cell.grouping)),
            earlier=[t for t in evidence.waves if t.wave.opens < wave.opens],
            names=names,
            floors=floors,
            again=cells,
        )
    except table.Unsafe as unsafe:
        raise Refused(("A group has become too small to be shown.",)) from unsafe
    return freeze.freeze(made, feedback, rows, edition=old.edition + 1)


def _with_later(table: WaveTable, groupings: Sequence[Grouping]) -> WaveTable:
    """A frozen table, saying of each grouping that was declared after it was frozen that it was."""
    known = {cell.grouping for cell in table.cells} | set(table.not_offered)
    later = {
        grouping: f"By {' and '.join(grouping)}: not looked at when the figures of "
        f"{table.wave.label} were frozen. It holds from the next wave on."
        for grouping in groupings
        if grouping not in known and table.cells
    }
    return replace(table, not_offered={**table.not_offered, **later}) if later else table


def declared(feedback: Feedback, groupings: Sequence[Grouping] | None) -> tuple[Grouping, ...]:
    """The groupings that hold: the declared ones that the form still asks, in their order."""
    if groupings is None:
        return tuple((header,) for header in feedback.groups)
    return tuple(g for g in groupings if set(g) <= set(feedback.groups))


def _rows(feedback: Feedback, windows: Windows, wave_id: str) -> NDArray[np.intp]:
    index = assign(feedback.at, windows.waves)
    places = [i for i, wave in enumerate(windows.waves) if wave.wave_id == wave_id]
    return np.flatnonzero(np.isin(index, places))


def _collecting(waves: tuple[Wave, ...], now: datetime) -> Wave | None:
    """The open wave: begun and not yet closed."""
    begun = (wave for wave in reversed(waves) if wave.opens <= now and not wave.closed(now))
    return next(begun, None)
