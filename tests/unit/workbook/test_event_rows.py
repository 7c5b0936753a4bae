"""Events as rows and back."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.workbook import Event
from lib.workbook.event_rows import (
    as_text,
    default_header,
    missing_columns,
    note,
    read_tab,
    to_row,
)
from lib.workbook.tabs import TABS

NOW = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
HEADER = default_header("PD Sessions")
EVENT = Event(
    "PD Sessions", "e1", "r1", 2, NOW, "Lee", dict.fromkeys(TABS["PD Sessions"].columns, "x")
)


def test_a_row_is_text_in_the_headers_order_without_a_gap() -> None:
    event = Event("PD Sessions", "e1", "r1", 2, NOW, "", {"date": "2026-03-09"})
    assert to_row(event, ("who", "our notes", "date", *HEADER[:4], "state", "date")) == [
        "-",
        None,
        "2026-03-09",
        "e1",
        "r1",
        "2",
        "2026-03-02T14:00:00+00:00",
        "-",
        None,
    ]


def test_times_are_written_in_utc() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=-5)))
    event = Event("PD Sessions", "e1", "r1", 2, local, "Lee", {})
    assert to_row(event, ("at",)) == ["2026-03-02T14:00:00+00:00"]


def test_columns_that_are_missing_are_named_once_in_order() -> None:
    assert missing_columns([EVENT], ("event_id", "at", "who", "date")) == [
        "record_id",
        "revision",
        *[name for name in EVENT.fields if name != "date"],
    ]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:59:59-05:00"])
def test_a_moment_that_no_time_zone_can_hold_makes_a_row_unreadable(at: str) -> None:
    rows = [list(HEADER), ["e1", "r1", "1", at, "Lee"]]
    assert read_tab("PD Sessions", rows).unreadable == (2,)


texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["-", "--", "---", "=1+1", " ", "0042"]
)


@given(
    st.permutations([*HEADER, "our notes", ""]),
    st.dictionaries(st.sampled_from(list(TABS["PD Sessions"].columns)), texts),
    texts,
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),
    st.integers(1, 10**6),
)
def test_every_event_comes_back_from_any_order_of_columns(
    header: list[str], fields: dict[str, str], who: str, at: datetime, revision: int
) -> None:
    event = Event("PD Sessions", "e1", "r1", revision, at, who, fields)
    row = to_row(event, header)
    assert all(cell != "" for cell in row)
    (read,) = read_tab("PD Sessions", [header, row]).events
    assert {name: text for name, text in read.fields.items() if text} == {
        name: text for name, text in fields.items() if text
    }
    assert (read.who, read.at, read.revision) == (who, at, revision)


cells = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)


@given(st.lists(st.lists(cells, max_size=14), max_size=6))
def test_no_table_of_cells_breaks_the_reading_and_no_row_is_left_out(
    rows: list[list[object]],
) -> None:
    filled = sum(any(as_text(cell).strip() for cell in row) for row in rows)
    reading = read_tab("PD Sessions", [list(HEADER), *rows])
    assert len(reading.events) + len(reading.unreadable) == filled


settings_header = default_header("PD Settings")
typed_cells = st.sampled_from(["", None, "-", "contact", "school name", 7.0, True, "ä", "\ud800"])


@settings(deadline=None)
@given(st.lists(st.lists(typed_cells, max_size=8), max_size=8), st.integers(0, 6))
def test_no_row_that_people_type_is_left_out_or_breaks_the_reading(
    rows: list[list[object]], empty_keys: int
) -> None:
    rows = [[""] * empty_keys + row for row in rows]
    reading = read_tab("PD Settings", [list(settings_header), *rows])
    filled = [n for n, row in enumerate(rows, 2) if any(as_text(cell).strip() for cell in row)]
    real = [event for event in reading.events if not event.event_id.startswith("sheet-")]
    assert len(real) + len(reading.unreadable) + len(reading.typed) == len(filled)
    assert {*reading.unreadable, *reading.typed} <= {*filled}
    assert {*reading.doubled} <= {*reading.typed}
    ids = [event.event_id for event in reading.events]
    assert len(ids) == len(set(ids))
    assert read_tab("PD Settings", [list(settings_header), *rows]) == reading


def test_rows_sorted_above_the_header_are_read_and_a_title_is_no_damage() -> None:
    good = to_row(EVENT, HEADER)
    bad = ["", *good[1:]]
    reading = read_tab("PD Sessions", [["What we plan"], good, bad, list(HEADER)])
    assert reading.header_row == 4
    assert [event.event_id for event in reading.events] == ["e1"]
    assert reading.unreadable == (3,)


def test_a_person_who_typed_numbers_and_a_gap_is_understood() -> None:
    rows = [list(HEADER), [], ["e1", "r1", 2.0, NOW.isoformat(), None, 46000.5, True]]
    (event,) = read_tab("PD Sessions", rows).events
    assert event.revision == 2
    assert event.who == ""
    assert list(event.fields.values())[:2] == ["46000.5", "TRUE"]


@pytest.mark.parametrize(
    "row",
    [
        ["", "r1", "1", NOW.isoformat()],
        ["e1", "", "1", NOW.isoformat()],
        ["e1", "r1", "first", NOW.isoformat()],
        ["e1", "r1", "1", "yesterday"],
        ["e1", "r1", "1", "2026-03-02T14:00:00"],
        ["e1", "r1", "1", 46083.5],
        ["e1"],
    ],
)
def test_a_row_that_is_no_event_is_named_by_its_place(row: list[object]) -> None:
    reading = read_tab("PD Sessions", [["A title"], [], list(HEADER), row])
    assert (reading.header_row, reading.events, reading.unreadable) == (3, (), (4,))


def test_the_note_names_the_first_rows_and_counts_the_rest() -> None:
    assert note("PD Focus", [4]).startswith("In the tab PD Focus, row 4 cannot be read")
    assert "rows 2, 3, 4, 5, 6 and 3 more cannot" in note("PD Focus", range(2, 10))
