"""Published groups: which there are, how far they differ, and each of them over the waves.

Over the waves a group is joined only where identical members were counted together.
"""

from collections.abc import Mapping, Sequence

from lib.catalogue import called
from lib.evidence.shares import NOBODY, NOT_ASKED
from lib.evidence.since import (
    OTHER_RULE,
    broken,
    only_over_a_year,
    same_cell,
    same_rule,
    why_apart,
)
from lib.evidence.types import Audience, Cell, Evidence, Figure, Hidden, Printed, Wave, WaveTable
from lib.text import join_words, natural


def groupings(table: WaveTable) -> tuple[tuple[str, ...], ...]:
    """The groupings of which cells are published in this wave, in their declared order."""
    return tuple(dict.fromkeys(cell.grouping for cell in table.cells if cell.grouping))


def grouping_name(grouping: Sequence[str]) -> str:
    """What a grouping is called: "Grade", "Grade and Program"."""
    return join_words(list(grouping)) or "everybody"


def cells_of(table: WaveTable, grouping: tuple[str, ...]) -> tuple[Cell, ...]:
    """One grouping's cells as staff see them, in natural order: none lies inside another."""
    cells = table.cells_of(grouping, Audience.STAFF)
    return tuple(sorted(cells, key=lambda cell: [natural(text) for text in cell.members[0]]))


def over_waves(evidence: Evidence, cell: Cell, practice: str) -> tuple[tuple[Wave, Printed], ...]:
    """What the group ``cell`` said of one practice, wave by wave, oldest first.

    A wave without a cell of identical members is Hidden, with the reason.
    """
    rules = evidence.latest.rules if evidence.latest else {}
    return tuple(
        (
            table.wave,
            _printed(table, cell, practice) if same_rule(rules, table, practice) else OTHER_RULE,
        )
        for table in evidence.waves
    )


def group_lines(evidence: Evidence, cell: Cell, practice: str) -> tuple[str, ...]:
    """What to say under a group's trend: why it is hidden now, what changed, why it breaks."""
    printed = cell.favorable.get(practice, NOT_ASKED)
    if isinstance(printed, Hidden):
        return (printed.reason,)
    likely = f"Likely between {printed.low}% and {printed.high}%."
    year = only_over_a_year(cell.since_last, cell.since_last_year)
    moved = [words[practice].says for words in (cell.since_last, year) if practice in words]
    return (likely, *moved, *breaks(evidence, cell))


def breaks(evidence: Evidence, cell: Cell) -> tuple[str, ...]:
    """Why the group's line has gaps: a sentence for each reason, with the waves it holds for."""
    missing: dict[str, list[WaveTable]] = {}
    for table in evidence.waves:
        if table.cells and same_cell(cell, table) is None:
            missing.setdefault(why_apart(cell, table), []).append(table)
    return tuple(broken(tables, why) for why, tables in missing.items())


def most_apart(cells: tuple[Cell, ...]) -> str | None:
    """The practice whose printed shares lie furthest apart, where their intervals do not meet."""
    gaps = {p: _apart(cells, p) for cell in cells for p in cell.favorable}
    widest = max(gaps, key=lambda practice: gaps[practice], default=None)
    return widest if widest and gaps[widest] else None


def gap_title(cells: tuple[Cell, ...], names: Mapping[str, str]) -> str:
    """Which practice differs most between groups, and between which; or that chance explains it."""
    practice = most_apart(cells)
    if practice is None:
        return "The groups do not differ more than chance could explain"
    known = [(f, c.name) for c in cells if isinstance(f := c.favorable.get(practice), Figure)]
    low, high = (end(known, key=lambda each: each[0].percent) for end in (min, max))
    return (
        f"{called(practice, names)} differs most: {low[0].text} favorable in {low[1]}, "
        f"{high[0].text} in {high[1]}"
    )


def _apart(cells: tuple[Cell, ...], practice: str) -> int:
    """How many points lie between the highest and the lowest; 0 where chance could do it."""
    printed = [cell.favorable.get(practice) for cell in cells]
    known = [figure for figure in printed if isinstance(figure, Figure)]
    if len(known) < 2:
        return 0
    low, high = (end(known, key=lambda figure: figure.percent) for end in (min, max))
    return high.percent - low.percent if low.high < high.low else 0


def _printed(table: WaveTable, cell: Cell, practice: str) -> Printed:
    then = same_cell(cell, table)
    if then is not None:
        return then.favorable.get(practice, NOT_ASKED)
    if not table.cells:
        return NOBODY
    return Hidden(broken([table], why_apart(cell, table)))
