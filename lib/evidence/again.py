"""Making frozen tables again after the form is read differently: what would change, and whether."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lib.evidence import freeze, history
from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.types import Cell, Evidence, Hidden, Wave, WaveTable
from lib.evidence.waves import Windows
from lib.intake.feedback import Feedback

_SHARES = ("favorable", "works", "isnt_working", "used_to_work")


@dataclass(frozen=True)
class Remake:
    """A closed wave that was frozen when the form was read differently.

    ``made`` is the table as it would be now, ``figures`` how many printed figures it changes;
    None and 0 where it must not be made again, which ``refused`` says in sentences.
    """

    wave: Wave
    edition: int
    made: Frozen | None
    figures: int
    refused: tuple[str, ...] = ()


def remakes(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    frozen: Mapping[str, Frozen | Hidden],
    *,
    names: Mapping[str, str],
    floors: Floors,
) -> tuple[Remake, ...]:
    """Frozen waves that would be printed otherwise as the form is read now, oldest first.

    Each is made with the earlier ones made again, so that its words compare like with like. A
    wave whose table would be the same is left out.
    """
    now = freeze.reading(feedback)
    found: list[Remake] = []
    for table in evidence.waves:
        old = frozen.get(table.wave.wave_id)
        if not isinstance(old, Frozen) or old.reading == now:
            continue
        try:
            made = history.recompute(evidence, old, feedback, windows, names=names, floors=floors)
        except history.Refused as refused:
            found.append(Remake(table.wave, old.edition, None, 0, refused.says))
            continue
        if made.table != old.table:
            changed = _changed(old.table, made.table)
            found.append(Remake(table.wave, old.edition, made, changed))
            evidence = _with(evidence, made.table)
    return tuple(found)


def _with(evidence: Evidence, made: WaveTable) -> Evidence:
    waves = tuple(made if made.wave.wave_id == t.wave.wave_id else t for t in evidence.waves)
    return replace(evidence, waves=waves)


def _changed(old: WaveTable, new: WaveTable) -> int:
    """How many printed figures differ, appear or go."""
    before, after = _figures(old.cells), _figures(new.cells)
    return sum(before.get(key) != after.get(key) for key in {**before, **after})


def _figures(cells: Sequence[Cell]) -> dict[tuple[object, ...], object]:
    return {
        (cell.audience, cell.grouping, cell.members, share, practice): printed
        for cell in cells
        for share in _SHARES
        for practice, printed in getattr(cell, share).items()
    }
