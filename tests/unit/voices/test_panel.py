"""Panels: guesses before the charts, lines that are reviewed, the students' order."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.evidence.types import EVERYBODY, Audience, Cell, Figure, Hidden, Wave, WaveTable
from lib.voices.conversations import HowMany
from lib.voices.panel import (
    Panel,
    Part,
    Room,
    gaps,
    keep,
    lines,
    panels,
    students_order,
    withdraw,
)
from lib.voices.sayings import Source
from lib.workbook import Event, new_event, tabs
from tests.unit.voices.people import at, records

DAY = date(2026, 11, 12)


def held(room: Room = Room.STUDENTS, on: date = DAY, record_id: str = "p1", **said) -> Event:
    """A kept panel; ``said`` takes the place of what this room says."""
    room_says = {"guesses": {"choice": 55}, "said": {}, "order": [], **said}
    return keep(
        record_id=record_id,
        on=on,
        room=room,
        students=HowMany.TEN_OR_MORE,
        wave="w1",
        today=DAY,
        who="Lee",
        at=at(12),
        **room_says,
    )


def the_panel(*events: Event) -> Panel:
    (only,) = panels(records(*events))
    return only


def table(wave_id: str = "w1") -> WaveTable:
    favorable = {
        "choice": Figure(40, 34, 46),
        "calm": Figure(70, 64, 76),
        "pace": Hidden("hidden to protect a small group"),
    }
    cell = Cell(Audience.PUBLIC, EVERYBODY, (), 300, favorable)
    wave = Wave(wave_id, "Fall", datetime(2026, 9, 28), datetime(2026, 10, 10))
    return WaveTable(wave, (cell,), {}, {}, {}, ())


def test_a_panel_is_one_event_on_one_waves_charts() -> None:
    event = held()
    assert set(event.fields) == set(tabs.TABS[tabs.PANELS].columns)
    assert (event.record_id, event.revision) == ("p1", 1)
    found = the_panel(event)
    assert (found.room, found.students, found.wave, found.month) == (
        *(Room.STUDENTS, HowMany.TEN_OR_MORE, "w1", "November 2026"),
    )
    assert held(Room.STAFF).fields["students"] == ""
    with pytest.raises(DecisionProblem, match="still to come"):
        held(on=date(2026, 11, 13))
    with pytest.raises(DecisionProblem, match="said nothing"):
        held(guesses={}, said={Part.IDEA: {"choice": ""}})


@pytest.mark.parametrize("number", [-1, 101])
def test_a_guess_is_a_percent(number: int) -> None:
    with pytest.raises(DecisionProblem, match="is a percent"):
        held(guesses={"choice": number})


def test_gaps_are_guess_less_printed_the_widest_first() -> None:
    event = held(guesses={"calm": 60, "choice": 55, "pace": 10})
    assert event.fields["guesses"] == "calm: 60; choice: 55; pace: 10"
    assert [(gap.practice, gap.guess, gap.points) for gap in gaps(the_panel(event), table())] == [
        ("choice", 55, 15),
        ("calm", 60, -10),
    ]
    assert gaps(the_panel(event), table("w2")) == ()


def test_what_the_room_says_is_reviewed_line_by_line() -> None:
    event = held(said={Part.CONCERN: {"choice": " The same  essay. ", "calm": ""}})
    assert event.fields["concerns"] == "choice: The same essay."
    found = the_panel(event)
    (line,) = lines([found])
    assert (line.source, line.text, line.question) == (
        *(Source.PANEL, "The same essay.", "student panel: concerns"),
    )
    assert line.saying_id == found.line_id(Part.CONCERN, "choice")
    with pytest.raises(DecisionProblem, match="200 fit"):
        held(said={Part.IDEA: {"choice": "x" * 201}})


def test_a_colon_in_a_line_stays() -> None:
    said = {"choice": "Two ways: write it; draw it"}
    assert the_panel(held(said={Part.IDEA: said})).said[Part.IDEA] == said


def test_the_newest_student_panel_gives_the_students_order() -> None:
    old = held(on=date(2026, 5, 4), record_id="old", order=["calm"])
    new = held(record_id="new", order=["choice", "calm", "choice"])
    staff = held(Room.STAFF, record_id="staff", order=["pace"])
    now = students_order(panels(records(old, new, staff)))
    assert now is not None
    assert (now.practices, now.month, now.wave) == (("choice", "calm"), "November 2026", "w1")
    assert students_order(panels(records(held(), staff))) is None


def test_a_withdrawn_panel_is_no_panel() -> None:
    first = held()
    gone = withdraw(the_panel(first), who="L", at=at(13))
    assert panels(records(first, gone)) == ()


@given(st.dictionaries(st.sampled_from(list(held().fields)), st.text(max_size=60)))
def test_what_people_type_into_the_tab_breaks_nothing(fields) -> None:
    event = new_event(tabs.PANELS, fields, who="x", at=at(1), record_id="r")
    for panel in panels(records(event)):
        assert all(0 <= number <= 100 for number in panel.guesses.values())
        assert len(lines([panel])) == sum(len(part) for part in panel.said.values())
        assert gaps(panel, table()) is not None
