"""Decisions made while Google is away."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from lib.workbook import Contents, Event, WorkbookProblem, new_event
from lib.workbook.google import GoogleWorkbook
from lib.workbook.queue import Outbox, QueuedWorkbook
from tests.sheets.conftest import KEY, FakeTime, Open
from tests.sheets.grid import Tab
from tests.sheets.server import Fault, SheetsServer

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def focus(practice: str, tab: str = "PD Focus") -> Event:
    return new_event(tab, {"practice": practice}, who="Lee", at=NOW)


@pytest.fixture
def start(open_sheet: Open, tmp_path: Path) -> Callable[[], QueuedWorkbook]:
    """Starts the app's workbook, anew each time, on the same disk."""
    return lambda: QueuedWorkbook(open_sheet(), Outbox(tmp_path / "unsaved.sqlite"))


def saved(sheets: SheetsServer, tab: str = "PD Focus") -> list[str]:
    return [row[5] for row in sheets.spreadsheet(KEY).tab(tab).values[1:]]


def test_with_google_there_a_decision_is_saved_at_once(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    book.append([focus("choices")])
    assert saved(sheets) == ["choices"]
    assert book.unsaved == ()
    assert book.read().notes == ()


def test_decisions_made_while_google_is_away_survive_a_restart_and_arrive_in_order(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    sheets.fault(Fault(status=503, times=9999))
    book = start()
    events = [focus("a"), focus("b"), focus("c")]
    for event in events:
        book.append([event])
    assert list(book.unsaved) == events
    with pytest.raises(WorkbookProblem):
        book.read()
    later = start()
    assert list(later.unsaved) == events
    sheets.clear_faults()
    contents = later.read()
    assert list(contents.events) == events
    assert later.unsaved == ()
    assert saved(sheets) == ["a", "b", "c"]


def test_a_decision_whose_answer_was_lost_is_not_doubled_after_a_restart(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook], time: FakeTime
) -> None:
    start().append([focus("a")])
    sheets.fault(Fault(on="append", breaks="reset", applied=True))
    sheets.fault(Fault(status=503, times=9999, after=2))
    start().append([focus("b")])
    sheets.clear_faults()
    later = start()
    assert [event.fields["practice"] for event in later.unsaved] == ["b"]
    later.read()
    assert saved(sheets) == ["a", "b"]
    assert later.unsaved == ()


def test_what_cannot_be_saved_is_shown_and_said_why_and_holds_up_no_other_tab(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    book.append([focus("a")])
    sheets.spreadsheet(KEY).tab("PD Focus").protect()
    held = focus("held")
    book.append([held, focus("x", "PD Promises")])
    assert book.unsaved == (held,)
    assert saved(sheets, "PD Promises") == ["-"]
    contents = book.read()
    assert held in contents.events
    (note,) = [note for note in contents.notes if "not saved" in note]
    assert note.startswith(
        "1 decision is not saved to the sheet yet. The tab PD Focus is protected"
    )
    sheets.spreadsheet(KEY).tab("PD Focus").unprotect()
    assert not [note for note in book.read().notes if "not saved" in note]
    assert saved(sheets) == ["a", "held"]


def test_a_decision_that_an_older_app_left_and_no_cell_can_hold_holds_up_no_other(
    sheets: SheetsServer, form: Tab, open_sheet: Open, tmp_path: Path
) -> None:
    outbox = Outbox(tmp_path / "unsaved.sqlite")
    bad = focus("x" * 60_000)
    outbox.put([focus("a"), bad, focus("b"), focus("x", "PD Promises")])
    book = QueuedWorkbook(open_sheet(), outbox)
    contents = book.read()
    assert saved(sheets) == ["a", "b"]
    assert saved(sheets, "PD Promises") == ["-"]
    assert book.unsaved == (bad,)
    assert bad in contents.events
    (note,) = contents.notes
    assert note == (
        "1 decision for the tab PD Focus is not saved to the sheet yet. The text for “practice” is "
        "too long: a cell in Google Sheets holds fewer than 50,000 characters. Shorten it and save "
        "again."
    )
    book.append([focus("c")])
    assert saved(sheets) == ["a", "b", "c"]


def test_a_decision_that_google_refuses_holds_up_no_other(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    sheets.fault(Fault(status=503, times=9999))
    bad = focus("bad")
    for event in (bad, focus("a"), focus("b")):
        book.append([event])
    sheets.clear_faults()
    # Google refuses the three rows together, and then the first of them alone.
    sheets.fault(Fault(on="append", status=400, times=2))
    (note,) = book.read().notes
    assert saved(sheets) == ["a", "b"]
    assert book.unsaved == (bad,)
    assert note.startswith(
        "1 decision for the tab PD Focus is not saved to the sheet yet. Google refused what was to "
        "be written to the tab PD Focus."
    )
    assert book.read().notes == ()
    assert saved(sheets) == ["a", "b", "bad"]


def test_google_that_goes_away_in_between_is_not_asked_for_each_decision(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    sheets.fault(Fault(status=503, times=9999))
    for practice in "abcd":
        book.append([focus(practice)])
    sheets.clear_faults()
    sheets.fault(Fault(on="append", status=400))
    sheets.fault(Fault(on="append", status=503, times=9999))
    before = sheets.count("append")
    (note,) = book.read().notes
    assert note.startswith("4 decisions are not saved to the sheet yet. Google Sheets has a fault")
    assert sheets.count("append") - before == 4


def test_a_protected_tab_is_not_tried_once_for_each_decision(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    book.append([focus("a")])
    sheets.spreadsheet(KEY).tab("PD Focus").protect()
    for practice in "bcde":
        book.append([focus(practice)])
    before = sheets.count("append")
    notes = [note for note in book.read().notes if "not saved" in note]
    assert notes[0].startswith("4 decisions are not saved to the sheet yet. The tab PD Focus is")
    assert sheets.count("append") - before == 1


def test_saving_does_not_keep_a_person_waiting_for_a_hanging_google(
    sheets: SheetsServer, form: Tab, open_sheet: Open, tmp_path: Path
) -> None:
    sheets.fault(Fault(breaks="hang", seconds=1, times=9999))
    book = QueuedWorkbook(open_sheet(), Outbox(tmp_path / "unsaved.sqlite"), wait=0.2)
    before = datetime.now(UTC)
    book.append([focus("a")])
    assert (datetime.now(UTC) - before).total_seconds() < 0.9
    assert len(book.unsaved) == 1
    sheets.clear_faults()
    while book.unsaved and (datetime.now(UTC) - before).total_seconds() < 20:
        sleep(0.05)
    assert saved(sheets) == ["a"]


def test_a_decision_that_is_delivered_during_a_reading_is_never_missing(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book, held = start(), focus("held")
    book.append([focus("first")])
    sheets.fault(Fault(on="append", status=503, times=9999))
    book.append([held])
    assert book.unsaved == (held,)
    sheets.clear_faults()
    readings: list[Contents] = []
    sheets.fault(Fault(on="batchGet", breaks="late", seconds=1.5, applied=True))
    asked = sheets.count("batchGet")
    reader = Thread(target=lambda: readings.append(book.read()))
    reader.start()
    give_up = monotonic() + 20
    while sheets.count("batchGet") == asked and monotonic() < give_up:
        sleep(0.01)
    # The sheet has said what it holds, and the answer is on its way: now the decision arrives.
    book.append([focus("second")])
    assert book.unsaved == ()
    assert not readings
    reader.join(20)
    assert held in readings[0].events
    assert [event.fields["practice"] for event in book.read().events] == [
        "first",
        "held",
        "second",
    ]


def test_what_people_mended_in_the_sheet_holds_against_what_still_waits(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    book.append([focus("first")])
    sheets.fault(Fault(on="append", breaks="reset", applied=True))
    sheets.fault(Fault(on="batchGet", status=503, times=9999, after=1))
    book.append([focus("held")])
    assert len(book.unsaved) == 1
    sheets.clear_faults()
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.set_cell("F3", "mended")
    assert [event.fields["practice"] for event in book.read().events] == ["first", "mended"]


def test_a_text_that_no_cell_can_hold_never_enters_the_queue(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook]
) -> None:
    book = start()
    with pytest.raises(WorkbookProblem, match="is too long"):
        book.append([focus("x" * 60_000)])
    assert book.unsaved == ()


@pytest.mark.parametrize("sign", ["\x00", "\ud83d", "a\udc00b"])
def test_a_sign_that_no_spreadsheet_keeps_never_enters_the_queue(
    sheets: SheetsServer, form: Tab, start: Callable[[], QueuedWorkbook], sign: str
) -> None:
    book = start()
    named = new_event("PD Focus", {}, who=sign, at=NOW)
    for event in (focus(sign), named):
        with pytest.raises(WorkbookProblem) as problem:
            book.append([event])
        assert problem.value.says.endswith("holds a sign that no spreadsheet can keep.")
    assert book.unsaved == ()
    assert sheets.writes == 0


def test_without_a_disk_the_spreadsheet_is_asked_directly(
    sheets: SheetsServer, form: Tab, open_sheet: Open, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    book = QueuedWorkbook(open_sheet(), Outbox(tmp_path / "file" / "unsaved.sqlite"))
    book.append([focus("a")])
    assert saved(sheets) == ["a"]


def test_a_damaged_queue_keeps_nobody_from_reading(
    sheets: SheetsServer, form: Tab, open_sheet: Open, tmp_path: Path
) -> None:
    (tmp_path / "unsaved.sqlite").write_bytes(b"this is not a database at all" * 99)
    book = QueuedWorkbook(open_sheet(), Outbox(tmp_path / "unsaved.sqlite"))
    contents = book.read()
    assert contents.form is not None
    assert "is damaged" in contents.notes[0]
    book.append([focus("a")])
    assert saved(sheets) == ["a"]


def test_nothing_but_decisions_is_on_disk(
    sheets: SheetsServer, form: Tab, open_sheet: Open, tmp_path: Path
) -> None:
    form.submit(1, "canary-7731 only this student wrote it")
    google: GoogleWorkbook = open_sheet()
    book = QueuedWorkbook(google, Outbox(tmp_path / "unsaved.sqlite"))
    sheets.fault(Fault(on="append", status=403, times=9999))
    book.read()
    book.append([focus("a decision")])
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"a decision" in content
    assert b"canary-7731" not in content
    assert sheets.account.private_key_pem.splitlines()[3].encode() not in content
    database = sqlite3.connect(tmp_path / "unsaved.sqlite")
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    database.close()
    assert tables == [("event",)]
