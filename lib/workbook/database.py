"""What the workbook's SQLite files have in common: opening, events as rows, problems in words."""

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lib.workbook.protocol import WorkbookProblem
from lib.workbook.records import Event

BUSY_SECONDS = 10.0
"""How long one process waits for another that is writing."""

EVENT_TABLE = """CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    tab TEXT NOT NULL,
    record_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    fields TEXT NOT NULL
)"""
"""``at`` is ISO 8601 text, ``fields`` a JSON object; ``position`` keeps the order of writing."""


@contextmanager
def opened(
    path: Path, version: int, make: Callable[[sqlite3.Connection], object]
) -> Iterator[sqlite3.Connection]:
    """A connection of this call's own to a file in WAL mode. Raises WorkbookProblem.

    A new file is made by ``make`` in one transaction, once however many processes start at once,
    and marked with ``version``.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            database.row_factory = sqlite3.Row
            _prepare(database, version, make)
            yield database
        finally:
            database.close()
    except (sqlite3.Error, OSError, ValueError) as error:
        raise _problem(error, path) from error


def insert_events(database: sqlite3.Connection, events: Iterable[Event]) -> None:
    """Add events; one that is there already stays as it is."""
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
                json.dumps(dict(event.fields)),
            )
            for event in events
        ),
    )


def select_events(database: sqlite3.Connection) -> tuple[Event, ...]:
    """All events in the order in which they were written."""
    return tuple(
        Event(
            tab=row["tab"],
            event_id=row["event_id"],
            record_id=row["record_id"],
            revision=int(row["revision"]),
            at=_moment(row["at"]),
            who=row["who"],
            fields=json.loads(row["fields"]),
        )
        for row in database.execute("SELECT * FROM event ORDER BY position")
    )


def _moment(text: str) -> datetime:
    """A stored moment as aware UTC, as which one without a time zone is read: we write no other.

    Raises ValueError, also near the ends of what a computer can count.
    """
    at = datetime.fromisoformat(text)
    if not 1900 <= at.year < 2200:
        raise ValueError("no moment of our times")
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _prepare(
    database: sqlite3.Connection, version: int, make: Callable[[sqlite3.Connection], object]
) -> None:
    if _version(database) == version:
        return
    _use_wal(database)
    database.execute("BEGIN IMMEDIATE")
    try:
        found = _version(database)
        if found == 0:
            make(database)
            database.execute(f"PRAGMA user_version = {version}")
        elif found != version:
            raise ValueError("made by another version of the app")
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
            "Give the account that runs the app the right to write to that file and its folder. "
            "Or stop the app, name another file in the environment variable SEAT_WORKBOOK, and "
            "start it again.",
        )
    return WorkbookProblem(
        f"The file {path} is damaged or was made by another version of the app.",
        "Move it to another place and keep it, together with the files beside it whose names go "
        "on with -wal and -shm. The app then makes a new one by itself.",
    )
