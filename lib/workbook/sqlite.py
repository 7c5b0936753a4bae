"""The workbook as a local file: the form's rows and our events in SQLite."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from lib.workbook.protocol import Cell, Contents, FormTab, Progress, WorkbookProblem
from lib.workbook.records import Event

BUSY_SECONDS = 10.0
"""How long one process waits for another that is writing."""

SCHEMA_VERSION = 1

SCHEMA = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE form_row (position INTEGER PRIMARY KEY, cells TEXT NOT NULL)",
    """CREATE TABLE event (
        position INTEGER PRIMARY KEY,
        event_id TEXT NOT NULL UNIQUE,
        tab TEXT NOT NULL,
        record_id TEXT NOT NULL,
        revision INTEGER NOT NULL,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        fields TEXT NOT NULL
    )""",
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


EMPTY = Seed(form_title="", header=(), rows=(), events=())


class SqliteWorkbook:
    """A workbook in one SQLite file (WAL mode), safe for threads and for several processes.

    The file is made and filled on first use, in one transaction; ``seed`` is called only then.
    """

    kind: Literal["google_sheet", "sample"] = "sample"

    def __init__(self, path: Path, seed: Callable[[], Seed] | None = None) -> None:
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

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        """Read the file; the form's rows only where their number has changed."""
        with self._open() as database, self._lock:
            about = _about(database)
            events = tuple(
                _event(row) for row in database.execute("SELECT * FROM event ORDER BY position")
            )
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
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            _insert(database, events)
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """A connection of this call's own, to a file that is sure to be filled."""
        try:
            database = self._connect()
            try:
                self._fill(database)
                yield database
            finally:
                database.close()
        except (sqlite3.Error, OSError, ValueError) as error:
            raise _problem(error, self._path) from error

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        database.row_factory = sqlite3.Row
        return database

    def _fill(self, database: sqlite3.Connection) -> None:
        """Make the tables and fill them, unless some process has done so."""
        if _version(database) == SCHEMA_VERSION:
            return
        _use_wal(database)
        database.execute("BEGIN IMMEDIATE")
        try:
            version = _version(database)
            if version == 0:
                _write_seed(database, self._seed() if self._seed else EMPTY)
            elif version != SCHEMA_VERSION:
                raise ValueError("written by another version of the app")
            database.execute("COMMIT")
        except BaseException:
            database.rollback()
            raise


def _version(database: sqlite3.Connection) -> int:
    """0 in a new file."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _use_wal(database: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for others while switching, so this does."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(0.05)
        else:
            return


def _write_seed(database: sqlite3.Connection, seed: Seed) -> None:
    for statement in SCHEMA:
        database.execute(statement)
    about = {"form_title": seed.form_title, "header": json.dumps(list(seed.header))}
    if seed.time_zone:
        about["time_zone"] = seed.time_zone
    if seed.clock:
        about["clock"] = seed.clock.isoformat()
    database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    database.executemany(
        "INSERT INTO form_row (cells) VALUES (?)",
        ((json.dumps(list(row), ensure_ascii=False),) for row in seed.rows),
    )
    _insert(database, seed.events)
    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _insert(database: sqlite3.Connection, events: Sequence[Event]) -> None:
    database.executemany(
        """INSERT INTO event (event_id, tab, record_id, revision, at, who, fields)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING""",
        (
            (
                event.event_id,
                event.tab,
                event.record_id,
                event.revision,
                event.at.isoformat(),
                event.who,
                json.dumps(dict(event.fields), ensure_ascii=False),
            )
            for event in events
        ),
    )


def _about(database: sqlite3.Connection) -> dict[str, str]:
    return {row["key"]: row["value"] for row in database.execute("SELECT * FROM about")}


def _form(database: sqlite3.Connection, about: dict[str, str]) -> FormTab:
    rows = database.execute("SELECT cells FROM form_row ORDER BY position")
    return FormTab(
        title=about["form_title"],
        header=tuple(json.loads(about["header"])),
        rows=[json.loads(row["cells"]) for row in rows],
    )


def _event(row: sqlite3.Row) -> Event:
    return Event(
        tab=row["tab"],
        event_id=row["event_id"],
        record_id=row["record_id"],
        revision=row["revision"],
        at=datetime.fromisoformat(row["at"]),
        who=row["who"],
        fields=json.loads(row["fields"]),
    )


def _problem(error: Exception, path: Path) -> WorkbookProblem:
    """The error in words. SQLite's own text names no content, but it does not help anybody."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return WorkbookProblem(
            f"The file {path} is in use by another program.",
            "Close the other program that has it open, then reload this page.",
            temporary=True,
        )
    if "full" in text:
        return WorkbookProblem(
            f"The disk that holds {path} is full.", "Free some space, then reload this page."
        )
    if isinstance(error, OSError) or "unable to open" in text or "readonly" in text:
        return WorkbookProblem(
            f"The file {path} cannot be opened for writing.",
            "Give the account that runs the app the right to write to that folder, or name "
            "another file in the environment variable SEAT_WORKBOOK, and start the app again.",
        )
    return WorkbookProblem(
        f"The file {path} is damaged or is not a workbook of this app.",
        "Stop the app, move the file to another place and keep it; the app makes a new one when "
        "it starts.",
    )
