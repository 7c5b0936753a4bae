"""The workbook in a local file."""

import multiprocessing
import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lib.workbook import Event, WorkbookProblem, fold, new_event
from lib.workbook.sqlite import Seed, SqliteWorkbook

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
HEADER = ("Timestamp", "I get real choices")
ROWS = (("3/2/2026 9:00:00", "Often"), ("3/2/2026 9:01:00", "", "=1+1"), ())
FIRST = Event("PD Focus", "e1", "r1", 1, NOW, "Lee", {"practice": "choices", "owner": "Núñez"})
SEED = Seed("Form Responses 1", HEADER, ROWS, (FIRST,), "America/New_York", datetime(2026, 3, 5, 8))


def focus(practice: str) -> Event:
    return new_event("PD Focus", {"practice": practice}, who="Lee", at=NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "on demand" / "workbook.sqlite"


def test_a_new_file_is_filled_from_the_seed(path: Path) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    contents = book.read()
    assert contents.form is not None
    assert contents.form.title == "Form Responses 1"
    assert tuple(contents.form.header) == HEADER
    assert [tuple(row) for row in contents.form.rows] == list(ROWS)
    assert (contents.form.first_row, contents.form.continues) == (2, False)
    assert contents.events == (FIRST,)
    assert contents.time_zone == "America/New_York"
    assert book.clock == datetime(2026, 3, 5, 8)
    assert book.kind == "sample"


def test_decisions_survive_and_the_seed_is_used_once(path: Path) -> None:
    event = focus("feedback")
    SqliteWorkbook(path, lambda: SEED).append([event])
    assert SqliteWorkbook(path, lambda: pytest.fail("seeded twice")).read().events == (
        FIRST,
        event,
    )


def test_the_same_event_counts_once_and_order_is_kept(path: Path) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    a, b = focus("a"), focus("b")
    book.append([b, a])
    book.append([a, b])
    assert book.read().events == (FIRST, b, a)


def test_the_rows_are_handed_on_once_unless_asked_for(path: Path) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    told: list[tuple[int, int]] = []
    assert book.read(progress=lambda done, of: told.append((done, of))).form is not None
    assert told == [(3, 3)]
    assert book.read().form is None
    assert book.read(full=True).form is not None


def test_threads_at_once_lose_nothing(path: Path) -> None:
    books = [SqliteWorkbook(path, lambda: SEED) for _ in range(4)]
    events = [focus(f"p{n}") for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: books[n % 4].append([events[n]]), range(40)))
    assert {e.event_id for e in books[0].read().events} == {
        FIRST.event_id,
        *(e.event_id for e in events),
    }


def _start(path: Path, barrier: "multiprocessing.synchronize.Barrier") -> None:
    barrier.wait(10)
    book = SqliteWorkbook(path, lambda: SEED)
    book.append([Event("PD Focus", f"pid{os.getpid()}", "r", 1, NOW, "x", {})])


