"""A spreadsheet in memory: its cells, what Google does to them, and what people do."""

import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.sheets import a1

Cell = str | int | float | bool | None
EPOCH = datetime(1899, 12, 30)
FORMATS = {"en_GB": "%d/%m/%Y %H:%M:%S"}


class Serial(float):
    """A number that is shown as a date and time."""

    @classmethod
    def of(cls, at: datetime) -> "Serial":
        return cls((at - EPOCH) / timedelta(days=1))

    def shown(self, locale: str) -> str:
        at = EPOCH + timedelta(seconds=round(float(self) * 86_400))
        if locale in FORMATS:
            return at.strftime(FORMATS[locale])
        return f"{at.month}/{at.day}/{at.year} {at:%H:%M:%S}"


class TypedRow(list[Any]):
    """A row that a person typed below the form's answers; it stays at the bottom."""


@dataclass(eq=False)
class Tab:
    title: str
    sheet_id: int
    rows: list[list[Any]] = field(default_factory=list)
    row_count: int = 1000
    column_count: int = 26
    frozen: int = 0
    protected: bool = False

    def __post_init__(self) -> None:
        self.fit()

    def fit(self) -> None:
        """Let the grid hold all cells."""
        self.row_count = max(self.row_count, len(self.rows), 1)
        self.column_count = max(self.column_count, *(len(row) for row in self.rows), 1)

    def filled(self) -> int:
        """How many rows there are up to the last one that holds anything."""
        last = len(self.rows)
        while last and not any(cell not in ("", None) for cell in self.rows[last - 1]):
            last -= 1
        return last

    def get(self, row: int, column: int) -> Any:
        if row < len(self.rows) and column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def put(self, row: int, column: int, value: Any) -> None:
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = None if value == "" else value
        self.fit()

    # What the form does

    def submit(self, *answers: Cell, at: datetime | None = None) -> None:
        """A response arrives: a new row below the last one that came from the form."""
        row = [Serial.of(at or datetime(2026, 3, 2, 9, 0, 0)), *answers]
        place = self.filled()
        while place > 1 and isinstance(self.rows[place - 1], TypedRow):
            place -= 1
        self.rows[place:] = [row, *self.rows[place : self.filled()]]
        self.row_count += 1
        self.fit()

    # What people do

    def sort(self, column: int, *, reverse: bool = False, with_header: bool = False) -> None:
        """Sort by a column (from 1); ``with_header`` is what happens without a frozen row."""
        start = 0 if with_header else 1
        kept = self.rows[: self.filled()]

        def key(row: list[Any]) -> str:
            return str(row[column - 1]) if len(row) >= column else ""

        self.rows = kept[:start] + sorted(kept[start:], key=key, reverse=reverse)

    def insert_rows(self, at: int, count: int = 1) -> None:
        """Insert empty rows above row ``at`` (from 1)."""
        if at <= len(self.rows):
            self.rows[at - 1 : at - 1] = [[] for _ in range(count)]
        self.row_count += count

    def delete_rows(self, first: int, last: int) -> None:
        """Delete rows ``first`` to ``last`` (from 1, both included)."""
        del self.rows[first - 1 : last]
        self.row_count = max(1, self.row_count - (last - first + 1))
        self.fit()

    def delete_empty_rows(self) -> None:
        """Cut the grid below the last filled row."""
        self.rows = self.rows[: self.filled()]
        self.row_count = max(1, len(self.rows))

    def move_column(self, source: int, target: int) -> None:
        """Move a column (from 1) so that it becomes the ``target``-th."""
        for row in self.rows:
            row.extend([None] * (max(source, target) - len(row)))
            row.insert(target - 1, row.pop(source - 1))

    def insert_column(self, at: int, header: str = "") -> None:
        """Insert a column before column ``at`` (from 1)."""
        for number, row in enumerate(self.rows):
            row.extend([None] * (at - 1 - len(row)))
            row.insert(at - 1, (header or None) if number == 0 else None)
        self.column_count += 1
        self.fit()

    def delete_column(self, at: int) -> None:
        for row in self.rows:
            if len(row) >= at:
                del row[at - 1]
        self.column_count = max(1, self.column_count - 1)
        self.fit()

    def set_cell(self, name: str, value: Cell) -> None:
        area = a1.parse(name, [])
        self.put(area.top, area.left, value)

    def type_row(self, *cells: Cell) -> None:
        """Type a row by hand below everything."""
        self.rows[self.filled() :] = [TypedRow(cells)]
        self.fit()

    def rename(self, title: str) -> None:
        self.title = title

    def protect(self) -> None:
        self.protected = True

    def unprotect(self) -> None:
        self.protected = False

    @property
    def values(self) -> list[list[Any]]:
        """All rows as values.get would show them."""
        return [trimmed(row) for row in self.rows[: self.filled()]]


@dataclass(eq=False)
class Spreadsheet:
    key: str
    tabs: list[Tab]
    title: str = "Student feedback"
    locale: str = "en_US"
    time_zone: str = "America/New_York"
    shared_with: dict[str, str] = field(default_factory=dict)
    formulas: int = 0

    def __post_init__(self) -> None:
        self._ids = itertools.count(1_000_001)

    def tab(self, title: str) -> Tab:
        return next(tab for tab in self.tabs if tab.title == title)

    @property
    def titles(self) -> list[str]:
        return [tab.title for tab in self.tabs]

    def add_tab(
        self, title: str, rows: Sequence[Sequence[Any]] = (), sheet_id: int | None = None
    ) -> Tab:
        tab = Tab(
            title, next(self._ids) if sheet_id is None else sheet_id, [list(row) for row in rows]
        )
        self.tabs.append(tab)
        return tab

    def delete_tab(self, title: str) -> None:
        self.tabs.remove(self.tab(title))

    def share(self, email: str, role: str = "writer") -> None:
        """Role is writer or reader."""
        self.shared_with[email] = role

    def revoke(self, email: str) -> None:
        self.shared_with.pop(email, None)


def trimmed(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] in ("", None):
        end -= 1
    cells = row[:end]
    return ["" if cell is None else cell for cell in cells] if None in cells else cells


LOCK = threading.RLock()
"""Held while a request is answered and while a test looks or acts."""
