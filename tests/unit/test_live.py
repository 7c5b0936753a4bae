"""The one reader: what it keeps, what it works out again, and what it says when reading fails."""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

from lib import access, lastgood, live, reader, step
from lib.access import Denied, Viewer
from lib.admission import admit
from lib.digest import CLOSING
from lib.evidence import table
from lib.evidence.types import Wave, WaveTable
from lib.intake.feedback import Feedback, Role
from lib.plan import blocks
from lib.plan.closing import close_open_wave
from lib.plan.waves import accept
from lib.voices.conversations import HowMany
from lib.voices.half_held import HalfHeld
from lib.voices.panel import Room
from lib.workbook import Contents, Event, Workbook, WorkbookProblem, new_event, tabs
from lib.workbook.protocol import Progress
from lib.workbook.queue import Outbox, QueuedWorkbook
from lib.workbook.records import fold
from lib.workbook.sqlite import Seed, SqliteWorkbook
from tests.unit import people

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


def test_a_name_put_on_the_roster_is_no_group_from_then_on(tmp_path: Path) -> None:
    table = [[*row[:3], ("Featherstone", "Okonkwo")[i % 2]] for i, row in enumerate(rows(40))]
    seed = Seed("Form", (*HEADER[:3], "Section"), table, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)
    school = reader.Live(workbook, workbook.clock)
    assert school.school().understanding.columns[3].role is Role.GROUP
    event = new_event(tabs.ROSTER, {"name": "Jane Featherstone"}, who="it", at=AT)
    school.record([event, new_event(tabs.ROSTER, {"name": "B. Okonkwo"}, who="it", at=AT)])
    seen = school.school().understanding
    assert seen.columns[3].role is Role.IDENTITY
    assert seen.samples == {}
    assert "Featherstone" not in str(seen)


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


@pytest.mark.parametrize(
    ("age_s", "said"),
    [
        (59, "less than a minute"),
        (60, "1 minute"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_799, "47 hours"),
        (172_800, "2 days"),
    ],
)
def test_a_copy_s_age_is_said_and_once_a_fault_lasts_above_every_page(
    age_s: int, said: str, workbook: SqliteWorkbook
) -> None:
    seen = replace(reader.Live(Failing(workbook), NOW).school(), age_s=age_s)
    assert seen.age_in_words == f"As of {said} ago."
    assert seen.stale_in_words == ""
    broken = replace(seen, trouble=WorkbookProblem("Google does not answer.", "Wait."))
    assert broken.stale_in_words == (broken.age_in_words if age_s >= 120 else "")
    assert not broken.lacks_words


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
        reader.Live(SqliteWorkbook(damaged, lambda: pytest.fail("seeded")), None).school()


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
    for block in ({"spreadsheets": "typo"}, {"spreadsheet": " "}):
        where = live.connection({"connections": {"gsheets": block}})
        assert where is not None
        assert where.key is None


def test_a_floor_that_cannot_be_read_is_said(school: reader.Live) -> None:
    wrong = new_event(
        tabs.SETTINGS, {"name": "Floor Staff", "value": "20 answers"}, who="it", at=AT
    )
    school.record([wrong])
    assert any("floor staff" in note for note in school.school().notes)


def test_an_enrollment_that_cannot_be_read_is_said(school: reader.Live) -> None:
    fields = {"grouping": "Grade", "label": "Grade 6", "enrolled": "about fifty"}
    school.record([new_event(tabs.GROUPS, fields, who="it", at=AT)])
    assert any("students in Grade 6 cannot be read" in note for note in school.school().notes)


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


def bursts() -> list[list[str]]:
    """Three bursts of answers, the first with two stragglers in the month after."""
    days = [*((9, 1 + i % 27) for i in range(34)), (10, 1), (10, 2)]
    days += [(11, 10 + i % 10) for i in range(32)] + [(1, 5 + i % 10) for i in range(40)]
    return [
        [f"{m}/{d}/{2026 if m == 1 else 2025} 10:{i % 60:02}:{i // 60:02}", str(v), str(v), ""]
        for i, (m, d) in enumerate(days)
        for v in [1 if m == 10 else 2 + i % 4]
    ]