def test_processes_at_once_seed_one_file(path: Path) -> None:
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(3)
    processes = [context.Process(target=_start, args=(path, barrier)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(20)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    contents = SqliteWorkbook(path, lambda: pytest.fail("seeded again")).read()
    assert contents.form is not None
    assert len(contents.form.rows) == 3
    assert len(contents.events) == 4


def test_the_file_is_in_wal_mode(path: Path) -> None:
    SqliteWorkbook(path, lambda: SEED).read()
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_a_seed_that_fails_leaves_no_half_filled_file(path: Path) -> None:
    def fail() -> Seed:
        raise WorkbookProblem("The sample school cannot be read.", "Get the files again.")

    with pytest.raises(WorkbookProblem, match="sample school"):
        SqliteWorkbook(path, fail).read()
    assert SqliteWorkbook(path, lambda: SEED).read().events == (FIRST,)


def test_a_file_deleted_while_the_app_runs_is_made_again(path: Path) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    book.append([focus("lost with its file")])
    for file in path.parent.iterdir():
        file.unlink()
    assert book.read().events == (FIRST,)


def _garbage(path: Path) -> None:
    path.write_bytes(b"this is not a database, whatever its name says" * 50)


def _other_program(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 77")
    database.close()


def _cut(path: Path) -> None:
    SqliteWorkbook(path, lambda: Seed("F", HEADER, ROWS * 2000, ())).read()
    content = path.read_bytes()
    path.write_bytes(content[:6000] + b"\xff" * 4000 + content[10_000:20_000])


@pytest.mark.parametrize("spoil", [_garbage, _other_program, _cut])
def test_a_damaged_file_is_said_in_words(path: Path, spoil) -> None:
    path.parent.mkdir(parents=True)
    spoil(path)
    with pytest.raises(WorkbookProblem) as problem:
        SqliteWorkbook(path, lambda: SEED).read()
    assert problem.value.says.endswith("is damaged or was made by another version of the app.")
    assert (
        "Move it to another place and keep it, together with the files beside it"
        in problem.value.do
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026-03-02T14:00:00", NOW),
        ("2026-03-02 14:00", NOW),
        ("2026-03-02T09:00:00-05:00", NOW),
    ],
)
def test_a_moment_without_a_time_zone_is_utc_and_stands_beside_others(
    path: Path, typed: str, read: datetime
) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    book.append([focus("a")])
    _retype(path, typed)
    events = book.read().events
    assert [event.at for event in events] == [read, NOW]
    assert all(event.at.tzinfo is UTC for event in events)
    assert set(fold(events)["PD Focus"]) == {"r1", events[1].record_id}


@pytest.mark.parametrize("typed", ["yesterday", "0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_nobody_can_read_is_said_in_words(path: Path, typed: str) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    book.read()
    _retype(path, typed)
    with pytest.raises(WorkbookProblem, match="is damaged or was made by another version"):
        book.read()


def _retype(path: Path, at: str) -> None:
    """Type another moment into the file's first event, as somebody did by hand."""
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE event SET at = ? WHERE event_id = 'e1'", (at,))
    database.close()


def test_a_place_that_cannot_be_written_to_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for path in (tmp_path / "file" / "workbook.sqlite", tmp_path):
        with pytest.raises(WorkbookProblem) as problem:
            SqliteWorkbook(path, lambda: SEED).read()
        assert problem.value.says.endswith("cannot be opened for writing.")
        assert "SEAT_WORKBOOK" in problem.value.do


def test_a_file_that_another_program_holds_is_said_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    book.read()
    monkeypatch.setattr("lib.workbook.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkbookProblem, match="in use by another program") as problem:
        book.append([focus("a")])
    other.close()
    assert problem.value.temporary
    book.append([focus("a")])
    assert len(book.read().events) == 2


@pytest.mark.parametrize("text", ["\x00", "\ud83d", "x" * 50_000])
def test_what_a_spreadsheet_cannot_keep_is_not_kept_here_either(path: Path, text: str) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    for event in (focus(text), replace(focus("a"), who=text)):
        with pytest.raises(WorkbookProblem, match="The text for"):
            book.append([event])
    assert book.read().events == (FIRST,)


def test_a_full_disk_is_said_and_nothing_is_half_written(path: Path) -> None:
    book = SqliteWorkbook(path, lambda: SEED)
    book.read()
    # SQLite says the same of a file that may not grow as of a disk that is full.
    with sqlite3.connect(path) as database:
        (pages,) = database.execute("PRAGMA page_count").fetchone()
    whole = sqlite3.connect

    def small(*asked: object, **how: object) -> sqlite3.Connection:
        database = whole(*asked, **how)  # type: ignore[arg-type]
        database.execute(f"PRAGMA max_page_count = {pages}")
        return database

    long = [focus("x" * 40_000) for _ in range(20)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        with pytest.raises(WorkbookProblem) as caught:
            book.append(long)
    assert caught.value.says == f"The disk that holds {path} is full."
    assert book.read().events == (FIRST,)


def test_a_file_that_another_process_is_just_making_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir(parents=True)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE other (x)")
    other.execute("BEGIN IMMEDIATE")
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        other.execute("ROLLBACK")

    monkeypatch.setattr("lib.workbook.database.time.sleep", sleep)
    assert SqliteWorkbook(path, lambda: SEED).read().events == (FIRST,)
    assert len(waited) == 1
