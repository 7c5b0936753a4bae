"""PD sessions: when a focus is worked on, and what part students have in it."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from lib.decided import (
    DecisionProblem,
    Records,
    day_words,
    decide,
    fields_before,
    one_line,
    span,
    stored_date,
    stored_state,
    written_date,
)
from lib.plan import agenda
from lib.plan.agenda import Item
from lib.plan.words import stored
from lib.students_part import StudentPart
from lib.voices.conversations import HowMany
from lib.workbook import tabs
from lib.workbook.records import Event, Record

_DOUBTFUL = timedelta(days=2 * 365)
"""A day further away than this is asked about."""

# No address needs them, and a link must not end where its reader does not see it.
_UNFIT = re.compile(r"[\s<>\"'`\\^{}|]")


class SessionState(StrEnum):
    """Whether a session stands."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class Format(StrEnum):
    """What kind of event it is."""

    WORKSHOP = "workshop"
    LESSON_STUDY = "lesson study"
    PANEL = "panel"
    LEARNING_WALK = "learning walk"
    COACHING_CYCLE = "coaching cycle"
    STUDENT_LED = "student-led"


@dataclass(frozen=True)
class Session:
    """A PD event. ``focus`` is the record id of its focus; ``on`` is None when unreadable.

    ``minutes`` is its length, 0 where not said; ``students`` how many take part, None where nobody
    said; ``attended`` how many adults came, None before somebody counted; ``committed`` what they
    committed to. ``agenda`` is empty until somebody keeps one.
    """

    record_id: str
    focus: str
    on: date | None
    student_part: StudentPart
    state: SessionState
    record: Record
    minutes: int = 0
    format: Format = Format.WORKSHOP
    led_by: str = ""
    students: HowMany | None = None
    materials: str = ""
    attended: int | None = None
    committed: str = ""
    agenda: tuple[Item, ...] = ()


def sessions(records: Records) -> tuple[Session, ...]:
    """Every session in the tab PD Sessions, by day; those whose day cannot be read come last."""
    found = (_read(record) for record in records.values())
    return tuple(sorted(found, key=lambda s: (s.on or date.max, s.record_id)))


def next_session(focus: str, planned: Sequence[Session], today: date) -> Session | None:
    """The first session of a focus (its record id) today or later that is not cancelled."""
    coming = (s for s in planned if s.focus == focus and stands(s) and s.on and s.on >= today)
    return min(coming, key=lambda s: (s.on or date.max, s.record_id), default=None)


def dated(planned: Sequence[Session], focuses: Collection[str]) -> tuple[Session, ...]:
    """All sessions of these focuses (record ids) that have a day and were not cancelled."""
    return tuple(s for s in planned if s.focus in focuses and stands(s) and s.on)


def notes(
    focus: str, planned: Sequence[Session], *, chosen_on: date, today: date
) -> tuple[str, ...]:
    """Say which sessions a focus (its record id) has had, and which days may be slips.

    A day more than two years ahead, or before the practice was chosen, is allowed but said.
    """
    own = [s for s in planned if s.focus == focus and stands(s)]
    days = [s.on for s in own if s.on]
    past = [f"{day_words(s.on)}, students {s.student_part}" for s in own if s.on and s.on < today]
    said = [f"PD sessions so far: {'; '.join(past)}."] if past else []
    said += [
        f"Is {day_words(day)} right? That is {span((day - today).days)} from now."
        for day in days
        if day - today > _DOUBTFUL
    ]
    said += [
        f"Is {day_words(day)} right? That is {span((chosen_on - day).days)} before the choice."
        for day in days
        if chosen_on - day > _DOUBTFUL
    ]
    if len(days) < len(own):
        said.append("A PD session has a day that cannot be read. Set it in the tab PD Sessions.")
    return tuple(said)


def make(focus: str, *, on: date, student_part: StudentPart, who: str, at: datetime) -> Event:
    """Plan a session for a focus (its record id). Raises DecisionProblem without a focus."""
    if not focus:
        raise DecisionProblem("A session belongs to a focus practice.", "Choose a focus first.")
    fields = {"focus": focus, "state": SessionState.PLANNED.value, **_columns(on, student_part)}
    return decide(tabs.SESSIONS, fields, who=who, at=at)


