"""Planning, moving and cancelling a PD session."""

from datetime import date

import pytest

from lib.decided import DecisionProblem
from lib.plan import sessions
from lib.plan.sessions import Session, SessionState
from lib.students_part import PART_WORDS, StudentPart
from lib.workbook import Event, tabs
from tests.unit.plan.people import at, records, typed_into_sheet


def planned(on: date, focus: str = "f1") -> Event:
    return sessions.make(focus, on=on, student_part=StudentPart.AT_THE_TABLE, who="lead", at=at(1))


def read(*events: Event) -> tuple[Session, ...]:
    return sessions.sessions(records(*events))


def test_a_session_is_kept_in_the_tabs_words() -> None:
    event = planned(date(2026, 11, 3))
    assert (event.tab, dict(event.fields)) == (
        tabs.SESSIONS,
        {"focus": "f1", "state": "planned", "date": "2026-11-03", "student_part": "at the table"},
    )
    assert set(event.fields) <= set(tabs.TABS[tabs.SESSIONS].columns)


def test_the_parts_of_students_are_five() -> None:
    assert [part.value for part in StudentPart] == [
        "told",
        "asked",
        "at the table",
        "co-designing",
        "leading",
    ]


def test_the_next_session_is_the_first_from_today_on_that_stands() -> None:
    days = [date(2026, 10, 5), date(2026, 11, 3), date(2026, 12, 1)]
    events = [planned(day) for day in days] + [planned(date(2026, 10, 20), "f2")]
    everything = read(*events)
    assert [s.on for s in everything] == [days[0], date(2026, 10, 20), days[1], days[2]]
    following = sessions.next_session("f1", everything, date(2026, 11, 3))
    assert following is not None
    assert following.on == days[1]
    off = sessions.cancel(following, who="lead", at=at(2))
    then = sessions.next_session("f1", read(*events, off), date(2026, 11, 3))
    assert then is not None
    assert then.on == days[2]
    assert sessions.next_session("f1", everything, date(2026, 12, 2)) is None


def test_the_days_of_some_focuses_leave_cancelled_sessions_out() -> None:
    stays, goes = planned(date(2026, 11, 3)), planned(date(2026, 12, 1))
    other = planned(date(2026, 10, 20), "f2")
    off = sessions.cancel(read(goes)[0], who="lead", at=at(2))
    everything = read(stays, goes, other, off)
    assert [s.on for s in sessions.dated(everything, {"f1"})] == [date(2026, 11, 3)]
    assert [s.on for s in sessions.dated(everything, {"f1", "f2"})] == [
        date(2026, 10, 20),
        date(2026, 11, 3),
    ]


def test_a_session_moves_is_cancelled_and_comes_back() -> None:
    first = planned(date(2026, 11, 3))
    edit = sessions.edit(
        read(first)[0],
        on=date(2026, 11, 10),
        student_part=StudentPart.LEADING,
        planned=read(first),
        who="lead",
        at=at(2),
    )
    own = read(first, edit)[0]
    assert (own.on, own.student_part) == (date(2026, 11, 10), StudentPart.LEADING)
    off = sessions.cancel(own, who="lead", at=at(3))
    cancelled = read(first, edit, off)[0]
    assert cancelled.state is SessionState.CANCELLED
    with pytest.raises(DecisionProblem, match="cancelled already"):
        sessions.cancel(cancelled, who="lead", at=at(4))
    with pytest.raises(DecisionProblem, match="is cancelled"):
        sessions.edit(
            cancelled,
            on=date(2026, 11, 11),
            student_part=StudentPart.TOLD,
            planned=(),
            who="lead",
            at=at(4),
        )
    back = sessions.undo(cancelled, planned=(cancelled,), who="lead", at=at(4))
    assert dict(back.fields) == dict(edit.fields)


def test_a_session_does_not_move_onto_a_day_that_another_of_its_focus_has() -> None:
    first, taken = planned(date(2026, 11, 3)), planned(date(2026, 11, 10))
    elsewhere = planned(date(2026, 11, 17), "f2")
    gone = planned(date(2026, 11, 24))
    off = sessions.cancel(read(gone)[0], who="lead", at=at(2))
    everything = read(first, taken, elsewhere, gone, off)

    def move(on: date) -> Event:
        about = {"student_part": StudentPart.TOLD, "planned": everything}
        return sessions.edit(everything[0], on=on, **about, who="lead", at=at(3))

    with pytest.raises(DecisionProblem, match=r"has a PD session on Nov 10, 2026 already\. Pick"):
        move(date(2026, 11, 10))
    days = [date(2026, 11, day) for day in (3, 17, 24)]
    assert [move(day).fields["date"] for day in days] == [day.isoformat() for day in days]


def test_undoing_the_plan_itself_cancels_it() -> None:
    first = planned(date(2026, 11, 3))
    back = sessions.undo(read(first)[0], planned=read(first), who="lead", at=at(2))
    assert read(first, back)[0].state is SessionState.CANCELLED


