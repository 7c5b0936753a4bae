"""Writing events into our tabs of a spreadsheet, each of them once."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock

from lib.workbook.event_rows import (
    as_text,
    check_texts,
    default_header,
    header_names,
    is_header,
    missing_columns,
    read_tab,
    to_row,
)
from lib.workbook.google_problem import Fault, GoogleProblem
from lib.workbook.layout import Sheet, cells_of, column_letters
from lib.workbook.pace import PATIENCE, pause_after
from lib.workbook.records import Event
from lib.workbook.service import Service

TRIES = 3
"""Tries to write one tab's events; before each it is looked which are there already."""

COLUMN = re.compile(r"[A-Z]+")
"""The column at the beginning of a cell's address."""


@dataclass(frozen=True)
class TabState:
    """How one of our tabs stands: its header, where that is, and the event ids in it."""

    header_row: int
    header: tuple[str, ...]
    event_ids: frozenset[str]


EMPTY_TAB = TabState(1, (), frozenset())


class Ledger:
    """Appends events. Before every try it looks which of them are there already.

    ``find`` gives the sheet that is ours under a name, None when there is none; called with True
    it looks into the spreadsheet again first.
    """

    def __init__(self, service: Service, find: Callable[[str, bool], Sheet | None]) -> None:
        self._service = service
        self._find = find
        self._one_at_a_time = Lock()
        self._astray: set[str] = set()

    def append(self, events: Sequence[Event]) -> None:
        """Append events in order, one request for each tab. Raises WorkbookProblem."""
        check_texts(events)
        by_tab: dict[str, list[Event]] = {}
        for event in events:
            by_tab.setdefault(event.tab, []).append(event)
        with self._one_at_a_time:
            for tab, group in by_tab.items():
                self._append(tab, group)

    def _append(self, tab: str, events: Sequence[Event]) -> None:
        for tries in range(TRIES):
            try:
                sheet, state = self._look(tab, again=tries > 0)
                rest = [e for e in events if e.event_id not in state.event_ids]
                if rest:
                    self._check_astray(sheet, rest)
                    self._write(tab, sheet, state, rest)
            except GoogleProblem as problem:
                pause = pause_after(problem, tries)
                if not problem.temporary or pause > PATIENCE or tries + 1 == TRIES:
                    raise
                self._service.writes.sleep(pause)
            else:
                return

    def _look(self, tab: str, *, again: bool) -> tuple[Sheet, TabState]:
        """Find a tab, or make it, and read what an append must know."""
        sheet = self._find(tab, again)
        if sheet is None:
            sheet = self._make(tab)
        top, first_column = self._service.values(
            [cells_of(sheet.title, "1:1"), cells_of(sheet.title, "A:A")]
        )
        header = header_names(top[0]) if top else ()
        if is_header(header) and header[0] == "event_id":
            ids = frozenset(as_text(row[0]) for row in first_column if row)
            return sheet, TabState(1, header, ids)
        (rows,) = self._service.values([cells_of(sheet.title)])
        if not any(rows):
            return sheet, EMPTY_TAB
        reading = read_tab(tab, rows)
        if reading.header_row is None:
            raise GoogleProblem(
                f"The tab {sheet.title} has lost its header row, so the app cannot write to it.",
                "Put these headers back into the first row: " + ", ".join(default_header(tab)),
            )
        ids = frozenset(event.event_id for event in reading.events)
        return sheet, TabState(reading.header_row, reading.header, ids)

    def _make(self, tab: str) -> Sheet:
        try:
            self._service.add_tab(tab)
        except GoogleProblem as problem:
            if problem.fault is not Fault.TAB_EXISTS:
                raise
        sheet = self._find(tab, True)  # noqa: FBT003  (a plain callable)
        if sheet is None:
            raise GoogleProblem(f"The tab {tab} could not be made.", "Save again.", temporary=True)
        return sheet

    def _write(self, tab: str, sheet: Sheet, state: TabState, events: Sequence[Event]) -> None:
        header = state.header or default_header(tab)
        added = missing_columns(events, header)
        whole = (*header, *(name.lower() for name in added))
        if len(whole) > sheet.columns:
            self._service.widen(sheet.title, sheet.sheet_id, len(whole))
        if not state.header:
            self._service.put(sheet.title, "A1", whole)
        elif added:
            corner = f"{column_letters(len(header) + 1)}{state.header_row}"
            self._service.put(sheet.title, corner, added)
        first = next(i for i, name in enumerate(whole) if name)
        column = column_letters(first + 1)
        landed = self._service.append(
            sheet.title,
            f"{column}{state.header_row}",
            [to_row(event, whole)[first:] for event in events],
        )
        match = COLUMN.match(landed.rpartition("!")[2])
        if match is None or match.group() != column:
            self._astray |= {event.event_id for event in events}
            raise _went_astray(sheet)

    def _check_astray(self, sheet: Sheet, events: Sequence[Event]) -> None:
        """Raise while a row that landed in the wrong columns is still there.

        Without this each try would leave one more such row.
        """
        ids = {event.event_id for event in events} & self._astray
        if ids:
            (rows,) = self._service.values([cells_of(sheet.title)])
            if ids & {as_text(cell) for row in rows for cell in row}:
                raise _went_astray(sheet)
            self._astray -= ids


def _went_astray(sheet: Sheet) -> GoogleProblem:
    return GoogleProblem(
        f"In the tab {sheet.title} a row of the app's landed beside its headers.",
        "Delete that row (it is among the last ones) and whatever was written beside the table; "
        "the app then writes it again.",
    )
