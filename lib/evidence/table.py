"""The protected table of one closed wave, made from its responses."""

from collections.abc import Mapping, Sequence

from lib.evidence import printing
from lib.evidence.cells import fill
from lib.evidence.counts import Counts, favorable, tally
from lib.evidence.floors import DIFFER_FLOOR, RANKING_FLOOR, Floors
from lib.evidence.members import Grouping, members_of
from lib.evidence.planner import Partition, kept, plan
from lib.evidence.ranking import rank
from lib.evidence.shares import FEW_SAID_SO
from lib.evidence.since import since
from lib.evidence.types import Audience, Band, Cell, Printed, Wave, WaveTable
from lib.intake.feedback import Feedback, Scale


class Unsafe(Exception):
    """Cells that were printed before cannot be printed of these answers."""


def close(
    responses: Feedback,
    wave: Wave,
    *,
    groupings: Sequence[Grouping],
    earlier: Sequence[WaveTable],
    names: Mapping[str, str],
    floors: Floors,
    again: Sequence[Cell] | None = None,
) -> WaveTable:
    """Make the table of ``wave`` from its ``responses``; ``earlier`` tables, oldest first.

    ``again``: the cells of a table that was printed before, which are then filled anew; raises
    Unsafe where they must not be.
    """
    members = members_of(responses.groups, groupings, len(responses))
    if again is None:
        planned = plan(members, groupings, floors, partitions(earlier, groupings))
    elif (before := kept(members, again, floors)) is not None:
        planned = before
    else:
        raise Unsafe
    if not planned.cells:
        return empty(wave, f"Fewer than {floors.staff} answers came in, so nothing is shown.")
    counts = tally(responses, members)
    cells = fill(planned.cells, members.people, counts, responses.scales, floors)
    rules = {practice: _rule(responses.scales[practice]) for practice in counts.answers}
    changed = since(wave, cells, rules, earlier, names)
    floor = floors.of(cells[0].audience)
    return WaveTable(
        wave=wave,
        cells=changed.cells,
        distributions={
            practice: spread(found.sum(axis=0), responses.scales[practice], DIFFER_FLOOR)
            for practice, found in counts.answers.items()
            if found.sum() >= RANKING_FLOOR
        },
        since_last=changed.last,
        since_last_year=changed.last_year,
        priorities=rank(
            responses,
            {practice: int(found.sum()) for practice, found in counts.answers.items()},
            cells,
            changed.last,
            names,
        ),
        notes=changed.notes,
        trust={
            header: _agreed(found, responses.trust[header][0], floor)
            for header, found in counts.trust.items()
            if found.any()
        },
        followup={
            header: spread(found, responses.followup[header][0], floor)
            for header, found in counts.followup.items()
            if found.any()
        },
        not_offered={grouping: why_not_offered(grouping) for grouping in planned.hidden},
        rules=rules,
    )


def empty(wave: Wave, note: str) -> WaveTable:
    """A table that shows nothing, and says why."""
    return WaveTable(wave, (), {}, {}, {}, (), (note,))


def why_not_offered(grouping: Grouping) -> str:
    """The sentence for a grouping that has no cells."""
    return f"By {' and '.join(grouping)}: hidden to protect a small group."


def partitions(
    earlier: Sequence[WaveTable], groupings: Sequence[Grouping]
) -> dict[tuple[Audience, Grouping], Partition]:
    """How each grouping was last divided, for each audience that had cells of its own."""
    found: dict[tuple[Audience, Grouping], Partition] = {}
    for grouping in groupings:
        for audience in Audience:
            own = (t for t in reversed(earlier) if _has_own_cells(t, grouping, audience))
            if (last := next(own, None)) is not None:
                cells = last.cells_of(grouping, audience)
                found[audience, grouping] = tuple(cell.members for cell in cells)
    return found


def spread(counts: Counts, scale: Scale, floor: int) -> tuple[Band, ...]:
    """How the answers spread, adjacent ones merged until each band holds ``floor`` people.

    ``counts``: [points of ``scale``], lowest first, at least one person.
    Empty when all would be one band.
    """
    runs = printing.runs_of(counts, floor)
    if len(runs) == 1:
        return ()
    base = int(counts.sum())
    return tuple(
        Band(
            _band_label(scale, first, last),
            printing.nearest(int(counts[first : last + 1].sum()), base, printing.EVERYBODY_STEP),
        )
        for first, last in runs
    )


def _has_own_cells(table: WaveTable, grouping: Grouping, audience: Audience) -> bool:
    return any((cell.grouping, cell.audience) == (grouping, audience) for cell in table.cells)


def _agreed(counts: Counts, scale: Scale, floor: int) -> Printed:
    """The share in the top of the scale: printed when enough are in it and enough are not."""
    agreed, base = int(favorable(counts, scale)), int(counts.sum())
    if not floor <= agreed <= base - floor:
        return FEW_SAID_SO
    return printing.figure(agreed, base, printing.EVERYBODY_STEP, printing.printed_n(base))


def _band_label(scale: Scale, first: int, last: int) -> str:
    ends = (first,) if first == last else (first, last)
    return " to ".join(scale.labels[i] if scale.labels else str(scale.low + i) for i in ends)


def _rule(scale: Scale) -> str:
    """Which answers are favorable, as data: "4 to 5 of 1 to 5"."""
    return f"{scale.favorable_from} to {scale.high} of {scale.low} to {scale.high}"
