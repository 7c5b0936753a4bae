"""The workbook as a local file: the form's rows and our events in SQLite."""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from lib.workbook.database import EVENT_TABLE, insert_events, opened, select_events
from lib.workbook.event_rows import check_texts
from lib.workbook.protocol import Cell, Contents, FormTab, Progress
from lib.workbook.records import Event

VERSION = 1

TABLES = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE form_row (position INTEGER PRIMARY KEY, cells TEXT NOT NULL)",
    EVENT_TABLE,
)
"""``about`` holds form_title, header (JSON), time_zone and clock; ``cells`` is a JSON list."""


@dataclass(frozen=True)
class Seed:
    """What a new file is filled with.

    ``time_zone`` is an IANA name; ``clock`` is naive, in the school's local time.
    """

    form_title: str
    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    events: Sequence[Event]
    time_zone: str | None = None
    clock: datetime | None = None


class SqliteWorkbook:
    """A workbook in one SQLite file (WAL mode), safe for threads and for several processes.

    The file is made and filled on first use, in one transaction; ``seed`` is called only then.
    """

    kind: Literal["google_sheet", "sample"] = "sample"

    def __init__(self, path: Path, seed: Callable[[], Seed]) -> None:
        self._path = path
        self._seed = seed
        self._lock = Lock()
        self._rows_read: int | None = None

    @property
    def clock(self) -> datetime | None:
        """The sample's fixed now, naive, in the school's local time."""
        with self._open() as database:
            text = _about(database).get("clock")
        return datetime.fromisoformat(text) if text else None

    @property
    def unsaved(self) -> tuple[Event, ...]:
        """Nothing ever waits here."""
        return ()

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        """Read the file; the form's rows only where their number has changed."""
        with self._open() as database, self._lock:
            about = _about(database)
            events = select_events(database)
            (count,) = database.execute("SELECT count(*) FROM form_row").fetchone()
            form = None
            if full or count != self._rows_read:
                form = _form(database, about)
            self._rows_read = count
        if progress:
            progress(count, count)
        return Contents(form=form, events=events, time_zone=about.get("time_zone"))

    def append(self, events: Sequence[Event]) -> None:
        """Append events in one transaction; one that is there already is not written twice."""
        check_texts(events)
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            insert_events(database, events)
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with opened(self._path, VERSION, self._fill) as database:
            yield database

    def _fill(self, database: sqlite3.Connection) -> None:
        seed = self._seed()
        for table in TABLES:
            database.execute(table)
        about = {"form_title": seed.form_title, "header": json.dumps(list(seed.header))}
        if seed.time_zone:
            about["time_zone"] = seed.time_zone
        if seed.clock:
            about["clock"] = seed.clock.isoformat()
        database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        database.executemany(
            "INSERT INTO form_row (cells) VALUES (?)",
            ((json.dumps(list(row)),) for row in seed.rows),
        )
        insert_events(database, seed.events)


def _about(database: sqlite3.Connection) -> dict[str, str]:
    return {row["key"]: row["value"] for row in database.execute("SELECT * FROM about")}


def _form(database: sqlite3.Connection, about: dict[str, str]) -> FormTab:
    rows = database.execute("SELECT cells FROM form_row ORDER BY position")
    return FormTab(
        title=about["form_title"],
        header=tuple(json.loads(about["header"])),
        rows=[json.loads(row["cells"]) for row in rows],
    )
