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
    guess,
    hold,
    lines,
    panels,
    put_in_order,
    say,
    students_order,
    undo,
)
from lib.voices.sayings import Source
from lib.workbook import Event, new_event, tabs
from tests.unit.voices.people import at, records

DAY = date(2026, 11, 12)


def held(room: Room = Room.STUDENTS, on: date = DAY, day: int = 12) -> Event:
    return hold(
        on=on,
        room=room,
        students=HowMany.TEN_OR_MORE,
        wave="w1",
        today=DAY,
        who="Lee",
        at=at(day),
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


def test_a_panel_begins_on_one_waves_charts() -> None:
    event = held()
    assert set(event.fields) == set(tabs.TABS[tabs.PANELS].columns)
    found = the_panel(event)
    assert (found.room, found.students, found.wave, found.month) == (
        *(Room.STUDENTS, HowMany.TEN_OR_MORE, "w1", "November 2026"),
    )
    assert held(Room.STAFF).fields["students"] == ""
    with pytest.raises(DecisionProblem, match="still to come"):
        held(on=date(2026, 11, 13))


def test_the_room_guesses_once_before_it_sees() -> None:
    first = held()
    second = guess(the_panel(first), {"choice": 55, "calm": 60, "pace": 10}, who="Lee", at=at(13))
    assert second.fields["guesses"] == "choice: 55; calm: 60; pace: 10"
    found = the_panel(first, second)
    assert found.guesses == {"choice": 55, "calm": 60, "pace": 10}
    with pytest.raises(DecisionProblem, match="guessed already"):
        guess(found, {"choice": 40}, who="Lee", at=at(14))


@pytest.mark.parametrize("guesses", [{}, {"choice": -1}, {"choice": 101}])
def test_a_guess_is_a_percent(guesses: dict) -> None:
    with pytest.raises(DecisionProblem):
        guess(the_panel(held()), guesses, who="Lee", at=at(13))


def test_gaps_are_guess_less_printed_the_widest_first() -> None:
    first = held()
    second = guess(the_panel(first), {"calm": 60, "choice": 55, "pace": 10}, who="Lee", at=at(13))
    found = gaps(the_panel(first, second), table())
    assert [(gap.practice, gap.guess, gap.points) for gap in found] == [
        ("choice", 55, 15),
        ("calm", 60, -10),
    ]
    assert gaps(the_panel(first, second), table("w2")) == ()


def test_what_the_room_says_is_reviewed_line_by_line() -> None:
    first = held()
    second = say(
        the_panel(first),
        Part.CONCERN,
        {"choice": " The same  essay. ", "calm": ""},
        who="L",
        at=at(13),
    )
    assert second.fields["concerns"] == "choice: The same essay."
    found = the_panel(first, second)
    (line,) = lines([found])
    assert (line.source, line.text, line.question) == (
        *(Source.PANEL, "The same essay.", "student panel: concerns"),
    )
    assert line.saying_id == found.line_id(Part.CONCERN, "choice")
    with pytest.raises(DecisionProblem, match="200 fit"):
        say(found, Part.IDEA, {"choice": "x" * 201}, who="L", at=at(13))


def test_a_colon_in_a_line_stays() -> None:
    first = held()
    second = say(
        the_panel(first), Part.IDEA, {"choice": "Two ways: write it; draw it"}, who="L", at=at(13)
    )
    assert the_panel(first, second).said[Part.IDEA] == {"choice": "Two ways: write it; draw it"}


def test_the_newest_student_panel_gives_the_students_order() -> None:
    old, new, staff = held(on=date(2026, 5, 4)), held(), held(Room.STAFF)
    by_record = records(old, new, staff)
    found = {panel.record_id: panel for panel in panels(by_record)}
    order = [
        put_in_order(found[old.record_id], ["calm"], who="L", at=at(13)),
        put_in_order(found[new.record_id], ["choice", "calm", "choice"], who="L", at=at(13)),
        put_in_order(found[staff.record_id], ["pace"], who="L", at=at(13)),
    ]
    now = students_order(panels(records(old, new, staff, *order)))
    assert now is not None
    assert (now.practices, now.month, now.wave) == (("choice", "calm"), "November 2026", "w1")
    assert students_order(panels(by_record)) is None
    with pytest.raises(DecisionProblem, match="No practice"):
        put_in_order(found[new.record_id], [], who="L", at=at(13))


def test_taken_back_step_by_step() -> None:
    first = held()
    second = put_in_order(the_panel(first), ["calm"], who="L", at=at(13))
    third = undo(records(first, second)[first.record_id], who="L", at=at(14))
    assert the_panel(first, second, third).order == ()
    never = undo(records(first)[first.record_id], who="L", at=at(14))
    assert panels(records(first, never)) == ()


@given(st.dictionaries(st.sampled_from(list(held().fields)), st.text(max_size=60)))
def test_what_people_type_into_the_tab_breaks_nothing(fields) -> None:
    event = new_event(tabs.PANELS, fields, who="x", at=at(1), record_id="r")
    for panel in panels(records(event)):
        assert all(0 <= number <= 100 for number in panel.guesses.values())
        assert len(lines([panel])) == sum(len(part) for part in panel.said.values())
        assert gaps(panel, table()) is not None
