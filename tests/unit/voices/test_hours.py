"""The school's own hours: read from the settings, and counted."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.voices.hours import SchoolHours, hours_from
from tests.unit.voices.people import ZONE


def hours(text: str = "", within: str = "") -> SchoolHours:
    found, notes = hours_from({"safety hours": text, "safety reply within": within}, ZONE)
    assert notes == ()
    return found


def local(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def test_the_default_is_stated() -> None:
    found, notes = hours_from({}, ZONE)
    assert (found.words, found.within, notes) == ("Mon-Fri 08:00-16:00", 4, ())
    assert sorted(found.open) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "text", ["Mon-Fri 08:00-16:00", "mon – fri 8:00 to 16:00", "Monday-Friday 08.00-16.00"]
)
def test_hours_are_read_as_people_write_them(text: str) -> None:
    assert hours(text).open == hours_from({}, ZONE)[0].open


def test_several_parts_and_a_weekend() -> None:
    found = hours("Mon-Thu 08:00-12:00; Mon-Thu 11:00-16:00; Fri-Sat 09:00-10:00")
    assert len(found.open[0]) == 1
    assert found.open[0][0][1].hour == 16
    assert sorted(found.open) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        "always",
        "Mon-Fri",
        "Mon-Fri 16:00-08:00",
        "Foo 08:00-09:00",
        "Mon 25:00-26:00",
        "M 08:00-09:00",
    ],
)
def test_hours_that_cannot_be_read_are_said(text: str) -> None:
    found, notes = hours_from({"safety hours": text}, ZONE)
    assert found.words == "Mon-Fri 08:00-16:00"
    assert "safety hours" in notes[0]


@pytest.mark.parametrize("text", ["soon", "0", "-1", "1.5", "٣"])
def test_an_allowance_that_cannot_be_read_is_said(text: str) -> None:
    found, notes = hours_from({"safety reply within": text}, ZONE)
    assert found.within == 4
    assert "safety reply within" in notes[0]


def test_an_allowance_with_its_unit() -> None:
    assert hours(within="2 hours").within == 2


def test_due_within_the_day_over_night_and_over_the_weekend() -> None:
    found = hours()
    assert found.due(local(12, 9)) == local(12, 13)
    assert found.due(local(12, 6)) == local(12, 12)
    assert found.due(local(12, 14)) == local(13, 10)
    assert found.due(local(9, 15)) == local(12, 11)  # a Friday
    assert found.due(local(10, 12)) == local(12, 12)  # a Saturday


def test_hours_that_went_by() -> None:
    found = hours()
    assert found.gone_by(local(9, 15), local(12, 9)) == timedelta(hours=2)
    assert found.gone_by(local(12, 9), local(12, 9)) == timedelta()


def test_the_night_the_clocks_change_costs_nobody_an_hour() -> None:
    found = hours("Mon-Sun 00:00-23:00", "24")
    # November 1, 2026 has 25 hours in Chicago.
    assert found.gone_by(local(1, 0, month=11), local(2, 0, month=11)) == timedelta(hours=24)


def test_a_school_that_is_never_open_counts_by_the_clock() -> None:
    start = datetime(2026, 10, 12, tzinfo=UTC)
    assert SchoolHours(ZONE, {}, within=3).due(start) == start + timedelta(hours=3)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(1, 60))
def test_what_is_due_is_what_has_gone_by(moment: datetime, within: int) -> None:
    found = hours(within=str(within))
    start = moment.replace(tzinfo=UTC)
    due = found.due(start)
    assert due > start
    assert found.gone_by(start, due) == timedelta(hours=within)


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_setting_is_answered(text: str, within: str) -> None:
    found, notes = hours_from({"safety hours": text, "safety reply within": within}, ZONE)
    assert found.within > 0
    assert all(note.startswith("PD Settings:") for note in notes)
