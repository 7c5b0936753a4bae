"""The form's tab by its shape, hashes of rows, and the pace of calls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.workbook import WorkbookProblem
from lib.workbook.form_tab import NoForm, choose_form, has_form_title, has_questions, is_dated
from lib.workbook.google_problem import Fault, GoogleProblem
from lib.workbook.layout import Sheet, cells_of, column_letters, parse_layout
from lib.workbook.pace import BURST, PER_MINUTE, Pace, patiently, pause_after
from lib.workbook.pages import read_sheet
from lib.workbook.tail import OVERLAP, extend, news, trace


@pytest.mark.parametrize(
    "title",
    ["Form Responses 1", "form_responses", "Réponses au formulaire 2", "Form Yanıtları 1"],
)
def test_titles_that_google_gives(title: str) -> None:
    assert has_form_title(title)
    assert not has_form_title("Old " + title)


@pytest.mark.parametrize(
    ("top", "dated"),
    [
        ([["Timestamp", "Q"]], True),
        ([["Marca temporal", "Q"]], True),
        ([["When", "Q"], [45_000.5, 3], ["", 4]], True),
        ([["When", "Q"], ["22/03/2022 18:51:20", 3]], True),
        ([["When", "Q"], ["2022-03-22", 3]], True),
        ([["Id", "Q"], [7, 3]], False),
        ([["Yes?", "Q"], [True, 3]], False),
        ([["Name", "Q"], ["Kim", 3]], False),
        ([["Name", "Q"]], False),
        ([], False),
    ],
)
def test_a_first_column_of_moments(top: list[list[object]], dated: bool) -> None:
    assert is_dated(top) is dated


def test_headers_that_are_questions() -> None:
    assert has_questions([["I get real choices", "Anything else?"]])
    assert not has_questions([["Name", "Room", "Anything else?"]])
    assert not has_questions([])


def test_the_only_tab_that_holds_anything_is_the_forms() -> None:
    sheets = [Sheet(0, "Sheet1", 1000, 26), Sheet(7, "Data", 1000, 26)]
    assert choose_form(sheets, {0: [], 7: [["a", "b"]]}).title == "Data"
    with pytest.raises(WorkbookProblem, match="tabs “Sheet1”, “Data” are empty"):
        choose_form(sheets, {0: [], 7: [[]]})


def test_a_spreadsheet_without_a_tab_of_its_own_has_no_form_yet() -> None:
    with pytest.raises(NoForm, match="apart from the app's own tabs the spreadsheet is"):
        choose_form([], {})


def test_empty_rows_below_the_last_answer_are_none() -> None:
    held = [["Timestamp", "Q"], [46_000.5, 3], [None], [46_001.5, 4], ["", None], [], [""]]
    sheet = Sheet(7, "Form Responses 1", 900, 2)
    rows, others = read_sheet(lambda areas: [held, *[[]] * (len(areas) - 1)], sheet, ["PD Focus"])
    assert (rows, others) == (held[:4], [[]])


def test_a_layout_without_some_of_its_parts() -> None:
    layout = parse_layout(
        {
            "sheets": [
                {"properties": {"sheetId": 5, "title": "Chart", "sheetType": "OBJECT"}},
                {"properties": {"title": "Form", "gridProperties": {"rowCount": 9}}},
                {
                    "properties": {"sheetId": 3, "title": "PD Focus", "gridProperties": {}},
                    "protectedRanges": [{"warningOnly": True}, {"requestingUserCanEdit": True}],
                },
                {
                    "properties": {"sheetId": 4, "title": "PD Waves", "gridProperties": {}},
                    "protectedRanges": [{"range": {"sheetId": 4}}],
                },
            ]
        }
    )
    assert layout.time_zone is None
    assert layout.sheets == (
        Sheet(0, "Form", 9, 0),
        Sheet(3, "PD Focus", 0, 0),
        Sheet(4, "PD Waves", 0, 0, closed=True),
    )
    assert [sheet.title for sheet in layout.others({})] == ["Form"]


def test_names_of_areas() -> None:
    assert cells_of("Kim's tab", "A1:B2") == "'Kim''s tab'!A1:B2"
    assert [column_letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]


row = st.lists(st.sampled_from(["", None, "a", "b", 1, 2.5, True]), max_size=3)


@given(st.lists(row, max_size=60), st.lists(row, max_size=30))
def test_rows_remembered_at_once_or_bit_by_bit_are_the_same(
    known: list[list[object]], more: list[list[object]]
) -> None:
    header = ["Timestamp", "Q"]
    before = trace(header, known)
    whole = trace(header, [*known, *more])
    assert extend(before, more) == whole
    overlap = [header, *known, *more][before.start - 1 :]
    assert news(before, [header], overlap) == more
    assert len(whole.last) == min(OVERLAP, whole.count)


def test_any_change_in_the_overlap_is_seen() -> None:
    header, rows = ["T", "Q"], [[n, "x"] for n in range(50)]
    known = trace(header, rows)
    assert known.start == 32
    tail = [list(row) for row in rows[30:]]
    assert news(known, [header], [*tail, ["new"]]) == [["new"]]
    assert news(known, [["T", "Q", ""]], tail) == []
    assert news(known, [["T", "Q2"]], tail) is None
    assert news(known, [], tail) is None
    assert news(known, [header], tail[:-1]) is None
    assert news(known, [header], [*tail[:7], ["between"], *tail[7:]]) is None


class FakeTime:
    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_never_forty_calls_in_any_minute() -> None:
    time = FakeTime()
    pace = Pace(time.clock, time.sleep)
    at = []
    for _ in range(200):
        pace.take_turn()
        at.append(time.now)
    assert at[BURST - 1] == 0
    assert max(sum(start <= t < start + 60 for t in at) for start in at) <= BURST + PER_MINUTE


def test_a_call_is_repeated_only_while_that_may_help() -> None:
    time = FakeTime()
    pace = Pace(time.clock, time.sleep)
    failures = [GoogleProblem("busy", "wait", temporary=True), GoogleProblem("no", "share it")]
    calls = []

    def call() -> str:
        calls.append(time.now)
        if failures:
            raise failures.pop(0)
        return "done"

    with pytest.raises(GoogleProblem, match="no"):
        patiently(call, pace)
    assert len(calls) == 2
    assert patiently(call, pace) == "done"


@pytest.mark.parametrize("tries", range(8))
def test_pauses_are_random_and_bounded(tries: int) -> None:
    busy = GoogleProblem("busy", "wait", temporary=True)
    limited = GoogleProblem("limited", "wait", temporary=True, fault=Fault.LIMITED)
    told = GoogleProblem("limited", "wait", temporary=True, fault=Fault.LIMITED, wait=3)
    assert {0 <= pause_after(busy, tries) <= min(32, 2**tries) for _ in range(50)} == {True}
    assert len({pause_after(busy, tries) for _ in range(50)}) > 10
    assert 5 <= pause_after(limited, tries) <= 37
    assert pause_after(told, tries) == 3