def test_undo_brings_no_session_back_to_a_day_that_another_of_its_focus_has_by_now() -> None:
    first = planned(date(2026, 11, 3))
    alone = read(first)
    about = {"student_part": StudentPart.TOLD, "planned": alone, "who": "lead", "at": at(2)}
    moved = sessions.edit(alone[0], on=date(2026, 11, 10), **about)
    off = sessions.cancel(alone[0], who="lead", at=at(2))
    other, elsewhere = planned(date(2026, 11, 3)), planned(date(2026, 11, 3), "f2")

    def back(change: Event, *since: Event) -> Event:
        everything = read(first, change, *since)
        own = next(each for each in everything if each.record_id == first.record_id)
        return sessions.undo(own, planned=everything, who="lead", at=at(4))

    for change in (moved, off):
        with pytest.raises(DecisionProblem, match=r"session on Nov 3, 2026 already\. Pick another"):
            back(change, other)
        assert back(change, elsewhere).fields["date"] == "2026-11-03"
        assert back(change).fields["state"] == "planned"
    # What leaves its day and its standing as they are is taken back whoever else has the day.
    part = sessions.edit(alone[0], on=date(2026, 11, 3), **about)
    assert back(part, other).fields["student_part"] == "at the table"


def test_one_more_session_is_none_on_a_day_that_has_one() -> None:
    day = date(2026, 11, 3)
    first = planned(day)
    kept = read(first, planned(day, "f2"))
    stamp = {"who": "lead", "at": at(2)}
    with pytest.raises(DecisionProblem, match="This focus has a PD session on Nov 3, 2026 already"):
        sessions.add("f1", on=day, planned=kept, **stamp)
    more = sessions.add("f1", on=date(2026, 11, 4), planned=kept, **stamp)
    assert more.fields["date"] == "2026-11-04"
    off = sessions.cancel(read(first)[0], **stamp)
    assert sessions.add("f1", on=day, planned=read(first, off), **stamp).fields["focus"] == "f1"


def test_a_session_needs_a_focus() -> None:
    with pytest.raises(DecisionProblem, match="belongs to a focus"):
        planned(date(2026, 11, 3), "")


@pytest.mark.parametrize("day", ["", "soon", "2026-13-01", "11/03/2026", "=A1"])
def test_a_day_that_is_none_is_not_guessed(day: str) -> None:
    row = {"focus": "f1", "date": day, "student_part": "cheering", "state": "?"}
    (own,) = sessions.sessions(typed_into_sheet(tabs.SESSIONS, row))
    assert (own.on, own.student_part, own.state) == (
        None,
        StudentPart.TOLD,
        SessionState.PLANNED,
    )
    assert sessions.next_session("f1", (own,), date(2026, 1, 1)) is None


def test_what_a_focus_has_had_and_doubtful_days_are_said() -> None:
    today, chosen_on = date(2026, 10, 10), date(2026, 9, 1)
    days = [date(2026, 9, 20), date(2026, 10, 1), date(2026, 10, 10), date(2028, 10, 9)]
    so_far = (
        "PD sessions so far: Sep 20, 2026, students at the table; "
        "Oct 1, 2026, students at the table."
    )
    events = [planned(day) for day in days] + [planned(date(1990, 1, 1), "f2")]
    everything = read(*events)
    assert sessions.notes("f1", everything, chosen_on=chosen_on, today=today) == (so_far,)
    assert sessions.notes("f3", everything, chosen_on=chosen_on, today=today) == ()
    slips = read(planned(date(2072, 10, 1)), planned(date(1926, 10, 1)))
    assert sessions.notes("f1", slips, chosen_on=chosen_on, today=today) == (
        "PD sessions so far: Oct 1, 1926, students at the table.",
        "Is Oct 1, 2072 right? That is 46 years from now.",
        "Is Oct 1, 1926 right? That is 99 years before the choice.",
    )


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2200, 1, 1)])
def test_a_day_that_can_only_be_a_slip_is_refused_and_never_read(day: date) -> None:
    with pytest.raises(DecisionProblem, match=f"Nobody plans for the year {day.year}"):
        planned(day)
    row = {"focus": "f1", "date": day.isoformat()}
    odd = sessions.sessions(typed_into_sheet(tabs.SESSIONS, row))
    assert [session.on for session in odd] == [None]
    assert sessions.notes("f1", odd, chosen_on=date(2026, 9, 1), today=date(2026, 10, 1)) == (
        "A PD session has a day that cannot be read. Set it in the tab PD Sessions.",
    )


def test_every_part_of_students_has_its_words() -> None:
    assert set(PART_WORDS) == set(StudentPart)


@pytest.mark.parametrize(
    ("day", "asked"),
    [
        (date(1900, 1, 1), "Is Jan 1, 1900 right? That is 126 years before the choice."),
        (date(2199, 12, 31), "Is Dec 31, 2199 right? That is 173 years from now."),
    ],
)
def test_the_first_and_the_last_day_that_can_be_kept_are_asked_about(day: date, asked: str) -> None:
    today = date(2026, 10, 15)
    assert asked in sessions.notes("f1", read(planned(day)), chosen_on=today, today=today)