def test_calendar_months_are_frozen_when_they_are_first_shown(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    before = school.school().evidence.waves
    assert [table.everybody.n for table in before if table.everybody] == [40]
    kept = fold(workbook.read(full=True).events)[tabs.EVIDENCE]
    assert {record.fields["wave"] for record in kept.values()} == {"2026-02"}
    with sqlite3.connect(workbook._path) as database:
        database.execute("DELETE FROM form_row WHERE position <= 3")
    for one in (school, reader.Live(workbook, NOW)):
        one.refresh()
        assert one.school().understanding.responses == 37
        assert one.school().evidence.waves == before


def test_the_suggested_waves_of_a_first_day_are_all_shown_and_give_no_straggler_away(
    tmp_path: Path,
) -> None:
    seed = Seed("Form Responses 1", HEADER, bursts(), (), "America/Chicago", NOW)
    school = reader.Live(SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed), NOW)
    first = school.school()
    months = {t.wave.wave_id: t.everybody for t in first.evidence.waves}
    assert [cell and cell.n for cell in months.values()] == [35, None, 30, 40]
    offered = first.suggested_waves
    assert [(w.wave_id, w.label, w.opens, w.closes) for w in offered] == [
        ("2025-09-01", "September 2025", datetime(2025, 9, 1), datetime(2025, 10, 1)),
        ("2025-11-10", "November 2025", datetime(2025, 11, 10), datetime(2025, 11, 27)),
        ("2026-01-05", "January 2026", datetime(2026, 1, 5), datetime(2026, 1, 22)),
    ]
    labels = ["Fall", "Late fall", "Winter"]
    school.record(accept(offered, labels, {}, who="it", at=AT))
    school.refresh()
    seen = school.school().evidence.waves
    assert [table.wave.label for table in seen] == labels
    # The same answers as in the month, so no figure moved.
    assert [t.everybody and t.everybody.favorable for t in seen] == [
        cell.favorable for cell in months.values() if cell
    ]
    kept = {record.fields["wave"] for record in school.school().of(tabs.EVIDENCE).values()}
    assert kept == {"2025-09", "2025-11", "2026-01", "2025-09-01", "2025-11-10", "2026-01-05"}


def test_a_wave_drawn_by_hand_around_a_month_that_was_shown_is_refused(tmp_path: Path) -> None:
    seed = Seed("Form Responses 1", HEADER, bursts(), (), "America/Chicago", NOW)
    school = reader.Live(SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed), NOW)
    school.school()
    fall = {"label": "Fall", "opens": "2025-09-01T00:00:00", "closes": "2025-10-10T00:00:00"}
    school.record([new_event(tabs.WAVES, fall, who="it", at=AT, record_id="fall")])
    (table,) = school.school().evidence.waves
    assert table.cells == ()
    assert table.notes == (
        "Fall is not shown: it holds nearly the same answers as September 2025, which was "
        "published before.",
    )


