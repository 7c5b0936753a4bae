"""Reading the whole workbook through gspread and google-auth."""

from datetime import UTC, datetime

import pytest

from lib.workbook import WorkbookProblem, new_event
from lib.workbook.google import LOOK_EVERY
from lib.workbook.tabs import COLUMNS, EVIDENCE, REVIEWS
from tests.sheets.conftest import FORM, HEADER, KEY, FakeTime, Open
from tests.sheets.grid import Tab
from tests.sheets.server import Fault, SheetsServer, answers

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def focus(practice: str = "choices"):
    return new_event("PD Focus", {"practice": practice, "state": "running"}, who="Lee", at=NOW)


def test_the_first_reading_takes_one_look_and_one_batch(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    contents = open_sheet().read()
    assert contents.form is not None
    assert list(contents.form.header) == HEADER
    assert list(contents.form.rows) == form.values[1:]
    assert (contents.form.title, contents.form.first_row) == (FORM, 2)
    assert not contents.form.continues
    assert contents.time_zone == "America/New_York"
    assert contents.notes == ()
    assert sheets.operations() == ["get", "batchGet"]


def test_only_the_right_to_spreadsheets_is_asked_for(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    open_sheet().read()
    (token,) = sheets.tokens.tokens.values()
    assert token.scopes == {"https://www.googleapis.com/auth/spreadsheets"}


@pytest.mark.parametrize(
    "spreadsheet",
    [
        f"https://docs.google.com/spreadsheets/d/{KEY}/edit?usp=sharing#gid=0",
        f"https://docs.google.com/spreadsheets/u/1/d/{KEY}",
        KEY,
    ],
)
def test_an_address_or_a_key_will_do(
    sheets: SheetsServer, form: Tab, open_sheet: Open, spreadsheet: str
) -> None:
    contents = open_sheet(key=spreadsheet).read()
    assert contents.form is not None
    assert len(contents.form.rows) == 50


@pytest.mark.parametrize(
    "spreadsheet",
    [
        "our feedback sheet",
        "https://docs.google.com/forms/d/1AbCdEfGhIjKlMnOpQrStUvWxYz/edit",
        "https://docs.google.com/spreadsheets/d/e/2PACX-1vTabcdefghijklmnop/pubhtml",
    ],
)
def test_what_is_no_spreadsheets_address_is_said_without_asking_google(
    sheets: SheetsServer, form: Tab, open_sheet: Open, spreadsheet: str
) -> None:
    with pytest.raises(WorkbookProblem, match="does not name a spreadsheet"):
        open_sheet(key=spreadsheet).read()
    assert sheets.log == []


def test_the_forms_tab_is_found_by_its_title_among_others(
    sheets: SheetsServer, open_sheet: Open
) -> None:
    rows = [HEADER, *answers(2, [3, "a"])]
    sheets.add_spreadsheet(
        KEY, {"Notes": [["Name", "Room"]], "Respuestas de formulario 1": rows, "PD Odd": []}
    )
    contents = open_sheet().read()
    assert contents.form is not None
    assert contents.form.title == "Respuestas de formulario 1"


def test_the_forms_tab_is_found_by_its_timestamps_whatever_its_title(
    sheets: SheetsServer, open_sheet: Open
) -> None:
    rows = [["When", "Q1", "Q2"], *answers(2, [3, "a"])]
    sheets.add_spreadsheet(KEY, {"Rooms": [["Name", "Room"], ["Kim", 12]], "Fall": rows})
    contents = open_sheet().read()
    assert contents.form is not None
    assert contents.form.title == "Fall"
    assert sheets.operations() == ["get", "batchGet", "batchGet"]


def test_a_tab_about_pd_that_people_made_is_neither_ours_nor_the_forms(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    calendar = [["Timestamp", "What happens"], *answers(3, ["Panel"])]
    sheets.spreadsheet(KEY).add_tab("PD Calendar", calendar)
    contents = open_sheet().read()
    assert contents.form is not None
    assert contents.form.title == FORM
    assert contents.notes == ()
    assert "Calendar" not in sheets.log[-1].query
    named = open_sheet(worksheet="PD Calendar").read().form
    assert named is not None
    assert len(named.rows) == 3


def test_two_tabs_that_could_be_the_forms_are_named(sheets: SheetsServer, open_sheet: Open) -> None:
    rows = [HEADER, *answers(2, [3, "a"])]
    sheets.add_spreadsheet(KEY, {"Form Responses 1": rows, "Form Responses 2": rows})
    with pytest.raises(WorkbookProblem) as problem:
        open_sheet().read()
    assert problem.value.says == (
        "Several tabs could hold the form's answers: “Form Responses 1”, “Form Responses 2”."
    )
    assert 'worksheet = "Form Responses 1"' in problem.value.do
    contents = open_sheet(worksheet="Form Responses 2").read()
    assert contents.form is not None
    assert contents.form.title == "Form Responses 2"


def test_a_tab_that_is_not_there_is_said_with_those_that_are(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    with pytest.raises(WorkbookProblem) as problem:
        open_sheet(worksheet="Answers").read()
    assert problem.value.says == (
        "The spreadsheet has no tab called “Answers”; it has “Form Responses 1”."
    )


@pytest.mark.parametrize("worksheet", ["", FORM])
@pytest.mark.parametrize(
    "tabs", [{"Sheet1": []}, {"Sheet1": [], "Notes": []}, {"PD Notes": [["A"]]}]
)
def test_before_there_is_a_form_our_own_tabs_are_read(
    sheets: SheetsServer,
    open_sheet: Open,
    time: FakeTime,
    tabs: dict[str, list[list[str]]],
    worksheet: str,
) -> None:
    sheets.add_spreadsheet(KEY, tabs)
    book = open_sheet(worksheet=worksheet)
    assert book.read().form is None
    event = focus()
    book.append([event])
    contents = book.read()
    assert contents.form is None
    assert [each.event_id for each in contents.events] == [event.event_id]
    sheets.spreadsheet(KEY).add_tab(FORM, [HEADER, *answers(2, ["a", "b"])])
    time.now += LOOK_EVERY + 1
    form = book.read().form
    assert form is not None
    assert (form.title, len(form.rows)) == (FORM, 2)


def test_a_form_that_is_gone_is_said_and_what_was_read_stays(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.read()
    form.rows.clear()
    with pytest.raises(WorkbookProblem, match=f"No form writes .* the tab “{FORM}” is empty"):
        book.read(full=True)
    assert open_sheet().read().form is None


@pytest.mark.parametrize(
    "left",
    [(EVIDENCE, {"wave": "w"}), (COLUMNS, {"header": "h"}), (REVIEWS, {"source": "comment"})],
)
def test_what_only_answers_can_bring_says_that_a_form_is_gone(
    sheets: SheetsServer, open_sheet: Open, left: tuple[str, dict[str, str]]
) -> None:
    # Whatever this process knows: it may have been started since.
    sheets.add_spreadsheet(KEY, {"Sheet1": []})
    open_sheet().append([new_event(REVIEWS, {"source": "drill"}, who="Lee", at=NOW)])
    assert open_sheet().read().form is None
    open_sheet().append([new_event(*left, who="Lee", at=NOW)])
    with pytest.raises(WorkbookProblem, match="No form writes"):
        open_sheet().read()


@pytest.mark.parametrize(
    "tabs", [{"Sheet1": []}, {"Sheet1": [], "Notes": []}, {"PD Notes": [["A"]]}]
)
def test_before_there_is_a_form_a_minute_costs_four_reads(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime, tabs: dict[str, list[list[str]]]
) -> None:
    sheets.add_spreadsheet(KEY, tabs)
    book = open_sheet()
    book.append([focus()])
    book.read()
    before = len(sheets.log)
    for _ in range(9):
        time.now += 20
        assert book.read().form is None
    assert len(sheets.log) - before <= 3 * 4
    sheets.spreadsheet(KEY).add_tab(FORM, [HEADER])
    assert book.read().form is None
    assert book.read(full=True).form is not None


def test_a_header_typed_into_the_empty_tab_is_seen_at_once(
    sheets: SheetsServer, open_sheet: Open
) -> None:
    tab = sheets.add_spreadsheet(KEY, {"Sheet1": []}).tab("Sheet1")
    book = open_sheet()
    assert book.read().form is None
    tab.type_row(*HEADER)
    form = book.read().form
    assert form is not None
    assert list(form.header) == HEADER


def test_a_note_is_not_taken_for_the_form_once_the_form_is_there(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime
) -> None:
    spreadsheet = sheets.add_spreadsheet(KEY, {"Sheet1": [["Survey of the school"]]})
    book = open_sheet()
    assert book.read().form is not None
    spreadsheet.add_tab(FORM, [HEADER, *answers(2, ["a", "b"])])
    time.now += LOOK_EVERY + 1
    form = book.read().form
    assert form is not None
    assert (form.title, len(form.rows)) == (FORM, 2)
    before = len(sheets.log)
    book.read()
    assert len(sheets.log) == before + 1


def test_a_named_tab_that_is_empty_beside_the_answers_is_said(
    sheets: SheetsServer, open_sheet: Open
) -> None:
    sheets.add_spreadsheet(KEY, {"Sheet1": [], FORM: [HEADER, *answers(2, ["a", "b"])]})
    with pytest.raises(WorkbookProblem, match=f"“Sheet1” is empty; “{FORM}” is not.*correct works"):
        open_sheet(worksheet="Sheet1").read()


def test_no_tab_that_looks_like_a_form_is_said(sheets: SheetsServer, open_sheet: Open) -> None:
    sheets.add_spreadsheet(KEY, {"A": [["Name"]], "B": [["Room"]]})
    with pytest.raises(WorkbookProblem, match="None of the tabs looks like a form's"):
        open_sheet().read()


def test_a_form_without_answers_is_read(sheets: SheetsServer, open_sheet: Open) -> None:
    tab = sheets.add_spreadsheet(KEY, {FORM: [HEADER]}).tab(FORM)
    tab.delete_empty_rows()
    book = open_sheet()
    contents = book.read()
    assert contents.form is not None
    assert list(contents.form.rows) == []
    assert book.read().form is None
    tab.submit(4, "first")
    news = book.read().form
    assert news is not None
    assert (news.continues, news.first_row, len(news.rows)) == (True, 2, 1)


def test_blank_rows_between_answers_keep_their_places(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    form.insert_rows(3, 2)
    contents = open_sheet().read()
    assert contents.form is not None
    assert list(contents.form.rows) == form.values[1:]
    assert contents.form.rows[1:3] == [[], []]


def test_decisions_are_read_by_header_name_wherever_the_columns_are(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, event = open_sheet(), focus()
    book.append([event])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.move_column(6, 1)
    tab.insert_column(3, "Our own notes")
    tab.set_cell("C2", "ask Kim")
    assert open_sheet().read().events == book.read(full=True).events
    (read,) = book.read().events
    assert (read.event_id, read.who, read.at) == (event.event_id, "Lee", NOW)
    assert read.fields["practice"] == "choices"
    assert read.fields["owner"] == ""
    assert "our own notes" not in read.fields


def test_a_damaged_row_is_reported_and_the_others_are_read(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    events = [focus("choices"), focus("feedback"), focus("pace")]
    book.append(events)
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.set_cell("C3", "soon")
    contents = book.read(full=True)
    assert [event.fields["practice"] for event in contents.events] == ["choices", "pace"]
    (note,) = contents.notes
    assert note.startswith("In the tab PD Focus, row 3 cannot be read")


def test_a_header_sorted_into_the_rows_is_still_found(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, events = open_sheet(), [focus("choices"), focus("feedback")]
    book.append(events)
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.rows[0], tab.rows[1] = tab.rows[1], tab.rows[0]
    assert {e.event_id for e in book.read().events} == {e.event_id for e in events}
    more = focus("pace")
    book.append([more])
    assert {e.event_id for e in book.read().events} == {e.event_id for e in [*events, more]}


def test_a_lost_header_is_said_and_mended_by_putting_it_back(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, event = open_sheet(), focus()
    book.append([event])
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    header = tab.rows.pop(0)
    contents = book.read()
    assert contents.events == ()
    assert "has lost its header row" in contents.notes[0]
    with pytest.raises(WorkbookProblem, match="has lost its header row"):
        book.append([focus("pace")])
    tab.rows.insert(0, header)
    assert book.read().events[0].event_id == event.event_id


def test_a_protected_tab_is_noted(sheets: SheetsServer, form: Tab, open_sheet: Open) -> None:
    book = open_sheet()
    book.append([focus()])
    sheets.spreadsheet(KEY).tab("PD Focus").protect()
    (note,) = book.read(full=True).notes
    assert note.startswith("The tab PD Focus is protected")
    assert sheets.account.email in note


def test_a_cell_of_50000_characters_and_one_with_a_formula_are_read(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    form.submit(3, "x" * 50_000)
    form.submit(3, "=1+1")
    contents = open_sheet().read()
    assert contents.form is not None
    assert [row[2] for row in contents.form.rows[-2:]] == ["x" * 50_000, "=1+1"]


def test_a_large_sheet_is_read_in_pages_and_tells_how_far_it_is(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pages.PAGE_CELLS", 300 * 26)
    rows = [HEADER, *([46_000 + n / 1440, n % 5, f"a{n}"] for n in range(1000))]
    tab = sheets.add_spreadsheet(KEY, {FORM: rows}).tab(FORM)
    tab.insert_rows(299, 5)
    told: list[tuple[int, int]] = []
    contents = open_sheet().read(progress=lambda done, of: told.append((done, of)))
    assert contents.form is not None
    assert list(contents.form.rows) == tab.values[1:]
    assert sheets.operations() == ["get", "batchGet", "batchGet", "batchGet", "batchGet"]
    assert told == [(297, 1005), (599, 1005), (899, 1005), (1005, 1005)]


def test_the_rate_stays_under_forty_reads_a_minute(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pages.PAGE_CELLS", 200 * 26)
    rows = [HEADER, *([46_000 + n / 1440] for n in range(10_000))]
    sheets.add_spreadsheet(KEY, {FORM: rows})
    began = time.now
    contents = open_sheet().read()
    assert contents.form is not None
    assert len(contents.form.rows) == 10_000
    assert sheets.reads == 52
    assert sheets.reads / ((time.now - began) / 60) < 40


def test_rows_that_move_between_two_pages_are_neither_lost_nor_doubled(
    sheets: SheetsServer, open_sheet: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pages.PAGE_CELLS", 300 * 26)
    rows = [HEADER, *([46_000 + n / 1440, n % 5, f"a{n}"] for n in range(1000))]
    tab = sheets.add_spreadsheet(KEY, {FORM: rows}).tab(FORM)
    sheets.fault(Fault(on="batchGet", run=lambda: tab.delete_rows(5, 9), after=1))
    contents = open_sheet().read()
    assert contents.form is not None
    assert list(contents.form.rows) == tab.values[1:]
    assert len(contents.form.rows) == 995
