"""The stand-in behaves as Google does, seen through the real gspread."""

from datetime import datetime

import gspread
import pytest
from google.oauth2.service_account import Credentials

from tests.sheets import a1
from tests.sheets.conftest import FORM, HEADER, KEY
from tests.sheets.grid import Serial, Spreadsheet, Tab
from tests.sheets.server import SCOPE, Fault, SheetsServer


@pytest.fixture
def book(sheets: SheetsServer) -> gspread.Spreadsheet:
    """Opened as the usual tutorial does."""
    fields = sheets.secrets(KEY)["connections"]["gsheets"]
    client = gspread.authorize(Credentials.from_service_account_info(fields, scopes=[SCOPE]))
    client.set_timeout((2, 2))
    return client.open_by_key(KEY)


@pytest.fixture
def sheet(sheets: SheetsServer) -> Spreadsheet:
    return sheets.add_spreadsheet(
        KEY, {"Sheet1": [["a", "", "c"], [], ["x"]], "D3": [], "Лист1": []}
    )


def test_open_and_read_takes_three_reads_as_the_tutorial_does(
    sheets: SheetsServer, form: Tab, book: gspread.Spreadsheet
) -> None:
    records = book.worksheet(FORM).get_all_records()
    assert len(records) == 50
    assert records[0] == {HEADER[0]: 46000, HEADER[1]: 1, HEADER[2]: "answer 0"}
    assert sheets.operations() == ["get", "get", "values"]


def test_reading_leaves_out_what_is_empty_at_the_end(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    answer = book.values_get("Sheet1")
    assert answer["values"] == [["a", "", "c"], [], ["x"]]
    assert answer["range"] == "Sheet1!A1:Z1000"
    assert "values" not in book.values_get("Sheet1!A5:B9")


@pytest.mark.parametrize(
    ("asked", "echoed"),
    [
        ("Sheet1!A1:1", "Sheet1!A1:Z1"),
        ("Sheet1!D4:A1", "Sheet1!A1:D4"),
        ("Sheet1!B2", "Sheet1!B2"),
        ("A1", "Sheet1!A1"),
        ("Sheet1!A990:ZZZ", "Sheet1!A990:Z1000"),
        ("Sheet1!A1:B5000", "Sheet1!A1:B1000"),
        ("Sheet1!2:3", "Sheet1!A2:Z3"),
        ("Sheet1!B:C", "Sheet1!B1:C1000"),
        ("'D3'!A1", "'D3'!A1"),
        ("'Лист1'!A1:B1", "'Лист1'!A1:B1"),
    ],
)
def test_ranges_are_clipped_and_echoed(
    sheet: Spreadsheet, book: gspread.Spreadsheet, asked: str, echoed: str
) -> None:
    assert book.values_get(asked)["range"] == echoed


def test_a_quote_in_a_title_is_doubled() -> None:
    assert a1.quoted("Kim's tab") == "'Kim''s tab'"
    assert a1.parse("'Kim''s tab'!B2", ["Kim's tab"]) == a1.Area("Kim's tab", 1, 1, 2, 2)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (
            "Sheet1!A1001:B",
            "Range (Sheet1!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
        ),
        ("Nowhere!A1", "Unable to parse range: Nowhere!A1"),
    ],
)
def test_bad_ranges_are_refused(
    sheet: Spreadsheet, book: gspread.Spreadsheet, asked: str, message: str
) -> None:
    with pytest.raises(gspread.exceptions.APIError) as refused:
        book.values_get(asked)
    assert (refused.value.code, refused.value.error["message"]) == (400, message)


def test_one_bad_range_fails_a_whole_batch(sheet: Spreadsheet, book: gspread.Spreadsheet) -> None:
    with pytest.raises(gspread.exceptions.APIError, match="Unable to parse range"):
        book.values_batch_get(["Sheet1!A1", "Nowhere!A1"])


