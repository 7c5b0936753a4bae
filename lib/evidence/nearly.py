"""Waves that must not be shown beside frozen ones: what lies between them would be given away.

Figures of one window can be subtracted from those of others that cover nearly the same time. Looked
at is each row of frozen waves that follow each other against the new one, alone and with its frozen
neighbors, for each grouping on its own: a wave without it is not there.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen, refusals
from lib.evidence.members import Grouping, Label
from lib.evidence.seals import Seal, changed_too_little, held, joined, seal
from lib.evidence.types import Audience, Cell, Wave
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
    others = [one for one in frozen if one.table.wave.wave_id != wave.wave_id and one.seals]
    near = [one for one in others if _meet(one.table.wave, wave)]
    for old in near:
        if refusals(old, feedback, rows, floors):
            return _says(wave, [old])
    if not near:
        return ""
    answers = _Answers.of(feedback, rows, others, floors)
    for audience, grouping in dict.fromkeys(_kinds(others)):
        if not set(grouping) <= set(feedback.groups):
            continue
        known = [one for one in others if (audience, grouping) in _kinds([one])]
        for against in _chains(one for one in known if one in near):
            beside = [
                one
                for one in known
                if one not in near and any(_meet(one.table.wave, o.table.wave) for o in against)
            ]
            for parts in ((), *_chains(beside)):
                if answers.tell(against, parts, audience, grouping):
                    return _says(wave, [*against, *parts])
    return ""


def _kinds(frozen: Iterable[Frozen]) -> list[tuple[Audience, Grouping]]:
    return [(one.audience, one.grouping) for each in frozen for one in each.seals]


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
        ends = [one.table.wave.closes for one in later if one.table.wave.closes]
        for one in later:
            if not ends or one.table.wave.opens < min(ends):
                yield from after((*chain, one))

    for first in ordered:
        yield from after((first,))


@dataclass(frozen=True, eq=False)
class _Answers:
    """The answers behind the new wave and each frozen one, by wave id.

    ``stale``: the frozen waves behind which there are others now than when they were frozen.
    """

    feedback: Feedback
    new: Rows
    rows: Mapping[str, Rows]
    stale: frozenset[str]
    floors: Floors

    @classmethod
    def of(
        cls, feedback: Feedback, new: Rows, frozen: Sequence[Frozen], floors: Floors
    ) -> "_Answers":
        rows = {
            one.table.wave.wave_id: np.flatnonzero(assign(feedback.at, (one.table.wave,)) == 0)
            for one in frozen
        }
        stale = frozenset(
            one.table.wave.wave_id
            for one in frozen
            if seal(feedback, rows[one.table.wave.wave_id], _cells(one)) != one.seals
        )
        return cls(feedback, new, rows, stale, floors)

    def tell(
        self,
        against: Sequence[Frozen],
        parts: Sequence[Frozen],
        audience: Audience,
        grouping: Grouping,
    ) -> bool:
        """Whether figures of the new wave and ``parts``, less those of ``against``, are of a few.

        However each of them is divided: what counts is what can be put together of all.
        """
        old = self._together(against)
        new = np.union1d(self.new, self._together(parts))
        more, fewer = np.setdiff1d(new, old), np.setdiff1d(old, new)
        stale = any(one.table.wave.wave_id in self.stale for one in (*against, *parts))
        for cell in _common([*against, *parts], audience, grouping):
            here, there = (int(held(self.feedback, side, cell).sum()) for side in (more, fewer))
            if here + there > 0 and max(here, there) < self.floors.of(audience):
                return True
            if stale:
                now = [_sealed(parts, cell), *seal(self.feedback, self.new, [cell])]
                if changed_too_little(_sealed(against, cell), joined(cell, now), self.floors):
                    return True
        return False

    def _together(self, waves: Sequence[Frozen]) -> Rows:
        found = [self.rows[one.table.wave.wave_id] for one in waves]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.intp)


def _cells(frozen: Frozen) -> list[Cell]:
    return [Cell(one.audience, one.grouping, one.members, 0, {}) for one in frozen.seals]


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


def _common(frozen: Sequence[Frozen], audience: Audience, grouping: Grouping) -> Iterator[Cell]:
    """The smallest cells that can be put together of the cells of each of the tables."""
    parts = [
        set(one.members)
        for each in frozen
        for one in each.seals
        if (one.audience, one.grouping) == (audience, grouping)
    ]
    for members in _joined(parts):
        yield Cell(audience, grouping, tuple(sorted(members)), 0, {})


def _joined(parts: Iterable[set[Label]]) -> list[set[Label]]:
    """Parts that have a label in common, made one."""
    found: list[set[Label]] = []
    for part in parts:
        meet = [known for known in found if known & part]
        found = [known for known in found if not known & part]
        found.append(part.union(*meet))
    return found
