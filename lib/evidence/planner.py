"""Which cells may exist, decided from memberships alone, never from answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.evidence.floors import Floors
from lib.evidence.members import Grouping, Label, Members
from lib.evidence.rowspace import Bools, small_group
from lib.evidence.types import EVERYBODY, Audience, Cell
from lib.text import natural

Part = tuple[Label, ...]
"""The categories of one grouping that are counted together, in natural order."""

Partition = tuple[Part, ...]


SEES = {
    Audience.PUBLIC: (Audience.PUBLIC,),
    Audience.STAFF: (Audience.PUBLIC, Audience.STAFF),
}
"""The cells that each audience sees."""


@dataclass(frozen=True)
class Planned:
    """One cell as planned: who may see it, which categories it holds, its atoms, bool [A]."""

    audience: Audience
    grouping: Grouping
    members: Part
    atoms: Bools


@dataclass(frozen=True)
class Plan:
    """The cells of one wave, everybody first, public before staff; empty when too few answered.

    ``hidden``: the declared groupings of which nobody sees anything.
    """

    cells: tuple[Planned, ...]
    hidden: tuple[Grouping, ...] = ()


def plan(
    members: Members,
    groupings: Sequence[Grouping],
    floors: Floors,
    previous: Mapping[tuple[Audience, Grouping], Partition] | None = None,
) -> Plan:
    """Plan the cells of one wave.

    Every cell reaches its audience's floor, and no group below that floor, named or not, can be
    worked out from the cells that the audience sees: staff see the public cells too. A grouping
    starts from its ``previous`` partition, where it has one, so that lines go on over the waves.
    """
    n = int(members.people.sum())
    if n < floors.staff:
        return Plan((), tuple(groupings))
    audience = Audience.PUBLIC if n >= floors.public else Audience.STAFF
    cells = [Planned(audience, EVERYBODY, ((),), np.ones(len(members.people), bool))]
    for audience in Audience:
        for grouping in groupings:
            start = (previous or {}).get((audience, grouping), ())
            cells += _offered(members, grouping, audience, floors.of(audience), start, cells)
    shown = {cell.grouping for cell in cells}
    return Plan(tuple(cells), tuple(g for g in groupings if g not in shown))


def kept(members: Members, cells: Sequence[Cell], floors: Floors) -> Plan | None:
    """The cells of a table that was printed before; None where they are no longer safe."""
    planned = tuple(
        Planned(
            cell.audience,
            cell.grouping,
            cell.members,
            members.mask(cell.grouping, cell.members),
        )
        for cell in cells
    )
    for audience in Audience:
        seen = [c.atoms for c in planned if c.audience in SEES[audience]]
        floor = floors.of(audience)
        too_small = any(int(members.people[c.atoms].sum()) < floors.of(c.audience) for c in planned)
        if seen and (too_small or small_group(np.array(seen), members.people, floor) is not None):
            return None
    return Plan(planned)


def in_order(labels: Iterable[Label]) -> Part:
    """Categories in natural order."""
    return tuple(sorted(labels, key=_key))


def _offered(
    members: Members,
    grouping: Grouping,
    audience: Audience,
    floor: int,
    start: Partition,
    published: Sequence[Planned],
) -> list[Planned]:
    """The cells of one grouping for one audience; none when nothing passes or nothing is new."""
    known = [cell for cell in published if cell.grouping == grouping]
    shown = np.array([cell.atoms for cell in published])
    for partition in _coarser_and_coarser(members, grouping, floor, start):
        cells = [
            Planned(audience, grouping, part, members.mask(grouping, part)) for part in partition
        ]
        together = np.vstack([shown, *(cell.atoms for cell in cells)])
        if small_group(together, members.people, floor) is None:
            return _new(cells, known)
    return []


def _new(cells: list[Planned], known: Sequence[Planned]) -> list[Planned]:
    """What ``cells`` add to a coarser partition that is known already.

    Nothing, where they do not refine it: staff then see what the public sees.
    """
    if not known:
        return cells
    inside = all(any((cell.atoms <= other.atoms).all() for other in known) for cell in cells)
    same = {cell.members for cell in known}
    return [cell for cell in cells if cell.members not in same] if inside else []


def _coarser_and_coarser(
    members: Members, grouping: Grouping, floor: int, start: Partition
) -> Iterable[Partition]:
    """Partitions whose parts all reach the floor, the two smallest parts merged each time."""
    sizes = _sizes(members, grouping, start)
    while len(sizes) > 1:
        if min(sizes.values()) >= floor:
            yield tuple(sorted(sizes, key=lambda part: _key(part[0])))
        first, second = sorted(sizes, key=lambda part: (sizes[part], [_key(x) for x in part]))[:2]
        sizes[in_order((*first, *second))] = sizes.pop(first) + sizes.pop(second)


def _sizes(members: Members, grouping: Grouping, start: Partition) -> dict[Part, int]:
    """People in each part of the starting partition; categories it does not know stand alone."""
    labels = members.labels[grouping]
    counts = np.bincount(members.category[grouping], members.people)
    people = dict(zip(labels, counts.astype(int).tolist(), strict=True))
    parts = [part for part in start if any(label in people for label in part)]
    known = {label for part in parts for label in part}
    parts += [(label,) for label in labels if label not in known]
    return {part: sum(people.get(label, 0) for label in part) for part in parts}


def _key(label: Label) -> tuple[object, ...]:
    return (*(natural(text) for text in label), *label)
