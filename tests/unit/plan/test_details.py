"""What a session's page keeps, and what it refuses in words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.plan import details, sessions
from lib.plan.agenda import Item
from lib.plan.details import Afterwards, Details
from lib.plan.history import lines
from lib.plan.sessions import Format, Session, materials_link
from lib.students_part import StudentPart
from lib.voices.conversations import HowMany
from lib.workbook import Event, tabs
from tests.unit.plan.people import at, records, typed_into_sheet

ALL = Details(
    on=date(2026, 11, 10),
    minutes=45,
    format=Format.LEARNING_WALK,
    led_by="Ana and the council",
    students=HowMany.FIVE_TO_NINE,
    student_part=StudentPart.LEADING,
    materials="https://docs.example/folder?id=1",
)
STAMP = {"who": "lead", "at": at(2)}


def planned() -> Event:
    return sessions.make(
        "f1", on=date(2026, 11, 3), student_part=StudentPart.ASKED, who="lead", at=at(1)
    )


def read(*events: Event) -> Session:
    (own,) = sessions.sessions(records(*events))
    return own


def test_a_new_session_has_an_hour_and_nothing_else_yet() -> None:
    own = read(planned())
    assert details.details(own) == Details(
        date(2026, 11, 3), 60, Format.WORKSHOP, "", None, StudentPart.ASKED, ""
    )
    assert details.summary(own) == "Workshop. Students: asked."


@pytest.mark.parametrize(
    ("minutes", "agenda", "length"),
    [
        ("", "", 60),
        ("45", "20 min: Talk", 45),
        ("", "20 min: Talk\n\n15 min: Walk", 35),
        ("600", "", 480),
        ("3", "", 6),
        ("", "999 min: Talk", 480),
        ("soon", "", 60),
    ],
)
def test_every_page_plans_a_session_for_the_same_length(
    minutes: str, agenda: str, length: int
) -> None:
    row = {"focus": "f1", "date": "2026-11-03", "minutes": minutes, "agenda": agenda}
    (own,) = sessions.sessions(typed_into_sheet(tabs.SESSIONS, row))
    assert details.length(own) == details.details(own).minutes == length
    assert details.length(None) == 60
    said = f", {length} minutes" if details.told_minutes(own) else ""
    assert details.summary(own) == f"Workshop{said}. Students: told."


def test_all_that_is_typed_is_kept_and_read_back() -> None:
    first = planned()
    own = read(first, details.save(read(first), ALL, planned=[read(first)], **STAMP))
    assert details.details(own) == ALL
    assert details.summary(own) == (
        "Learning walk, 45 minutes, led by Ana and the council. Students: leading (5-9)."
    )
    assert set(own.record.latest.fields) <= set(tabs.TABS[tabs.SESSIONS].columns)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (replace(ALL, on=None), "A session needs a day."),
        (replace(ALL, minutes=5), "A session takes between 6 and 480 minutes."),
        (replace(ALL, minutes=481), "A session takes between 6 and 480 minutes."),
        (replace(ALL, materials="javascript:alert(1)"), "The link to materials is no web address."),
        (replace(ALL, led_by="x" * 121), "“Who leads” has 121 characters, and 120 fit."),
    ],
)
def test_what_cannot_be_kept_says_why(typed: Details, says: str) -> None:
    with pytest.raises(DecisionProblem, match="^" + says):
        details.save(read(planned()), typed, planned=(), **STAMP)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://files.example/a",
        "//docs.example",
        "docs.example/a",
        "https://",
        "https:///path",
        "http://a b.example",
        "https://docs.example/<script>",
        "https://docs.example/a\nb",
        "https://[::1",
        "https://docs.example:99999/",
        "",
    ],
)
def test_only_a_web_address_becomes_a_link(address: str) -> None:
    assert materials_link(address) == ""
    own = sessions.sessions(typed_into_sheet(tabs.SESSIONS, {"focus": "f", "materials": address}))
    assert own[0].materials == ""


@given(st.text() | st.from_regex(r"https?://[^/]{0,9}.*", fullmatch=True))
def test_a_link_begins_with_http_whatever_is_typed(address: str) -> None:
    link = materials_link(address)
    assert not link or link.lower().startswith(("http://", "https://"))
    assert not set(link) & set(" \n<>\"'")


def test_an_agenda_is_kept_changed_and_taken_away_and_the_history_says_so() -> None:
    events = [planned()]
    for day, typed in enumerate(("10 min: Talk\n- a", "20 min: Talk", ""), start=2):
        own = read(*events)
        events.append(details.keep_agenda(own, typed, who="lead", at=at(day)))
        if typed:
            assert read(*events).agenda[0].title == "Talk"
    assert read(*events[:2]).agenda == (Item("Talk", 10, "", ("a",)),)
    assert read(*events).agenda == ()
    assert [line.partition("2026: ")[2] for line in lines(read(*events).record)][1:] == [
        "lead changed the PD session of Nov 3, 2026: the agenda is new.",
        "lead changed the PD session of Nov 3, 2026: the agenda is changed.",
        "lead changed the PD session of Nov 3, 2026: the agenda is gone.",
    ]


def test_what_came_of_it_is_written_down() -> None:
    first = planned()
    event = details.write_down(read(first), Afterwards(14, "One lab a week."), **STAMP)
    own = read(first, event)
    assert details.afterwards(own) == Afterwards(14, "One lab a week.")
    nobody = details.write_down(own, Afterwards(0, "One lab a week."), who="lead", at=at(3))
    assert read(first, event, nobody).attended == 0
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        details.write_down(own, details.afterwards(own), **STAMP)


def test_a_session_keeps_off_a_day_that_another_of_its_focus_has() -> None:
    other = sessions.make(
        "f1", on=date(2026, 11, 10), student_part=StudentPart.ASKED, who="lead", at=at(1)
    )
    both = sessions.sessions(records(planned(), other))
    with pytest.raises(DecisionProblem, match="has a PD session on Nov 10, 2026 already"):
        details.save(both[0], ALL, planned=both, **STAMP)
    assert details.save(both[1], ALL, planned=both, **STAMP).fields["minutes"] == "45"


def test_a_session_that_is_called_off_is_not_changed() -> None:
    first = planned()
    off = read(first, sessions.cancel(read(first), who="lead", at=at(2)))
    for change in (
        lambda: details.save(off, ALL, planned=(), **STAMP),
        lambda: details.keep_agenda(off, "5 min: A", **STAMP),
        lambda: details.write_down(off, Afterwards(1, ""), **STAMP),
    ):
        with pytest.raises(DecisionProblem, match="called off"):
            change()


def test_what_people_type_into_the_sheet_is_read_as_the_least() -> None:
    row = {"focus": "f", "minutes": "an hour", "format": "party", "students": "7", "attended": "-2"}
    (own,) = sessions.sessions(typed_into_sheet(tabs.SESSIONS, row))
    assert (own.minutes, own.format, own.students, own.attended) == (
        0,
        Format.WORKSHOP,
        None,
        None,
    )


def test_one_more_session_needs_a_day() -> None:
    with pytest.raises(DecisionProblem, match="needs a day"):
        sessions.add("f1", on=None, planned=(), **STAMP)
    assert read(sessions.add("f1", on=date(2027, 1, 4), planned=(), **STAMP)).on == date(2027, 1, 4)
