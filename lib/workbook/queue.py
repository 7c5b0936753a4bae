"""Decisions that the spreadsheet does not have yet, kept on disk until it has them."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Literal

from lib.text import count
from lib.workbook.database import EVENT_TABLE, insert_events, opened, select_events
from lib.workbook.event_rows import check_texts
from lib.workbook.protocol import Contents, Progress, Workbook, WorkbookProblem
from lib.workbook.records import Event

VERSION = 1

WAIT = 8.0
"""Seconds that saving may keep a person waiting; after that it goes on behind the scenes."""


class Outbox:
    """The waiting decisions of one spreadsheet, in one SQLite file. Nothing else is in it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, events: Sequence[Event]) -> None:
        """Keep events. Raises WorkbookProblem, as everything here does."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            insert_events(database, events)
            database.execute("COMMIT")

    def waiting(self) -> tuple[Event, ...]:
        """What is kept, oldest first."""
        if not self._path.exists():
            return ()
        with self._open() as database:
            return select_events(database)

    def remove(self, events: Sequence[Event]) -> None:
        """Forget events that the spreadsheet has."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            ids = ((event.event_id,) for event in events)
            database.executemany("DELETE FROM event WHERE event_id = ?", ids)
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with opened(self._path, VERSION, lambda db: db.execute(EVENT_TABLE)) as database:
            yield database


class QueuedWorkbook:
    """A workbook that takes every decision at once and saves it as soon as it can.

    ``append`` returns when the decision is safe on this computer's disk; ``unsaved`` tells which
    are not in the spreadsheet yet. They are sent in order whenever a reading works.
    """

    def __init__(self, workbook: Workbook, outbox: Outbox, wait: float = WAIT) -> None:
        self.kind: Literal["google_sheet", "sample"] = workbook.kind
        self._workbook = workbook
        self._outbox = outbox
        self._wait = wait
        self._sending = Lock()
        self._problems: dict[str, WorkbookProblem] = {}

    @property
    def clock(self) -> datetime | None:
        """As the workbook has it."""
        return self._workbook.clock

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Decisions that are not in the spreadsheet yet, oldest first."""
        return self._outbox.waiting()

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        """Read the workbook, then send what waits; what waited is part of the contents."""
        waiting: tuple[Event, ...] = ()
        # What waits is noted before the sheet is asked: a decision that is delivered meanwhile may
        # be missing from its answer, and is in the queue no longer.
        with suppress(WorkbookProblem):  # a damaged queue keeps nobody from reading; said below
            waiting = self.unsaved
        contents = self._workbook.read(full=full, progress=progress)
        left: tuple[Event, ...] = ()
        notes = contents.notes
        try:
            left = self._send_what_waits()
        except WorkbookProblem as problem:
            notes += (f"{problem.says} {problem.do}",)
        notes += _notes(left, self._problems)
        in_sheet = {event.event_id for event in contents.events}
        kept = {e.event_id: e for e in (*waiting, *left) if e.event_id not in in_sheet}
        return replace(contents, events=(*contents.events, *kept.values()), notes=notes)

    def append(self, events: Sequence[Event]) -> None:
        """Keep events and begin to send them; waits only a few seconds for the spreadsheet.

        Raises WorkbookProblem where they can never be saved, or neither here nor there.
        """
        check_texts(events)
        try:
            self._outbox.put(events)
        except WorkbookProblem:
            self._workbook.append(events)
            return
        sender = Thread(target=self._send_in_turn, name="send-decisions", daemon=True)
        sender.start()
        sender.join(self._wait)

    def _send_what_waits(self) -> tuple[Event, ...]:
        """Send what waits, unless that is going on already; returns what still waits."""
        if self.unsaved and self._sending.acquire(blocking=False):
            try:
                self._send()
            finally:
                self._sending.release()
        return self.unsaved

    def _send_in_turn(self) -> None:
        with self._sending:
            self._send()

    def _send(self) -> None:
        """Send what waits, tab by tab, so that one protected tab holds up no other."""
        by_tab: dict[str, list[Event]] = {}
        for event in self._outbox.waiting():
            by_tab.setdefault(event.tab, []).append(event)
        problems: dict[str, WorkbookProblem] = {}
        self._problems = problems
        for tab, events in by_tab.items():
            problem = self._deliver(events)
            if problem is not None and problem.temporary:
                problems |= {tab: problem for tab in by_tab if tab not in problems}
                return
            if problem is not None:
                problems[tab] = problem

    def _deliver(self, events: Sequence[Event]) -> WorkbookProblem | None:
        """Send events of one tab; returns why some of them still wait, if they do.

        Where one is refused they are sent one by one, so that it holds up no other.
        """
        try:
            self._workbook.append(events)
            self._outbox.remove(events)
        except WorkbookProblem as problem:
            if not problem.refused or len(events) == 1:
                return problem
        else:
            return None
        refused: WorkbookProblem | None = None
        for event in events:
            why = self._deliver([event])
            if why is not None and not why.refused:
                return why
            refused = refused or why
        return refused


def _notes(waiting: Sequence[Event], problems: Mapping[str, WorkbookProblem]) -> tuple[str, ...]:
    """What waits and why, a sentence for each reason; ``problems`` are by tab."""
    found: dict[tuple[str, str], int] = {}
    for event in waiting:
        problem = problems.get(event.tab)
        if problem is not None:
            where = f" for the tab {event.tab}" if problem.refused else ""
            said = (where, f"{problem.says} {problem.do}")
            found[said] = found.get(said, 0) + 1
    return tuple(
        f"{count(number, 'decision')}{where} {'is' if number == 1 else 'are'} not saved to the "
        f"sheet yet. {why}"
        for (where, why), number in found.items()
    )