def test_append_goes_below_the_last_block_and_starts_at_its_first_column(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    tab = sheet.tab("Sheet1")
    tab.rows[:] = [["a", "", "c"]]
    book.worksheet("Sheet1").append_row(["1", "2"])
    assert tab.values == [["a", "", "c"], ["", "", "1", "2"]]


def test_append_with_a_table_range_stays_in_that_table(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    tab = sheet.tab("Sheet1")
    tab.rows[:] = [["a", "", "c"]]
    answer = book.worksheet("Sheet1").append_row(["1", "2", "3"], table_range="A1")
    assert answer["updates"]["updatedRange"] == "Sheet1!A2:C2"
    assert tab.values == [["a", "", "c"], ["1", "2", "3"]]


def test_inserting_pushes_down_what_is_below_and_overwriting_does_not(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    tab = sheet.tab("Sheet1")
    tab.rows[:] = [["h"], ["1"], [], ["note"]]
    book.worksheet("Sheet1").append_row(["2"], table_range="A1", insert_data_option="INSERT_ROWS")
    assert tab.values == [["h"], ["1"], ["2"], [], ["note"]]
    assert tab.row_count == 1001
    book.worksheet("Sheet1").append_rows([["3"], ["4"], ["5"]], table_range="A1")
    assert tab.values == [["h"], ["1"], ["2"], ["3"], ["4"], ["5"]]


def test_raw_keeps_text_and_user_entered_does_not(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    tab = sheet.tab("D3")
    book.worksheet("D3").append_row(["=1+1", "0042"], value_input_option="RAW")
    book.worksheet("D3").append_row(["=1+1", "0042"], value_input_option="USER_ENTERED")
    assert tab.values == [["=1+1", "0042"], ["#ERROR!", 42]]
    assert sheet.formulas == 1


def test_null_leaves_a_cell_and_an_empty_text_clears_it(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    book.worksheet("Sheet1").update([[None, "b", ""]], "A1:C1")
    assert sheet.tab("Sheet1").values[0] == ["a", "b"]


def test_update_never_grows_the_grid(sheet: Spreadsheet, book: gspread.Spreadsheet) -> None:
    sheet.tab("D3").row_count = 1
    with pytest.raises(gspread.exceptions.APIError) as refused:
        book.worksheet("D3").update([["1"], ["2"]], "A1")
    message = "Requested writing within range ['D3'!A1], but tried writing to row [2]"
    assert refused.value.error["message"] == message


def test_a_batch_of_changes_is_all_or_nothing(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    add = {"addSheet": {"properties": {"title": "New"}}}
    with pytest.raises(gspread.exceptions.APIError) as refused:
        book.batch_update({"requests": [add, add]})
    assert refused.value.error["message"] == (
        'Invalid requests[1].addSheet: A sheet with the name "New" already exists. Please enter '
        "another name."
    )
    assert sheet.titles == ["Sheet1", "D3", "Лист1"]


def test_a_cell_holds_50000_characters_and_no_more(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    book.worksheet("D3").append_row(["x" * 50_000])
    with pytest.raises(gspread.exceptions.APIError, match="maximum of 50000 characters"):
        book.worksheet("D3").append_row(["x" * 50_001])


def test_ten_million_cells_are_the_end(sheet: Spreadsheet, book: gspread.Spreadsheet) -> None:
    sheet.tab("D3").row_count = 9_948_000 // 26
    with pytest.raises(gspread.exceptions.APIError, match="limit of 10000000 cells"):
        book.worksheet("Sheet1").append_rows(
            [["x"]] * 1000, table_range="A1", insert_data_option="INSERT_ROWS"
        )


def test_timestamps_are_serials_or_text_in_the_sheets_locale(
    sheet: Spreadsheet, book: gspread.Spreadsheet
) -> None:
    sheet.tab("D3").rows[:] = [[Serial.of(datetime(2022, 3, 22, 18, 51, 20))]]
    raw = book.values_get("'D3'!A1", {"valueRenderOption": "UNFORMATTED_VALUE"})
    assert raw["values"] == [[pytest.approx(44642.78564814815)]]
    assert book.values_get("'D3'!A1")["values"] == [["3/22/2022 18:51:20"]]
    sheet.locale = "en_GB"
    assert book.values_get("'D3'!A1")["values"] == [["22/03/2022 18:51:20"]]


def test_a_response_is_inserted_below_the_last_one_from_the_form(form: Tab) -> None:
    form.type_row("note by hand")
    form.submit(5, "newest", at=datetime(2026, 1, 5))
    assert form.values[-2:] == [[46027.0, 5, "newest"], ["note by hand"]]
    assert len(form.values) == 53


def test_the_quota_answers_429_without_retry_after(
    sheets: SheetsServer, form: Tab, book: gspread.Spreadsheet
) -> None:
    sheets.reads_per_minute = 3
    book.values_get(FORM)
    book.values_get(FORM)
    with pytest.raises(gspread.exceptions.APIError) as refused:
        book.values_get(FORM)
    assert refused.value.code == 429
    assert "Read requests per minute per user" in refused.value.error["message"]
    assert "Retry-After" not in refused.value.response.headers


def test_an_expired_token_is_renewed_by_google_auth(
    sheets: SheetsServer, form: Tab, book: gspread.Spreadsheet
) -> None:
    sheets.expire_tokens()
    assert len(book.values_get(FORM)["values"]) == 51
    assert sheets.tokens.issued == 2


def test_a_spreadsheet_that_is_not_shared_is_refused(
    sheets: SheetsServer, form: Tab, book: gspread.Spreadsheet
) -> None:
    sheets.spreadsheet(KEY).revoke(sheets.account.email)
    with pytest.raises(gspread.exceptions.APIError, match="does not have permission"):
        book.values_get(FORM)


def test_a_web_page_in_the_apis_place(
    sheets: SheetsServer, form: Tab, book: gspread.Spreadsheet
) -> None:
    sheets.fault(Fault(status=502, body="<!DOCTYPE html><html>502</html>"))
    with pytest.raises(gspread.exceptions.APIError) as refused:
        book.values_get(FORM)
    assert (refused.value.code, refused.value.response.status_code) == (-1, 502)
