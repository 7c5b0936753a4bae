"""What values.append takes for a table: a block of touching filled cells."""

from dataclasses import dataclass

from tests.sheets.a1 import Area
from tests.sheets.grid import Tab


@dataclass(frozen=True)
class Table:
    """Zero-based, half open."""

    top: int
    left: int
    bottom: int
    right: int


def find_table(tab: Tab, area: Area) -> Table | None:
    """The last block that the area touches, grown to all filled cells that touch it."""
    bottom = tab.filled() if area.bottom is None else min(area.bottom, tab.filled())
    right = tab.column_count if area.right is None else area.right
    for row in range(bottom - 1, area.top - 1, -1):
        filled = [c for c in range(area.left, min(right, len(tab.rows[row]))) if _full(tab, row, c)]
        if filled:
            return _grown(tab, row, filled[-1])
    return None


def _grown(tab: Tab, row: int, column: int) -> Table:
    """Grow a rectangle until nothing filled touches it, corners included."""
    top, left, bottom, right = row, column, row + 1, column + 1
    grew = True
    while grew:
        grew = False
        if top > 0 and _any(tab, top - 1, left - 1, right + 1):
            top, grew = top - 1, True
        if _any(tab, bottom, left - 1, right + 1):
            bottom, grew = bottom + 1, True
        if left > 0 and any(_full(tab, r, left - 1) for r in range(max(0, top - 1), bottom + 1)):
            left, grew = left - 1, True
        if any(_full(tab, r, right) for r in range(max(0, top - 1), bottom + 1)):
            right, grew = right + 1, True
    return Table(top, left, bottom, right)


def _any(tab: Tab, row: int, left: int, right: int) -> bool:
    return any(_full(tab, row, column) for column in range(max(0, left), right))


def _full(tab: Tab, row: int, column: int) -> bool:
    return tab.get(row, column) not in ("", None)