def add(
    focus: str,
    *,
    on: date | None,
    planned: Sequence[Session],
    who: str,
    at: datetime,
    student_part: StudentPart = StudentPart.AT_THE_TABLE,
) -> Event:
    """Plan one more session for a focus (its record id).

    Raises DecisionProblem without a day, and for a day on which it has one among ``planned``.
    """
    if on is None:
        raise DecisionProblem("A session needs a day.", "Pick one.")
    must_be_free(on, focus, planned)
    return make(focus, on=on, student_part=student_part, who=who, at=at)


def must_be_free(on: date, focus: str, planned: Sequence[Session]) -> None:
    """Pass if a focus (its record id) has no session among ``planned`` on a day.

    Raises DecisionProblem where it has: of two sessions on one day nobody can tell which is meant.
    """
    if any(session.on == on for session in dated(planned, {focus})):
        raise DecisionProblem(
            f"This focus has a PD session on {day_words(on)} already.", "Pick another day."
        )


def edit(
    session: Session,
    *,
    on: date,
    student_part: StudentPart,
    planned: Sequence[Session],
    who: str,
    at: datetime,
) -> Event:
    """Save a session's day and the students' part. Raises DecisionProblem when cancelled.

    And where it is moved onto a day on which its focus has another among ``planned``.
    """
    if not stands(session):
        raise DecisionProblem("This session is cancelled.", "Undo that first, or plan a new one.")
    if on != session.on:
        must_be_free(on, session.focus, planned)
    fields = _columns(on, student_part)
    return decide(tabs.SESSIONS, fields, who=who, at=at, previous=session.record)


def cancel(session: Session, *, who: str, at: datetime) -> Event:
    """Call a session off; it stays in the record. Raises DecisionProblem when it is off already."""
    if not stands(session):
        raise DecisionProblem("This session is cancelled already.", "There is nothing to do.")
    fields = {"state": SessionState.CANCELLED.value}
    return decide(tabs.SESSIONS, fields, who=who, at=at, previous=session.record)


def undo(session: Session, *, planned: Sequence[Session], who: str, at: datetime) -> Event:
    """Take the last change back by a new revision; undoing the plan itself cancels it.

    Raises DecisionProblem where that brings the session back to a day on which its focus has
    another among ``planned`` by now.
    """
    before = fields_before(session.record) or {"state": SessionState.CANCELLED.value}
    event = decide(tabs.SESSIONS, before, who=who, at=at, previous=session.record)
    again = _read(Record(session.record_id, (*session.record.history, event)))
    if again.on and stands(again) and not (stands(session) and again.on == session.on):
        others = [each for each in planned if each.record_id != session.record_id]
        must_be_free(again.on, again.focus, others)
    return event


def _read(record: Record) -> Session:
    return Session(
        record_id=record.record_id,
        focus=stored(record, "focus"),
        on=stored_date(record, "date"),
        # An unreadable part claims the least.
        student_part=stored_state(record, "student_part", StudentPart, StudentPart.TOLD),
        state=stored_state(record, "state", SessionState, SessionState.PLANNED),
        record=record,
        minutes=_number(record, "minutes") or 0,
        format=stored_state(record, "format", Format, Format.WORKSHOP),
        led_by=stored(record, "led_by"),
        students=_how_many(record),
        materials=materials_link(record.fields.get("materials", "")),
        attended=_number(record, "attended"),
        committed=stored(record, "committed"),
        agenda=agenda.read(record.fields.get("agenda", "")),
    )


def materials_link(text: str) -> str:
    """The address if it is one that a browser may open (http or https, with a host), else ""."""
    address = one_line(text)
    try:
        parts = urlsplit(address)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return address if fine and not _UNFIT.search(address) else ""


def _number(record: Record, column: str) -> int | None:
    text = one_line(record.fields.get(column, ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _how_many(record: Record) -> HowMany | None:
    text = one_line(record.fields.get("students", "")).lower()
    return next((each for each in HowMany if each.value == text), None)


def _columns(on: date, student_part: StudentPart) -> dict[str, str]:
    return {"date": written_date(on), "student_part": student_part.value}


def stands(session: Session) -> bool:
    """Whether a session was not cancelled."""
    return session.state is SessionState.PLANNED
