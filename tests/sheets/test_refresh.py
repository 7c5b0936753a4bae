"""Keeping in step: what a refresh costs, and that it misses nothing and doubles nothing."""

import gc
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.workbook import WorkbookProblem, new_event
from lib.workbook.google import FULL_EVERY, LOOK_EVERY
from tests.sheets.conftest import FORM, HEADER, KEY, FakeTime, Mirror, Open
from tests.sheets.grid import Tab
from tests.sheets.server import Fault, SheetsServer

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def focus(practice: str = "choices"):
    return new_event("PD Focus", {"practice": practice}, who="Lee", at=NOW)


def test_nothing_new_costs_one_small_request(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.append([focus()])
    book.read()
    before = len(sheets.log)
    contents = book.read()
    assert contents.form is None
    assert len(contents.events) == 1
    assert [entry.operation for entry in sheets.log[before:]] == ["batchGet"]


def test_new_answers_come_alone_and_follow_the_known_ones(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book = open_sheet()
    book.read()
    form.submit(5, "one")
    form.submit(4, "two")
    contents = book.read()
    assert contents.form is not None
    assert contents.form.continues
    assert contents.form.first_row == 52
    assert [row[2] for row in contents.form.rows] == ["one", "two"]
    assert sheets.operations() == ["get", "batchGet", "batchGet"]


def test_ten_new_rows_on_a_large_sheet_cost_less_than_a_hundredth_of_it(
    sheets: SheetsServer, open_sheet: Open
) -> None:
    rows = [HEADER, *([46_000 + n / 1440, n % 5, f"answer {n}"] for n in range(10_000))]
    tab = sheets.add_spreadsheet(KEY, {FORM: rows}).tab(FORM)
    book = open_sheet()
    book.read()
    full = sheets.log[-1].bytes
    for n in range(10):
        tab.submit(3, f"new {n}")
    contents = book.read()
    assert contents.form is not None
    assert len(contents.form.rows) == 10
    assert sheets.log[-1].bytes < full / 100


ACTS = {
    "sorted": lambda tab: tab.sort(2, reverse=True),
    "a row deleted high up": lambda tab: tab.delete_rows(5, 5),
    "rows inserted high up": lambda tab: tab.insert_rows(5, 2),
    "the last answer edited": lambda tab: tab.set_cell("C51", "better now"),
    "the last answers deleted": lambda tab: tab.delete_rows(40, 51),
    "a column moved": lambda tab: tab.move_column(3, 2),
    "a question reworded": lambda tab: tab.set_cell("B1", "I choose"),
    "a column added": lambda tab: tab.insert_column(2, "Our notes"),
    "everything deleted": lambda tab: (tab.delete_rows(2, 51), tab.delete_empty_rows()),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_what_people_do_in_the_sheet_is_seen_at_the_next_refresh(
    sheets: SheetsServer, form: Tab, open_sheet: Open, act
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    act(form)
    mirror.take(book.read())
    assert [mirror.header, *mirror.rows] == form.values
    assert mirror.full_readings == 2
    form.submit(2, "after")
    mirror.take(book.read())
    assert [mirror.header, *mirror.rows] == form.values


def test_a_note_typed_below_everything_is_just_one_more_row(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    form.type_row("note by hand")
    mirror.take(book.read())
    form.submit(3, "arrives above the note")
    mirror.take(book.read())
    assert [mirror.header, *mirror.rows] == form.values


def test_a_renamed_form_tab_is_found_again(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, mirror = open_sheet(worksheet=FORM), Mirror()
    mirror.take(book.read())
    form.rename("Fall answers")
    form.submit(1, "after renaming")
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]
    sheets.spreadsheet(KEY).add_tab(FORM, [["Something else"]])
    form.submit(1, "once more")
    mirror.take(book.read(full=True))
    assert mirror.rows == form.values[1:]


def test_a_second_form_beside_the_one_that_is_read_is_said(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book = open_sheet()
    assert book.read().notes == ()
    sheets.spreadsheet(KEY).add_tab("Form Responses 2", [HEADER, [46_100.5, 3, "hello"]])
    time.now += LOOK_EVERY + 1
    (note,) = book.read().notes
    assert "“Form Responses 2”: none of its answers is read, only those of “Form" in note
    named = open_sheet(worksheet="Form Responses 2")
    assert named.read().notes == ()


@pytest.mark.parametrize("later", [0.0, LOOK_EVERY + 1])
def test_a_form_linked_anew_after_its_tab_was_deleted(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime, later: float
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    sheets.spreadsheet(KEY).delete_tab(FORM)
    time.now += later
    new = sheets.spreadsheet(KEY).add_tab("Form Responses 2", [HEADER, [46_100.5, 3, "hello"]])
    mirror.take(book.read())
    assert mirror.rows == new.values[1:]


def test_an_edit_high_up_is_seen_at_the_next_full_reading(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    form.set_cell("C3", "edited")
    assert book.read().form is None
    time.now += FULL_EVERY + 1
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]


def test_a_full_reading_that_finds_the_same_hands_on_nothing(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book = open_sheet()
    book.read()
    form.submit(3, "new")
    book.read()
    time.now += FULL_EVERY + 1
    before = len(sheets.log)
    assert book.read().form is None
    assert [entry.operation for entry in sheets.log[before:]] == ["get", "batchGet"]
    again = book.read(full=True).form
    assert again is not None
    assert len(again.rows) == 51


def test_full_readings_get_rarer_as_the_sheet_grows(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.workbook.pages.PAGE_CELLS", 200 * 26)
    rows = [HEADER, *([46_000 + n / 1440, n % 5, f"a{n}"] for n in range(1000))]
    sheets.add_spreadsheet(KEY, {FORM: rows})
    book = open_sheet()
    book.read()
    before = len(sheets.log)
    time.now += 4 * FULL_EVERY
    book.read()
    assert [entry.operation for entry in sheets.log[before:]] == ["get", "batchGet"]
    time.now += 2 * FULL_EVERY + 1
    before = len(sheets.log)
    book.read()
    assert len(sheets.log) - before > 5


def test_a_tab_made_by_another_copy_of_the_app_is_found_by_and_by(
    sheets: SheetsServer, form: Tab, open_sheet: Open, time: FakeTime
) -> None:
    book, other = open_sheet(), open_sheet()
    book.read()
    other.append([focus()])
    assert book.read().events == ()
    time.now += LOOK_EVERY + 1
    assert len(book.read().events) == 1


def test_decisions_of_another_copy_and_what_people_do_to_them(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, other = open_sheet(), open_sheet()
    book.append([focus("a")])
    assert len(book.read().events) == 1
    other.append([focus(f"b{n}") for n in range(30)])
    assert len(book.read().events) == 31
    tab = sheets.spreadsheet(KEY).tab("PD Focus")
    tab.sort(6, reverse=True)
    assert len(book.read().events) == 31
    tab.delete_rows(2, 2)
    assert len(book.read().events) == 30
    tab.set_cell("C31", "x")
    contents = book.read()
    assert len(contents.events) == 29
    assert "row 31 cannot be read" in contents.notes[0]


def test_a_reading_that_fails_gives_everything_the_next_time(
    sheets: SheetsServer, form: Tab, open_sheet: Open
) -> None:
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    form.submit(1, "while Google is away")
    sheets.fault(Fault(status=403))
    with pytest.raises(WorkbookProblem):
        book.read()
    mirror.take(book.read())
    assert mirror.rows == form.values[1:]


def test_no_answer_is_kept_between_readings(form: Tab, open_sheet: Open) -> None:
    form.submit(1, "canary-7731 only this student wrote it")
    book = open_sheet()
    book.read()
    form.submit(2, "another")
    book.read()
    kept = texts_within(book)
    assert FORM in kept
    assert not [text for text in kept if "canary-7731" in text]


def texts_within(thing: object) -> set[str]:
    """All texts that an object of ours holds on to."""
    seen: set[int] = set()
    texts: set[str] = set()
    todo = [thing]
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, str):
            texts.add(thing)
        elif isinstance(thing, dict | list | tuple | set | frozenset) or type(
            thing
        ).__module__.startswith("lib.workbook"):
            todo.extend(gc.get_referents(thing))
    return texts


step = st.one_of(
    st.tuples(st.just("submit"), st.integers(1, 25)),
    st.tuples(st.just("sort"), st.integers(1, 3)),
    st.tuples(st.just("delete"), st.integers(2, 60)),
    st.tuples(st.just("insert"), st.integers(2, 60)),
    st.tuples(st.just("edit"), st.integers(2, 60)),
    st.tuples(st.just("rename"), st.integers(1, 9)),
    st.tuples(st.just("type"), st.integers(1, 9)),
    st.tuples(st.just("refresh"), st.integers(1, 1)),
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(step, max_size=12), st.integers(0, 45))
def test_after_any_acts_and_refreshes_the_copy_is_the_sheet(
    sheets: SheetsServer, open_sheet: Open, time: FakeTime, steps: list, count: int
) -> None:
    rows = [HEADER, *([46_000 + n / 1440, n % 5, f"a{n}"] for n in range(count))]
    tab = sheets.add_spreadsheet(KEY, {FORM: rows}).tab(FORM)
    book, mirror = open_sheet(), Mirror()
    mirror.take(book.read())
    for number, (act, n) in enumerate(steps):
        if act == "submit":
            for extra in range(n):
                tab.submit(n % 5, f"s{number}-{extra}")
        elif act == "sort":
            tab.sort(n)
        elif act == "delete" and n <= tab.filled():
            tab.delete_rows(n, n)
        elif act == "insert" and n <= tab.filled():
            tab.insert_rows(n)
        elif act == "edit" and n <= tab.filled():
            tab.set_cell(f"C{n}", f"edited {number}")
        elif act == "rename":
            tab.rename(f"Tab {n}")
        elif act == "type":
            tab.type_row(f"note {number}")
        elif act == "refresh":
            mirror.take(book.read())
    mirror.take(book.read())
    time.now += FULL_EVERY + 1
    mirror.take(book.read())
    assert mirror.rows == tab.values[1:]
