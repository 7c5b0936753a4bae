"""The year's sessions, the students' part over the terms, and the calendar file."""

from dataclasses import replace
from datetime import date

import icalendar
import pytest

from lib.charts import LIGHT
from lib.plan import calendar, details, focus, sessions
from lib.plan.sessions import Session
from lib.strip import MOST, strip
from lib.students_part import StudentPart
from lib.workbook import Event, fold, tabs
from tests.unit.plan.people import NAMES, at

CHOICE = focus.choose(
    "goals", wave="fall", evidence="40%.", chosen=(), names=NAMES, who="lead", at=at(1)
)
CHOSEN = focus.focuses(fold([CHOICE])[tabs.FOCUS])
TOLD, LEADING, TABLE = StudentPart.TOLD, StudentPart.LEADING, StudentPart.AT_THE_TABLE


def planned(on: date, part: StudentPart = TABLE) -> Event:
    return sessions.make(CHOICE.record_id, on=on, student_part=part, who="lead", at=at(2))


def read(*events: Event) -> tuple[Session, ...]:
    return sessions.sessions(fold(events)[tabs.SESSIONS])


def test_a_school_year_begins_in_august() -> None:
    assert [calendar.school_year(date(2026, month, 1)) for month in (7, 8, 12)] == [
        *(2025, 2026, 2026)
    ]
    days = [date(2026, 7, 31), date(2027, 2, 3), date(2026, 8, 1), date(2027, 2, 1)]
    everything = read(*map(planned, days))
    assert calendar.years(everything) == (2026, 2025)
    assert [
        (month.name, [session.on for session in month.sessions])
        for month in calendar.months(everything, 2026)
    ] == [
        ("August 2026", [date(2026, 8, 1)]),
        ("February 2027", [date(2027, 2, 1), date(2027, 2, 3)]),
    ]


def test_the_students_part_is_told_from_first_to_last() -> None:
    first, last = planned(date(2026, 3, 1), TOLD), planned(date(2027, 2, 1), LEADING)
    off = sessions.cancel(read(planned(date(2027, 3, 1)))[0], who="lead", at=at(3))
    everything = read(first, last)
    told = calendar.steps(everything)
    assert [(step.term, step.part) for step in told] == [
        ("Spring 2026", TOLD),
        ("Spring 2027", LEADING),
    ]
    assert calendar.steps_words(told) == (
        "Students' part grew: told in Spring 2026, leading in Spring 2027."
    )
    assert calendar.steps_words(told[::-1]).startswith("Students' part shrank: leading")
    assert calendar.steps_words((told[0], told[0])) == (
        "Students' part stayed where it was: told, from Spring 2026 to Spring 2026."
    )
    assert calendar.steps_words(told[:1]) == ""
    assert calendar.steps(read(off)) == ()


def test_the_strip_fills_each_session_up_to_the_students_part() -> None:
    told = calendar.steps(read(planned(date(2026, 3, 1), TOLD), planned(date(2026, 4, 1), LEADING)))
    drawn = strip(told, LIGHT)
    assert drawn.count(f'fill="{LIGHT.accent}"') == 1 + 5
    assert drawn.count("<rect") == 10
    assert "Mar 1, 2026: told; Apr 1, 2026: leading" in drawn
    assert drawn.count(">Spring<") == 1
    many = calendar.steps(read(*(planned(date(2026, 1, day)) for day in range(1, 12))))
    assert strip(many, LIGHT).count("<rect") == 5 * MOST


def test_another_parser_reads_the_calendar_file_as_it_was_meant() -> None:
    first = planned(date(2026, 11, 3))
    (own,) = read(first)
    odd = "Ana; Ben, Cé\\ 🙂 " + "long " * 15
    kept = details.Details(
        own.on, 45, own.format, odd.strip(), None, LEADING, "https://docs.example/a?b=1,2;3"
    )
    full = details.save(own, kept, planned=(), who="lead", at=at(3))
    agenda = details.keep_agenda(read(first, full)[0], "45 min: Talk, walk", who="l", at=at(4))
    off = planned(date(2026, 12, 1))
    cancelled = sessions.cancel(read(off)[0], who="lead", at=at(5))
    everything = read(first, full, agenda, off, cancelled)
    data = calendar.to_ics(everything, CHOSEN, NAMES, school="Quill, haven")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = icalendar.Calendar.from_ical(data)
    assert str(found["x-wr-calname"]) == "PD sessions, Quill, haven"
    one, two = found.walk("VEVENT")
    assert one.decoded("dtstart") == date(2026, 11, 3)
    assert one.decoded("dtend") == date(2026, 11, 4)
    assert str(one["summary"]) == "PD session: Clear goals"
    assert (str(one["uid"]), int(one["sequence"])) == (f"{own.record_id}@seat-at-the-table", 3)
    assert odd.strip() in str(one["description"])
    assert str(one["description"]) == (
        f"{details.summary(everything[0])}\n\nMaterials: https://docs.example/a?b=1,2;3"
    )
    assert "Talk" not in data.decode()
    assert str(one["url"]) == "https://docs.example/a?b=1,2;3"
    assert (str(one["status"]), str(two["status"])) == ("CONFIRMED", "CANCELLED")


@pytest.mark.parametrize(("revision", "sequence"), [(10**12, 2**31 - 1), (-3, 0)])
def test_a_revision_typed_into_the_sheet_breaks_no_calendar(revision: int, sequence: int) -> None:
    typed = replace(planned(date(2026, 11, 3)), revision=revision)
    data = calendar.to_ics(read(typed), CHOSEN, NAMES, school="S")
    (one,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert int(one["sequence"]) == sequence


def test_a_session_without_a_day_is_in_no_calendar() -> None:
    (own,) = read(planned(date(2026, 11, 3)))
    broken = Session("x", "f", None, TABLE, own.state, own.record)
    data = calendar.to_ics([broken], CHOSEN, NAMES, school="S")
    assert b"VEVENT" not in data
    assert calendar.title(broken) == "PD session without a day"
