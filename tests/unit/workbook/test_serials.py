"""A day that a person typed into a cell of ours, as Google hands it back: a number."""

from datetime import date, datetime

import pytest

from lib.decided import as_date
from lib.evidence.waves import windows
from lib.workbook import fold, new_event, tabs
from lib.workbook.event_rows import default_header, read_tab
from lib.workbook.serials import from_serial
from tests.unit.evidence.test_traced_waves import days, records, times
from tests.unit.plan.people import at


def test_a_number_of_days_is_a_moment() -> None:
    assert from_serial("46428") == datetime(2027, 2, 10)
    assert from_serial("46428.375") == datetime(2027, 2, 10, 9)
    assert from_serial("46428.99999999") == datetime(2027, 2, 11)


@pytest.mark.parametrize("text", ["", "-", "45", "9" * 400, "1e5", "٤٦٤٢٨", "4.6.4", "20270210"])
def test_what_is_no_day_of_our_times_is_none(text: str) -> None:
    assert from_serial(text) is None


def test_a_day_mended_in_the_sheet_is_read() -> None:
    event = new_event(tabs.SESSIONS, {"date": "2027-02-03"}, who="lead", at=at(1))
    header = default_header(tabs.SESSIONS)
    cells = {**vars(event), "revision": 1, "at": event.at.isoformat(), "date": 46428}
    (mended,) = read_tab(tabs.SESSIONS, [header, [cells.get(name) for name in header]]).events
    (record,) = fold([mended])[tabs.SESSIONS].values()
    assert as_date(record.fields["date"]) == date(2027, 2, 10)


def test_a_wave_whose_dates_were_typed_in_the_sheet_holds() -> None:
    found = windows(
        times(days("2025-11-04")),
        records(("Fall", "45964", "45971.5")),
        now=datetime(2025, 11, 30),
    )
    assert [(w.opens, w.closes) for w in found.waves] == [
        (datetime(2025, 11, 3), datetime(2025, 11, 10, 12))
    ]
    assert found.notes == ()
