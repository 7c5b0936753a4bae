"""Appending decisions through gspread and google-auth."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from lib.workbook import Event, WorkbookProblem, fold, new_event
from lib.workbook.layout import tab_id
from lib.workbook.tabs import KEY_COLUMNS, TABS
from tests.sheets.conftest import FORM, KEY, FakeTime, Open
from tests.sheets.grid import Tab
from tests.sheets.server import Fault, SheetsServer

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
HEADER = [*KEY_COLUMNS, *TABS["PD Focus"].columns]


def focus(practice: str = "choices", **fields: str) -> Event:
    return new_event("PD Focus", {"practice": practice, **fields}, who="Lee", at=NOW)


def test_the_first_decision_makes_its_tab_with_a_header(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    event = focus(state="running")
    open_sheet().append([event])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    assert tab.values == [
        HEADER,
        [event.event_id, event.record_id, "1", NOW.isoformat(), "Lee", "choices", "running"]
        + ["-"] * (len(TABS["PD Focus"].columns) - 2),
    ]
    assert tab.frozen == 1


def test_many_decisions_are_one_request_a_tab_raw_and_inserted(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus()])
    before = len(sheets.log)
    settings = new_event("PD Settings", {"name": "floor", "value": "6"}, who="Lee", at=NOW)
    book.append([focus("a"), settings, focus("b")])
    appends = [entry for entry in sheets.log[before:] if entry.operation == "append"]
    assert len(appends) == 2
    assert all(
        "valueInputOption=RAW" in entry.query and "insertDataOption=INSERT_ROWS" in entry.query
        for entry in appends
    )
    assert appends[0].path.endswith("%27PD%20Focus%27%21A1:append")
    assert len(sheets.spreadsheet(KEY).tab("PD Focus").values) == 4


def test_the_forms_tab_is_never_written_to(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    before = [list(row) for row in form.rows]
    book = open_sheet()
    book.append([focus()])
    book.read()
    written = [e.path for e in sheets.log if e.operation in ("append", "update")]
    assert written
    assert all("PD%20" in path for path in written)
    assert form.rows == before


def test_the_same_event_is_written_once(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    event, other = focus("a"), focus("b")
    open_sheet().append([event])
    open_sheet().append([event, other])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    assert [row[0] for row in tab.values[1:]] == [event.event_id, other.event_id]


@pytest.mark.parametrize("text", ["=1+1", "+1", "0042", "-", "--", "", "a\nb", "2020-01-01", "'x"])
def test_every_text_comes_back_as_it_was(
    sheets: SheetsServer, form: Tab, open_sheet: Open, text: str
) -> None:
    book = open_sheet()
    book.append([focus(owner=text)])
    (event,) = book.read().events
    assert event.fields["owner"] == text
    assert sheets.spreadsheet(KEY).formulas == 0


def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    with pytest.raises(WorkbookProblem, match="“owner” is too long"):
        open_sheet().append([focus(owner="x" * 50_000)])
    assert sheets.writes == 0


def test_columns_moved_added_and_taken_out_by_people(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a", owner="Kim", reason="r1")])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.move_column(HEADER.index("owner") + 1, 2)
    tab.insert_column(4, "Our notes")
    tab.delete_column(tab.values[0].index("reason") + 1)
    book.append([focus("b", owner="Ana", reason="r2")])
    first, second = book.read(full=True).events
    assert (first.fields["practice"], first.fields["owner"]) == ("a", "Kim")
    assert (second.fields["practice"], second.fields["owner"]) == ("b", "Ana")
    assert second.fields["reason"] == "r2"
    assert tab.values[0][-1] == "reason"
    assert tab.values[2][3] == ""


def test_a_grid_cut_to_its_columns_grows_when_a_column_must_be_added(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.delete_column(len(HEADER))
    tab.column_count = len(HEADER) - 1
    book.append([focus("b", **{HEADER[-1]: "2027-01-11"})])
    assert tab.column_count == len(HEADER)
    assert book.read(full=True).events[1].fields[HEADER[-1]] == "2027-01-11"


def test_a_column_put_before_ours_and_a_note_beside_the_table(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.insert_column(1)
    book.append([focus("b")])
    tab.set_cell("A2", "look here")
    event = focus("c")
    for _ in range(3):
        with pytest.raises(WorkbookProblem, match="landed beside its headers"):
            book.append([event])
    assert len(tab.values) == 4
    assert [e.fields["practice"] for e in open_sheet().read().events] == ["a", "b"]
    tab.delete_rows(4, 4)
    tab.set_cell("A2", "")
    book.append([event])
    assert [e.fields["practice"] for e in open_sheet().read().events] == ["a", "b", "c"]


def test_a_tab_of_ours_is_known_by_its_id_when_people_rename_it(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    assert tab.sheet_id == tab_id("PD Focus")
    tab.rename("Chosen practices")
    book.append([focus("b")])
    assert len(tab.values) == 3
    assert sheets.spreadsheet(KEY).titles == [FORM, "Chosen practices"]
    assert [e.fields["practice"] for e in book.read().events] == ["a", "b"]
    assert [e.fields["practice"] for e in open_sheet().read().events] == ["a", "b"]


def test_a_tab_that_this_version_does_not_know_is_kept_all_the_same(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    event = new_event("PD Later", {"new column": "x"}, who="Lee", at=NOW)
    open_sheet().append([event])
    assert open_sheet().read().events == (event,)


def test_a_deleted_tab_is_made_again(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    book = open_sheet()
    book.append([focus("a")])
    sheets.spreadsheet(KEY).delete_tab("PD Focus")
    book.append([focus("b")])
    assert [e.fields["practice"] for e in book.read(full=True).events] == ["b"]


def test_two_writers_that_both_make_the_tab(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    rival, ours = focus("rival"), focus("ours")
    sheets.fault(Fault(on="batchUpdate", run=lambda: _make_tab_with(sheets, rival)))
    book = open_sheet()
    book.append([ours])
    assert {e.event_id for e in book.read().events} == {rival.event_id, ours.event_id}
    assert [row[0] for row in sheets.spreadsheet(KEY).tab("PD Focus").values] == [
        "event_id",
        rival.event_id,
        ours.event_id,
    ]


def _make_tab_with(sheets: SheetsServer, event: Event) -> None:
    row = [event.event_id, event.record_id, "1", NOW.isoformat(), "-", *["-"] * 7]
    sheets.spreadsheet(KEY).add_tab("PD Focus", [HEADER, row])


def test_many_writers_at_once_lose_nothing_and_double_nothing(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    books = [open_sheet() for _ in range(4)]
    events = [focus(f"p{n}") for n in range(24)]

    def write(n: int) -> None:
        books[n % 4].append([events[n]])
        form.submit(n % 5, "meanwhile")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(24)))
    rows = sheets.spreadsheet(KEY).tab("PD Focus").values
    assert sorted(row[0] for row in rows[1:]) == sorted(e.event_id for e in events)
    contents = books[0].read()
    assert contents.notes == ()
    assert contents.form is not None
    assert len(contents.form.rows) == 74


def test_two_people_who_decide_at_once_both_stay_and_one_wins(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a", state="running")])
    record = next(iter(fold(book.read().events)["PD Focus"].values()))
    one = new_event("PD Focus", {"owner": "Kim"}, who="Kim", at=NOW, previous=record)
    two = new_event(
        "PD Focus", {"owner": "Ana"}, who="Ana", at=NOW.replace(hour=15), previous=record
    )
    open_sheet().append([two])
    open_sheet().append([one])
    record = next(iter(fold(book.read().events)["PD Focus"].values()))
    assert record.fields["owner"] == "Ana"
    assert [event.who for event in record.overwritten] == ["Kim"]


def test_answers_that_arrive_between_the_look_and_the_write_are_not_touched(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    book.read()
    tab = sheets.spreadsheet(KEY).tab("PD Focus")

    def meanwhile() -> None:
        form.submit(4, "just now")
        tab.insert_rows(2, 3)
        tab.type_row("a note of ours")

    sheets.fault(Fault(on="append", run=meanwhile))
    event = focus("b")
    book.append([event])
    assert [row[0] for row in tab.values if row and row[0] == event.event_id] == [event.event_id]
    contents = book.read()
    assert contents.form is not None
    assert [row[2] for row in contents.form.rows] == ["just now"]
    assert {e.fields["practice"] for e in contents.events} == {"a", "b"}
    assert len(form.values) == 52


def test_a_token_that_expires_before_a_write_is_renewed_and_nothing_is_written_twice(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    sheets.expire_tokens()
    book.append([focus("b")])
    rows = sheets.spreadsheet(KEY).tab("PD Focus").values
    assert [row[5] for row in rows] == ["practice", "a", "b"]
    assert sheets.tokens.issued == 2


@pytest.mark.parametrize(
    "fault",
    [
        Fault(on="append", breaks="reset", applied=True),
        Fault(on="append", breaks="half", applied=True),
        Fault(on="append", breaks="hang", seconds=5, applied=True),
        Fault(on="append", status=500, applied=True),
        Fault(on="append", status=503, body="<html>busy</html>", applied=True),
        Fault(on="append", breaks="reset"),
        Fault(on="append", breaks="hang", seconds=5),
        Fault(on="append", status=503),
        Fault(on="append", status=429),
        Fault(on="update", breaks="reset", applied=True),
        Fault(on="batchUpdate", breaks="reset", applied=True),
        Fault(on="batchUpdate", status=500),
    ],
    ids=lambda fault: f"{fault.on} {fault.breaks or fault.status} applied={fault.applied}",
)
def test_a_decision_is_saved_once_whatever_becomes_of_the_answer(
    sheets: SheetsServer,
    form: Tab,
    open_sheet: Open,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
) -> None:
    monkeypatch.setattr("lib.workbook.service.TIMEOUT", (1.0, 0.3))
    sheets.fault(fault)
    book, event = open_sheet(), focus()
    book.append([event])
    rows = sheets.spreadsheet(KEY).tab("PD Focus").values
    assert [row[0] for row in rows] == ["event_id", event.event_id]


def test_a_decision_whose_answer_stays_lost_is_saved_once_when_tried_again(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    sheets.fault(Fault(on="append", breaks="reset", applied=True))
    sheets.fault(Fault(on="batchGet", status=503, times=99, after=1))
    event = focus("b")
    with pytest.raises(WorkbookProblem):
        book.append([event])
    sheets.clear_faults()
    book.append([event])
    rows = sheets.spreadsheet(KEY).tab("PD Focus").values
    assert [row[5] for row in rows] == ["practice", "a", "b"]


def test_a_protected_tab_is_said_with_who_must_be_let_in(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus("a")])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.protect()
    with pytest.raises(WorkbookProblem) as problem:
        book.append([focus("b")])
    assert problem.value.says.startswith("The tab PD Focus is protected")
    assert re.search(r"add seat@a-school\S+ to those", problem.value.do)
    tab.unprotect()
    book.append([focus("b")])
    assert len(tab.values) == 3


def test_a_spreadsheet_shared_for_reading_only_is_said(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    sheets.spreadsheet(KEY).share(sheets.account.email, "reader")
    book = open_sheet()
    assert book.read().form is not None
    with pytest.raises(WorkbookProblem, match="may not write to the spreadsheet"):
        book.append([focus()])


def test_waiting_after_a_429_is_at_least_five_seconds(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    sheets.fault(Fault(on="append", status=429))
    open_sheet().append([focus()])
    assert max(time.slept) >= 5


def test_nobody_is_kept_waiting_for_a_long_retry_after(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    sheets.fault(Fault(on="append", status=429, headers={"Retry-After": "600"}))
    with pytest.raises(WorkbookProblem, match="limits how often"):
        open_sheet().append([focus()])
    assert sum(time.slept) < 20
