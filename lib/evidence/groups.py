"""One group over the waves: joined only where identical members were counted together."""

from lib.evidence.shares import NOBODY, NOT_ASKED
from lib.evidence.since import (
    OTHER_RULE,
    broken,
    only_over_a_year,
    same_cell,
    same_rule,
    why_apart,
)
from lib.evidence.types import Cell, Evidence, Figure, Hidden, Printed, Wave, WaveTable


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
