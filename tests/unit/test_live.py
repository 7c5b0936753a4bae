"""The one reader: what it keeps, what it works out again, and what it says when reading fails."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from lib import live, reader, step
from lib.evidence import table
from lib.evidence.types import Wave, WaveTable
from lib.intake.feedback import Feedback
from lib.plan import blocks
from lib.workbook import Contents, Event, Progress, WorkbookProblem, new_event, tabs
from lib.workbook.records import fold
from lib.workbook.sqlite import Seed, SqliteWorkbook

HEADER = ("Timestamp", "The teacher explains well [1-5]", "I get choices [1-5]", "Comments")
NOW = datetime(2026, 3, 20, 9, 0)
AT = datetime(2026, 3, 20, 14, 0, tzinfo=UTC)


def rows(count: int, month: int = 2) -> list[list[str]]:
    return [
        [f"{month}/{1 + i % 27}/2026 10:00:{i % 60:02}", str(1 + i % 5), str(1 + i % 4), ""]
        for i in range(count)
    ]


@pytest.fixture
def workbook(tmp_path: Path) -> SqliteWorkbook:
    seed = Seed("Form Responses 1", HEADER, rows(40), (), "America/Chicago", NOW)
    return SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)


@pytest.fixture
def school(workbook: SqliteWorkbook) -> reader.Live:
    return reader.Live(workbook, workbook.clock)


def test_a_school_is_what_the_workbook_says(school: reader.Live) -> None:
    seen = school.school()
    assert seen.source == "sample"
    assert seen.now == NOW
    assert seen.understanding.responses == 40
    assert {"The teacher explains well", "I get choices"} <= set(seen.names.values())
    assert [table.wave.label for table in seen.evidence.waves] == ["February 2026"]
    assert seen.trouble is None


def test_a_decision_shows_at_once_and_survives(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    before = school.school().evidence
    school.record([event])
    assert school.school().title == "Elm"
    assert school.school().evidence is before
    assert reader.Live(workbook, workbook.clock).school().title == "Elm"


def test_what_another_process_decided_comes_with_the_next_reading(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    assert school.school().title == "Your school"
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    workbook.append([event])
    school.refresh()
    assert school.school().title == "Elm"


def test_a_moment_is_utc_and_the_samples_own(school: reader.Live) -> None:
    school.school()
    assert school.moment() == AT


def look(school: live.Live) -> live.Health:
    """Look at the school, and say how it is."""
    with contextlib.suppress(WorkbookProblem):
        school.look()
    return school.health()


class Failing:
    """A workbook that works until it is told not to."""

    kind = "google_sheet"

    def __init__(self, inner: SqliteWorkbook) -> None:
        self.inner = inner
        self.broken = False
        self.reads = 0
        self.asked_full = False
        self.before: Callable[[], None] = lambda: None

    clock = None
    unsaved: tuple[Event, ...] = ()

    def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
        self.reads += 1
        self.asked_full = full
        if progress:
            progress(10, 40)
        self.before()
        if self.broken:
            raise WorkbookProblem("Google does not answer.", "Nothing to do: it is tried again.")
        return self.inner.read(full=full)

    def append(self, events: Sequence[Event]) -> None:
        if self.broken:
            raise WorkbookProblem("Google does not answer.", "Try again in a minute.")
        self.inner.append(events)


def test_the_last_good_copy_stays_when_reading_fails(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    assert look(school).status == "ok"
    failing.broken = True
    school.refresh()
    seen = school.school()
    assert seen.understanding.responses == 40
    assert seen.trouble is not None
    assert seen.trouble.says == "Google does not answer."
    assert look(school).status == "stale"
    failing.broken = False
    school.refresh()
    assert school.school().trouble is None
    assert look(school).status == "ok"


def test_without_any_copy_the_trouble_is_said(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    failing.broken = True
    school = reader.Live(failing, NOW)
    with pytest.raises(WorkbookProblem, match="Google does not answer"):
        school.school()
    assert look(school) == reader.Health("failing", "google_sheet", None)


def test_a_decision_that_cannot_be_saved_changes_nothing(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    school.school()
    failing.broken = True
    with pytest.raises(WorkbookProblem):
        school.record([new_event(tabs.SETTINGS, {"name": "x", "value": "y"}, who="it", at=AT)])
    assert not school.school().of(tabs.SETTINGS)


def test_many_who_look_at_once_cost_one_reading(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    started = threading.Barrier(8)
    school = reader.Live(failing, NOW)

    def look() -> None:
        started.wait()
        school.school()

    viewers = [threading.Thread(target=look) for _ in range(8)]
    for viewer in viewers:
        viewer.start()
    for viewer in viewers:
        viewer.join()
    assert failing.reads == 1


def test_a_damaged_file_is_said_in_words(tmp_path: Path) -> None:
    damaged = tmp_path / "w.sqlite"
    damaged.write_bytes(b"this is no database" * 100)
    with pytest.raises(WorkbookProblem):
        reader.Live(SqliteWorkbook(damaged), None).school()


def test_new_answers_change_the_evidence(school: reader.Live, workbook: SqliteWorkbook) -> None:
    first = school.school().evidence
    with sqlite3.connect(workbook._path) as database:
        database.executemany(
            "INSERT INTO form_row (cells) VALUES (?)",
            [(f'["1/{1 + i}/2026 10:00:00", "5", "4", ""]',) for i in range(12)],
        )
    school.refresh()
    second = school.school()
    assert second.understanding.responses == 52
    assert [t.wave.label for t in second.evidence.waves] == ["January 2026", "February 2026"]
    assert second.evidence is not first


def test_what_could_not_be_worked_out_is_handed_over_again(
    workbook: SqliteWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    with monkeypatch.context() as patch:
        patch.setattr(reader.Digest, "work_out", lambda *_: (_ for _ in ()).throw(MemoryError))
        school.refresh()
    school.refresh()
    assert failing.asked_full
    assert school.school().understanding.responses == 40
    school.refresh()
    assert not failing.asked_full


def test_a_long_first_reading_says_how_far_it_is(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    go_on = threading.Event()
    failing.before = lambda: go_on.wait(10) and None
    school = reader.Live(failing, NOW)
    assert school.first_reading() is not None
    for _ in range(200):
        if school.first_reading() == (10, 40):
            break
        threading.Event().wait(0.01)
    assert school.first_reading() == (10, 40)
    go_on.set()
    school.refresh()
    assert school.first_reading() is None
    assert failing.reads <= 2


def test_saving_does_not_wait_for_a_reading(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    school.school()
    go_on = threading.Event()
    failing.before = lambda: go_on.wait(10) and None
    reading = threading.Thread(target=school.refresh)
    reading.start()
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    school.record([event])
    assert reading.is_alive()
    assert school.school().title == "Elm"
    go_on.set()
    reading.join()
    assert school.school().title == "Elm"


def test_an_unexpected_error_is_remembered_and_its_words_are_not_logged(
    workbook: SqliteWorkbook, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    school = reader.Live(workbook, NOW)

    def fail(*_: object) -> None:
        raise RuntimeError("could not read 'Anna hits me'")

    monkeypatch.setattr(reader.Digest, "work_out", fail)
    assert look(school) == reader.Health("failing", "sample", None)
    with pytest.raises(WorkbookProblem, match="fault of the app"):
        school.school()
    assert "RuntimeError" in caplog.text
    assert "Anna" not in caplog.text


def test_failures_in_a_row_are_tried_less_and_less_often(
    workbook: SqliteWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(workbook)
    failing.broken = True
    school = reader.Live(failing, NOW)
    for _ in range(20):
        assert look(school).status == "failing"
    assert failing.reads == 1
    passed = [0.0]
    real = reader.time.monotonic
    monkeypatch.setattr(reader.time, "monotonic", lambda: real() + passed[0])
    for seconds, reads in ((21, 2), (21, 2), (21, 3), (41, 3), (41, 4)):
        passed[0] += seconds
        look(school)
        assert failing.reads == reads


def test_a_mended_or_deleted_row_of_the_sheet_is_mended_or_deleted_here(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    school.record([event])
    school.refresh()
    with sqlite3.connect(workbook._path) as database:
        database.execute("UPDATE event SET fields = replace(fields, 'Elm', 'Oak')")
    school.refresh()
    assert school.school().title == "Oak"
    with sqlite3.connect(workbook._path) as database:
        database.execute("DELETE FROM event")
    school.refresh()
    assert school.school().title == "Your school"


def test_many_who_ask_first_get_one_school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "sample.sqlite"))
    live.forget()
    started = threading.Barrier(6)
    found: list[reader.Live] = []

    def ask() -> None:
        started.wait()
        found.append(live.live())

    askers = [threading.Thread(target=ask) for _ in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    live.forget()
    assert len(found) == 6
    assert len(set(map(id, found))) == 1


def test_keeping_in_step_looks_again_whatever_happens(
    workbook: SqliteWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[float] = []
    enough = threading.Event()

    def look() -> reader.Live:
        looked.append(reader.time.monotonic())
        if len(looked) == 3:
            enough.set()
        raise RuntimeError

    monkeypatch.setattr(live, "live", look)
    monkeypatch.setattr(step, "_LOOK_EVERY_S", 0.01)
    stop = step.keep_in_step()
    assert enough.wait(10)
    stop()


def test_a_block_without_a_spreadsheet_is_a_mistake_and_not_the_sample() -> None:
    assert live.connection({}) is None
    assert live.connection({"connections": {"other": {}}}) is None
    for block in ({"spreadsheets": "typo"}, {"spreadsheet": " "}, "no block"):
        where = live.connection({"connections": {"gsheets": block}})
        assert where is not None
        assert where.key is None


def test_a_floor_that_cannot_be_read_is_said(school: reader.Live) -> None:
    wrong = new_event(
        tabs.SETTINGS, {"name": "Floor Staff", "value": "20 answers"}, who="it", at=AT
    )
    school.record([wrong])
    assert any("floor staff" in note for note in school.school().notes)


def test_a_raised_floor_holds_however_its_name_is_spelled(school: reader.Live) -> None:
    raised = new_event(tabs.SETTINGS, {"name": " Floor  Staff ", "value": "41"}, who="it", at=AT)
    school.record([raised])
    assert school.school().evidence.latest is None


def test_no_answer_reaches_what_pages_get(tmp_path: Path) -> None:
    told = [[*row[:3], "CANARY my own words"] for row in rows(40)]
    seed = Seed("Form Responses 1", HEADER, told, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)
    seen = reader.Live(workbook, NOW).school()
    assert "CANARY" not in repr(seen)
    assert "ndarray" not in repr(seen)
    assert "array(" not in repr(seen)


def test_without_waves_one_answer_more_makes_no_closed_month_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [*rows(40, month=1), *rows(40, month=2), *rows(19, month=3)]
    seed = Seed("Form Responses 1", HEADER, told, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)
    school = reader.Live(workbook, NOW)
    before = school.school().evidence.waves
    made: list[str] = []
    close = table.close

    def counted(responses: Feedback, wave: Wave, **rest: Any) -> WaveTable:
        made.append(wave.label)
        return close(responses, wave, **rest)

    monkeypatch.setattr(table, "close", counted)
    with sqlite3.connect(workbook._path) as database:
        (last,) = database.execute("SELECT max(position) FROM form_row").fetchone()
        database.execute(
            "INSERT INTO form_row SELECT ?, cells FROM form_row WHERE position = ?",
            (last + 1, last),
        )
    school.refresh()
    after = school.school()
    assert after.understanding.responses == 100
    assert [one.wave.label for one in after.evidence.waves] == ["January 2026", "February 2026"]
    assert after.evidence.waves == before
    assert made == []


def waves() -> list[Event]:
    given = {"label": "Winter", "opens": "2026-02-01T00:00:00", "closes": "2026-03-01T00:00:00"}
    return [new_event(tabs.WAVES, given, who="it", at=AT, record_id="winter")]


def test_a_closed_wave_is_frozen_once_and_late_changes_do_not_touch_it(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    school.record(waves())
    school.refresh()
    before = school.school().evidence.waves[0]
    kept = fold(workbook.read(full=True).events)[tabs.EVIDENCE]
    assert kept
    school.refresh()
    assert fold(workbook.read(full=True).events)[tabs.EVIDENCE] == kept
    with sqlite3.connect(workbook._path) as database:
        database.execute("DELETE FROM form_row WHERE position <= 3")
    school.refresh()
    assert school.school().understanding.responses == 37
    assert school.school().evidence.waves[0] == before


def test_leaving_out_a_block_of_a_frozen_wave_leaves_its_table_as_it_was(
    tmp_path: Path,
) -> None:
    pasted = [*rows(40), *rows(40)[3:23]]
    seed = Seed("Form Responses 1", HEADER, pasted, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "pasted.sqlite", lambda: seed)
    school = reader.Live(workbook, NOW)
    school.record(waves())
    school.refresh()
    before = school.school()
    assert before.of(tabs.EVIDENCE)
    (offer,) = blocks.offers(before.understanding.blocks, before.of(tabs.SETTINGS))
    school.record([blocks.leave_out(offer, who="Lee", at=AT)])
    for one in (school, reader.Live(workbook, NOW)):
        after = one.school()
        assert after.understanding.left_out == {"block left out by a person": 20}
        assert after.evidence.waves == before.evidence.waves
        assert after.of(tabs.EVIDENCE) == before.of(tabs.EVIDENCE)


def test_calendar_months_are_not_frozen(school: reader.Live, workbook: SqliteWorkbook) -> None:
    school.refresh()
    assert tabs.EVIDENCE not in fold(workbook.read(full=True).events)


def test_a_start_without_the_sheet_shows_the_last_good_copy(
    workbook: SqliteWorkbook, tmp_path: Path
) -> None:
    path = tmp_path / "copy" / "last-good.json"
    working = Failing(workbook)
    first = reader.Live(working, NOW, path)
    first.record(waves())
    first.refresh()
    good = first.school()
    down = Failing(workbook)
    down.broken = True
    second = reader.Live(down, NOW, path)
    seen = second.school()
    assert seen.evidence.waves == good.evidence.waves
    assert dict(seen.of(tabs.WAVES)) == dict(good.of(tabs.WAVES))
    assert seen.trouble is not None
    assert look(second).status == "stale"
    assert second.students_page() == first.students_page()
    down.broken = False
    second.refresh()
    assert second.school().understanding.responses == 40
    assert look(second).status == "ok"


def test_no_answer_is_in_the_copy_on_disk(tmp_path: Path) -> None:
    told = [[*row[:3], "CANARY my own words"] for row in rows(40)]
    seed = Seed("Form Responses 1", HEADER, told, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)
    path = tmp_path / "last-good.json"
    reader.Live(workbook, NOW, path).school()
    kept = path.read_text(encoding="utf-8")
    assert "favorable" in kept
    assert "CANARY" not in kept
    assert "2/1/2026" not in kept


def test_a_damaged_copy_on_disk_is_no_copy(workbook: SqliteWorkbook, tmp_path: Path) -> None:
    down = Failing(workbook)
    down.broken = True
    path = tmp_path / "last-good.json"
    for damage in ("", "{}", '{"version": 1}', '{"version": 99}', "[1]"):
        path.write_text(damage, encoding="utf-8")
        assert look(reader.Live(down, NOW, path)).status == "failing"