def test_a_month_closed_by_hand_keeps_what_was_shown(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    answer(workbook, *([f"3/{1 + i}/2026 10:00:00", "5", "4", ""] for i in range(12)))
    before = school.school()
    events = close_open_wave(before.evidence, {}, now=NOW, who="it", at=AT)
    school.record(events)
    school.refresh()
    february, march = school.school().evidence.waves
    assert february == before.evidence.waves[0]
    assert march.everybody is not None
    assert march.everybody.n == 10


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
    assert seen.lacks_words
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
    good = lastgood.Saved((), (), {}, "", "")
    lastgood.write(path, good)
    names = path.read_text(encoding="utf-8").replace('"names": {}', '"names": ["a"]')
    for damage in ("", "{}", '{"version": 1}', '{"version": 99}', "[1]", names):
        path.write_text(damage, encoding="utf-8")
        assert look(reader.Live(down, NOW, path)).status == "failing"


def answer(workbook: SqliteWorkbook, *cells: list[str]) -> None:
    """More answers arrive in the form's tab, behind the app's back."""
    with sqlite3.connect(workbook._path) as database:
        database.executemany(
            "INSERT INTO form_row (cells) VALUES (?)", [(json.dumps(row),) for row in cells]
        )


def close_february() -> Event:
    given = {"label": "Winter", "opens": "2026-02-01T00:00:00", "closes": "2026-03-20T09:00:00"}
    return new_event(tabs.WAVES, given, who="it", at=AT, record_id="winter")


def test_a_wave_is_closed_with_all_that_has_come_in(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    school.school()
    answer(workbook, *(["3/19/2026 10:00:00", "5", "4", ""] for _ in range(10)))
    school.record([close_february()])
    (closed,) = school.school().evidence.waves
    assert closed.everybody is not None
    assert closed.everybody.n == 50
    # One answer that arrives late changes nothing any more, whoever reads again.
    answer(workbook, ["3/19/2026 11:00:00", "1", "1", ""])
    school.refresh()
    assert school.school().evidence.waves == (closed,)


def test_a_closed_wave_shows_nothing_until_its_table_is_kept(workbook: SqliteWorkbook) -> None:
    class NoTables(Failing):
        """Whatever is decided is saved, but for tables."""

        refuse = True

        def append(self, events: Sequence[Event]) -> None:
            if self.refuse and any(event.tab == tabs.EVIDENCE for event in events):
                raise WorkbookProblem("The tab is protected.", "Remove the protection.")
            super().append(events)

    stuck = NoTables(workbook)
    school = reader.Live(stuck, NOW)
    school.record([close_february()])
    (closed,) = school.school().evidence.waves
    assert (closed.cells, closed.notes) == ((), (CLOSING,))
    assert school.school().evidence.latest is None
    answer(workbook, ["3/19/2026 11:00:00", "1", "1", ""])
    stuck.refuse = False
    school.refresh()
    (closed,) = school.school().evidence.waves
    assert closed.everybody is not None
    assert closed.everybody.n == 40


def test_a_wave_that_ends_by_itself_is_shown_once_it_is_kept(workbook: SqliteWorkbook) -> None:
    clock = [datetime(2026, 3, 20, 8, 59)]
    school = reader.Live(workbook, NOW)
    school.now = lambda: clock[0]  # type: ignore[method-assign]
    school.record([close_february()])
    assert school.school().evidence.collecting is not None
    clock[0] = datetime(2026, 3, 20, 9, 1)
    event = new_event(tabs.SETTINGS, {"name": "school name", "value": "Elm"}, who="it", at=AT)
    school.record([event])
    assert school.school().evidence.waves[0].notes == (CLOSING,)
    school.refresh()
    assert school.school().evidence.latest is not None


def waiting_workbook(inner: Workbook, tmp_path: Path) -> QueuedWorkbook:
    return QueuedWorkbook(inner, Outbox(tmp_path / "unsaved.sqlite"), wait=5)


def named(name: str, minutes: int = 0) -> Event:
    return new_event(
        tabs.SETTINGS,
        {"name": "school name", "value": name},
        who="it",
        at=AT + timedelta(minutes=minutes),
        record_id="name",
    )


def test_what_was_decided_while_the_sheet_was_out_of_reach_survives_a_restart_without_it(
    workbook: SqliteWorkbook, tmp_path: Path
) -> None:
    path = tmp_path / "last-good.json"
    down = Failing(workbook)
    first = reader.Live(waiting_workbook(down, tmp_path), NOW, path)
    first.record(waves())
    good = first.school().evidence.waves
    down.broken = True
    first.record([named("Elm")])
    second = reader.Live(waiting_workbook(down, tmp_path), NOW, path)
    assert second.school().title == "Elm"
    assert second.school().evidence.waves == good
    # Deciding something on the restored copy takes none of its tables away.
    second.record([named("Oak", 1)])
    assert second.school().title == "Oak"
    assert second.school().evidence.waves == good
    down.broken = False
    second.refresh()
    assert second.school().understanding.responses == 40
    assert second.school().evidence.waves == good


def test_what_was_decided_last_is_in_the_copy_on_disk(
    workbook: SqliteWorkbook, tmp_path: Path
) -> None:
    path = tmp_path / "last-good.json"
    reader.Live(workbook, NOW, path).record([named("Elm")])
    down = Failing(workbook)
    down.broken = True
    assert reader.Live(down, NOW, path).school().title == "Elm"


def test_a_reading_that_began_before_a_call_does_not_answer_it(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    school.school()
    go_on = threading.Event()
    failing.before = lambda: go_on.wait(10) and None
    reading = threading.Thread(target=school.refresh)
    reading.start()
    while failing.reads < 2:
        threading.Event().wait(0.01)
    asking = threading.Thread(target=school.refresh)
    asking.start()
    threading.Event().wait(0.1)
    go_on.set()
    reading.join()
    asking.join()
    assert failing.reads == 3


def test_a_copy_that_nobody_renewed_for_long_is_stale(
    workbook: SqliteWorkbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = Failing(workbook)
    school = reader.Live(failing, NOW)
    school.school()
    assert school.health().status == "ok"
    go_on = threading.Event()
    failing.before = lambda: go_on.wait(10) and None
    real = reader.time.monotonic
    monkeypatch.setattr(reader.time, "monotonic", lambda: real() + 61)
    assert school.health().status == "stale"
    go_on.set()


@pytest.fixture
def secrets_file(tmp_path: Path) -> Iterator[Path]:
    """The file that this process takes for its secrets file, not written yet."""
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    yield tmp_path / "secrets.toml"
    config.set_option("secrets.files", before)


@pytest.mark.parametrize(
    "content",
    [
        '[connections.gsheets]\nspreadsheet = "Café"\n'.encode("latin-1"),
        '[access]\nopen = "é"\n'.encode("utf-16"),
        b"[access\n",
    ],
)
def test_a_secrets_file_that_cannot_be_read_is_said(content: bytes, secrets_file: Path) -> None:
    live.forget()
    secrets_file.write_bytes(content)
    with pytest.raises(WorkbookProblem, match="saved as plain UTF-8"):
        live.secrets()
    assert live.health() == reader.Health("failing", "none", None)
    assert live.students_page() is None


def test_every_change_of_the_secrets_file_is_seen_also_after_a_broken_one(
    secrets_file: Path,
) -> None:
    live.forget()
    assert live.secrets() == {}
    secrets_file.write_text("[access]\nopen = true\n")
    assert live.secrets() == {"access": {"open": True}}
    secrets_file.write_text("broken = [")
    with pytest.raises(WorkbookProblem):
        live.secrets()
    secrets_file.write_text('[auth]\nclient_id = "x"\n')
    assert live.secrets() == {"auth": {"client_id": "x"}}
    live.forget()


@pytest.mark.parametrize("content", ["", "[access]\nopen = true\n", None])
@pytest.mark.parametrize("block", ["connections", "auth"])
def test_a_file_that_is_just_being_saved_opens_no_door(
    block: str, content: str | None, secrets_file: Path
) -> None:
    live.forget()
    secrets_file.write_text(f"[{block}.x]\na = 1\n")
    live.secrets()
    if content is None:
        secrets_file.unlink()
    else:
        secrets_file.write_text(content)
    with pytest.raises(WorkbookProblem, match=rf"no \[{block}\] any more"):
        live.secrets()
    live.forget()
    assert block not in live.secrets()


def test_a_trial_ends_with_the_settings_that_let_it_in(
    secrets_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "sample.sqlite"))
    live.forget()
    visitor = admit({}, on_sample=True, claims={}, now=AT)
    assert isinstance(visitor, Viewer)
    secrets_file.write_text('[auth]\nclient_id = "x"\n')
    for ask in (
        lambda: live.school(visitor),
        lambda: live.record([], visitor),
        lambda: live.preview([], visitor),
        lambda: live.refresh(visitor),
        lambda: live.half_held(visitor),
    ):
        with pytest.raises(Denied, match="settings have just changed"):
            ask()
    live.forget()


def test_a_half_held_panel_ends_with_its_school(
    secrets_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEAT_WORKBOOK", str(tmp_path / "sample.sqlite"))
    live.forget()
    lee = people.viewer(access.Role.PRINCIPAL)
    begun = HalfHeld("p1", NOW.date(), Room.STUDENTS, HowMany.A_FEW, "w1", ("calm",), frozenset())
    live.half_held(lee).put(begun)
    assert live.half_held(lee).get("p1") is not None
    # The school's own spreadsheet takes the sample's place; nothing is asked of Google here.
    secrets_file.write_text('[connections.gsheets]\nspreadsheet = "ours"\n')
    assert not live.on_sample()
    assert live.half_held(lee).all() == ()
    live.forget()


def test_declared_pairs_of_groups_are_published_like_any_grouping(tmp_path: Path) -> None:
    header = ("Timestamp", "What grade are you in?", "Which program?", "I get choices [1-5]")
    told = [
        [f"2/{1 + i % 27}/2026 10:00:00", f"Grade {6 + i % 2}", "AB"[i // 2 % 2], str(1 + i % 5)]
        for i in range(120)
    ]
    seed = Seed("Form Responses 1", header, told, (), "America/Chicago", NOW)
    workbook = SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed)
    pair = (header[1], header[2])
    value = f"{header[1]} + {header[2]}; {header[1]} + Shoe size"
    workbook.append(
        [new_event(tabs.SETTINGS, {"name": "group pairs", "value": value}, who="it", at=AT)]
    )
    school = reader.Live(workbook, NOW)
    seen = school.school()
    cells = [c for c in seen.evidence.waves[0].cells if c.grouping == pair]
    assert {member for c in cells for member in c.members} == {
        ("Grade 6", "A"),
        ("Grade 6", "B"),
        ("Grade 7", "A"),
        ("Grade 7", "B"),
    }
    assert any("Shoe size" in note for note in seen.notes)


@pytest.mark.parametrize(
    ("name", "hours"), [("GMT-05:00", -5), ("GMT+5:30", 5.5), ("UTC+2", 2), ("America/Lima", -5)]
)
def test_time_zones_of_a_spreadsheet_are_cities_or_offsets(
    name: str, hours: float, tmp_path: Path
) -> None:
    seed = Seed("Form Responses 1", HEADER, rows(12), (), name, NOW)
    school = reader.Live(SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed), NOW)
    seen = school.school()
    assert seen.zone.utcoffset(NOW) == timedelta(hours=hours)
    assert school.moment() == (NOW - timedelta(hours=hours)).replace(tzinfo=UTC)
    assert not any("time zone" in note for note in seen.notes)


def test_a_time_zone_that_nobody_knows_is_said(tmp_path: Path) -> None:
    seed = Seed("Form Responses 1", HEADER, rows(12), (), "Mars/Olympus", NOW)
    seen = reader.Live(SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed), NOW).school()
    assert any("Mars/Olympus" in note for note in seen.notes)


def test_of_two_editions_of_a_table_the_first_one_holds_here_too(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    school.record(waves())
    first = school.school().evidence.waves[0]
    kept = list(fold(workbook.read(full=True).events)[tabs.EVIDENCE].values())
    # Another copy of the app froze the same wave a moment earlier, with other answers.
    answer(workbook, *(["2/20/2026 10:00:00", "1", "1", ""] for _ in range(12)))
    with sqlite3.connect(workbook._path) as database:
        database.execute("DELETE FROM event WHERE tab = ?", (tabs.EVIDENCE,))
    other = reader.Live(workbook, NOW)
    other.school()
    workbook.append([event for record in kept for event in record.history])
    for one in (school, other):
        one.refresh()
    seen = [one.school().evidence.waves[0] for one in (school, other)]
    assert seen[0] == seen[1]
    assert seen[0] in (first, seen[1])


def test_a_row_of_evidence_that_is_brought_back_shows_its_wave_again(
    school: reader.Live, workbook: SqliteWorkbook
) -> None:
    school.record(waves())
    before = school.school().evidence.waves
    with sqlite3.connect(workbook._path) as database:
        (fields,) = database.execute(
            "SELECT fields FROM event WHERE tab = ?", (tabs.EVIDENCE,)
        ).fetchone()
        database.execute(
            "UPDATE event SET fields = replace(fields, 'content', 'changed') WHERE tab = ?",
            (tabs.EVIDENCE,),
        )
    school.refresh()
    assert school.school().evidence.waves[0].cells == ()
    with sqlite3.connect(workbook._path) as database:
        database.execute("UPDATE event SET fields = ? WHERE tab = ?", (fields, tabs.EVIDENCE))
    school.refresh()
    assert school.school().evidence.waves == before


def test_a_wave_that_opens_is_open_before_anybody_has_answered(workbook: SqliteWorkbook) -> None:
    clock = [datetime(2026, 3, 20, 9)]
    school = reader.Live(workbook, NOW)
    school.now = lambda: clock[0]  # type: ignore[method-assign]
    coming = {"label": "Spring", "opens": "2026-03-21T00:00:00", "closes": ""}
    school.record([*waves(), new_event(tabs.WAVES, coming, who="it", at=AT, record_id="spring")])
    assert school.school().evidence.collecting is None
    clock[0] = datetime(2026, 3, 21, 1)
    school.refresh()
    collecting = school.school().evidence.collecting
    assert collecting is not None
    assert collecting.label == "Spring"


def test_a_raised_floor_holds_for_the_samples_on_setup(tmp_path: Path) -> None:
    header = ("Timestamp", "What grade are you in?", "I get choices [1-5]")
    told = [
        [f"2/{1 + i % 27}/2026 10:00:00", f"Grade {6 + i % 4}", str(1 + i % 5)] for i in range(80)
    ]
    seed = Seed("Form Responses 1", header, told, (), "America/Chicago", NOW)
    school = reader.Live(SqliteWorkbook(tmp_path / "w.sqlite", lambda: seed), NOW)
    before = school.school().understanding.samples
    school.record(
        [new_event(tabs.SETTINGS, {"name": "floor staff", "value": "30"}, who="it", at=AT)]
    )
    assert repr(before) != repr(school.school().understanding.samples)


def test_an_error_while_sending_loses_no_answer(workbook: SqliteWorkbook) -> None:
    class Stumbles(Failing):
        stumble = False

        def read(self, *, full: bool = False, progress: Progress | None = None) -> Contents:
            contents = super().read(full=full, progress=progress)
            if self.stumble:
                raise KeyError
            return contents

    stumbling = Stumbles(workbook)
    school = reader.Live(stumbling, NOW)
    school.school()
    answer(workbook, *(["2/20/2026 10:00:00", "1", "1", ""] for _ in range(5)))
    stumbling.stumble = True
    school.refresh()
    stumbling.stumble = False
    school.refresh()
    assert stumbling.asked_full
    assert school.school().understanding.responses == 45


def test_the_copy_on_disk_takes_any_text_is_private_and_is_tried_again(
    workbook: SqliteWorkbook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "last-good.json"
    school = reader.Live(workbook, NOW, path)
    with monkeypatch.context() as patch:
        patch.setattr(lastgood, "write", lambda *_: (_ for _ in ()).throw(OSError))
        school.school()
    assert not path.exists()
    school.refresh()
    assert path.stat().st_mode & 0o777 == 0o600
    saved = lastgood.read(path)
    assert saved is not None
    lastgood.write(path, replace(saved, form_title="\ud800"))
    assert lastgood.read(path) is not None


def test_a_trouble_that_is_said_again_and_again_keeps_nothing(workbook: SqliteWorkbook) -> None:
    failing = Failing(workbook)
    failing.broken = True
    school = reader.Live(failing, NOW)
    said = []
    for _ in range(3):
        with pytest.raises(WorkbookProblem) as problem:
            school.look()
        said.append(problem.value)
    assert len(set(map(id, said))) == 3
