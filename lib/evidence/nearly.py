"""Waves that must not be shown beside frozen ones: what lies between them would be given away.

Figures of one window can be subtracted from those of others that cover nearly the same time. Looked
at is one whole against the parts that make it up: the new wave against frozen ones that follow each
other, and a frozen wave against the new one with its frozen neighbors.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen, refusals
from lib.evidence.members import Label
from lib.evidence.seals import Seal, changed_too_little, held, joined, seal
from lib.evidence.types import Cell, Wave
from lib.evidence.waves import assign
from lib.intake.feedback import Feedback

Rows = NDArray[np.intp]


def nearly_shown(
    wave: Wave, rows: Rows, feedback: Feedback, frozen: Iterable[Frozen], floors: Floors
) -> str:
    """Why a wave must not be shown beside the frozen ones; "" where it may be.

    ``rows`` are the places of the wave's responses in ``feedback``. A wave under another name that
    holds nearly the same answers would give away the difference.
    """
    others = [one for one in frozen if one.table.wave.wave_id != wave.wave_id]
    near = [one for one in others if _meet(one.table.wave, wave)]
    for old in near:
        if refusals(old, feedback, rows, floors):
            return _says(wave, [old])
    for parts in _chains(near):
        if len(parts) > 1 and _tells(rows, (), parts, feedback, floors):
            return _says(wave, parts)
    for whole in near:
        beside = [o for o in others if o not in near and _meet(o.table.wave, whole.table.wave)]
        for parts in _chains(beside):
            if _tells(rows, parts, [whole], feedback, floors):
                return _says(wave, [whole, *parts])
    return ""


def _says(wave: Wave, others: Sequence[Frozen]) -> str:
    labels = [one.table.wave.label for one in others]
    if len(labels) == 1:
        return (
            f"{wave.label} is not shown: it holds nearly the same answers as {labels[0]}, which "
            "was published before."
        )
    return (
        f"{wave.label} is not shown: beside {', '.join(labels[:-1])} and {labels[-1]}, which were "
        "published before, it would give away the few answers between them."
    )


def _meet(one: Wave, other: Wave) -> bool:
    """Whether two windows share time."""
    apart = (one.closes and one.closes <= other.opens) or (
        other.closes and other.closes <= one.opens
    )
    return not apart


def _chains(frozen: Iterable[Frozen]) -> Iterator[tuple[Frozen, ...]]:
    """Waves that follow each other, and none is left out between two of them."""
    ordered = sorted(frozen, key=lambda one: one.table.wave.opens)

    def after(chain: tuple[Frozen, ...]) -> Iterator[tuple[Frozen, ...]]:
        yield chain
        closes = chain[-1].table.wave.closes
        later = [one for one in ordered if closes and one.table.wave.opens >= closes]
        soonest = min(
            (one.table.wave.closes for one in later if one.table.wave.closes), default=None
        )
        for one in later:
            if soonest is None or one.table.wave.opens < soonest:
                yield from after((*chain, one))

    for first in ordered:
        yield from after((first,))


def _rows(waves: Iterable[Frozen], feedback: Feedback) -> Rows:
    """The places of the answers that the windows of these waves hold now."""
    held = [np.flatnonzero(assign(feedback.at, (one.table.wave,)) == 0) for one in waves]
    return np.unique(np.concatenate(held)) if held else np.zeros(0, np.intp)


def _tells(
    rows: Rows,
    beside: Sequence[Frozen],
    against: Sequence[Frozen],
    feedback: Feedback,
    floors: Floors,
) -> bool:
    """Whether figures of ``rows`` and ``beside``, less those of ``against``, are a few people's.

    A cell counts where each of the frozen tables holds it, however it is divided in each.
    """
    old, new = _rows(against, feedback), np.union1d(rows, _rows(beside, feedback))
    more, fewer = np.setdiff1d(new, old), np.setdiff1d(old, new)
    for cell in _common([*against, *beside], feedback):
        here, there = (int(held(feedback, side, cell).sum()) for side in (more, fewer))
        if here + there > 0 and max(here, there) < floors.of(cell.audience):
            return True
        frozen, now = _sealed(against, cell), _sealed(beside, cell)
        as_frozen = frozen == joined(cell, seal(feedback, old, [cell]))
        if not as_frozen and changed_too_little(
            frozen, joined(cell, [now, *seal(feedback, rows, [cell])]), floors
        ):
            return True
    return False


def _sealed(frozen: Iterable[Frozen], cell: Cell) -> Seal:
    """The seal of a cell over several waves, as it was when they were frozen."""
    mine = [
        one
        for each in frozen
        for one in each.seals
        if (one.audience, one.grouping) == (cell.audience, cell.grouping)
        and set(one.members) <= set(cell.members)
    ]
    return joined(cell, mine)


def _common(frozen: Sequence[Frozen], feedback: Feedback) -> Iterator[Cell]:
    """The smallest cells that can be put together of the cells of each of the tables."""
    first = dict.fromkeys((s.audience, s.grouping) for s in frozen[0].seals)
    for audience, grouping in first:
        if not set(grouping) <= set(feedback.groups):
            continue
        divided = [
            [set(s.members) for s in one.seals if (s.audience, s.grouping) == (audience, grouping)]
            for one in frozen
        ]
        if all(divided):
            for members in _joined([part for parts in divided for part in parts]):
                yield Cell(audience, grouping, tuple(sorted(members)), 0, {})


def _joined(parts: Iterable[set[Label]]) -> list[set[Label]]:
    """Parts that have a label in common, made one."""
    found: list[set[Label]] = []
    for part in parts:
        meet = [known for known in found if known & part]
        found = [known for known in found if not known & part]
        found.append(part.union(*meet))
    return found
