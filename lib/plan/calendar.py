"""The sessions of a school year: in terms and months, and as a calendar file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from itertools import groupby

from icalendar import Calendar, Event

from lib.catalogue import called
from lib.decided import day_words, one_line
from lib.plan.details import summary
from lib.plan.focus import Focus
from lib.plan.sessions import Session, stands
from lib.students_part import StudentPart

_NEW_YEAR = 8
"""The month in which a school year begins; its second half begins in January."""

_LAST_REVISION = 2**31 - 1
"""The largest whole number of a calendar file; a sheet can hold any."""

PRODUCT = "-//Seat at the Table//PD plan//EN"


@dataclass(frozen=True)
class Month:
    """The sessions of one month, by day."""

    name: str
    sessions: tuple[Session, ...]


def school_year(day: date) -> int:
    """The year in which the school year of this day began: 2026 for January 2027."""
    return day.year if day.month >= _NEW_YEAR else day.year - 1


def year_words(year: int) -> str:
    """A school year as people say it: "2026 to 2027"."""
    return f"{year} to {year + 1}"


def years(planned: Sequence[Session]) -> tuple[int, ...]:
    """The school years that have a session, the newest first."""
    return tuple(sorted({school_year(s.on) for s in planned if s.on}, reverse=True))


def months(planned: Sequence[Session], year: int) -> tuple[Month, ...]:
    """The months of a school year that have sessions, called off or not, in order."""
    mine = sorted(
        (s for s in planned if s.on and school_year(s.on) == year),
        key=lambda s: (s.on or date.max, s.record_id),
    )
    return tuple(
        Month(name, tuple(of)) for name, of in groupby(mine, key=lambda s: f"{s.on:%B %Y}")
    )


@dataclass(frozen=True)
class Step:
    """One session in the story of the students' part: its day, its term, their part."""

    on: date
    term: str
    part: StudentPart


def steps(planned: Sequence[Session]) -> tuple[Step, ...]:
    """How the students' part went from session to session, those called off left out."""
    told = sorted(
        (s for s in planned if s.on and stands(s)), key=lambda s: (s.on or date.max, s.record_id)
    )
    return tuple(Step(s.on, _term(s.on), s.student_part) for s in told if s.on)


def steps_words(told: Sequence[Step]) -> str:
    """The story in one sentence; "" before there are two sessions."""
    if len(told) < 2:
        return ""
    ladder = list(StudentPart)
    first, last = told[0], told[-1]
    grew = ladder.index(last.part) - ladder.index(first.part)
    verb = "grew" if grew > 0 else "shrank" if grew < 0 else "stayed where it was"
    if not grew:
        return f"Students' part {verb}: {last.part.value}, from {first.term} to {last.term}."
    return (
        f"Students' part {verb}: {first.part.value} in {first.term}, "
        f"{last.part.value} in {last.term}."
    )


def to_ics(
    planned: Sequence[Session], chosen: Sequence[Focus], names: Mapping[str, str], *, school: str
) -> bytes:
    """Sessions as a calendar file (RFC 5545), each an event of a whole day.

    A session keeps its id, so that a later file moves or cancels what an earlier one brought in.
    No time of day is kept, and no name of a student is in it. Nor is the agenda: a calendar goes
    to whoever is invited, and what the figures say is for the room.
    """
    practice = {focus.record_id: focus.practice for focus in chosen}
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"PD sessions, {one_line(school)}")
    for session in planned:
        if session.on is None:
            continue
        about = practice.get(session.focus, "")
        event = Event()
        event.add("uid", f"{session.record_id}@seat-at-the-table")
        event.add("dtstamp", session.record.latest.at.astimezone(UTC))
        event.add("sequence", max(0, min(session.record.latest.revision, _LAST_REVISION)))
        event.add("dtstart", session.on)
        event.add("dtend", session.on + timedelta(days=1))
        event.add("summary", f"PD session: {called(about, names) if about else 'no focus'}")
        event.add("status", "CONFIRMED" if stands(session) else "CANCELLED")
        event.add("description", _description(session))
        if session.materials:
            event.add("url", session.materials)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def file_name(session: Session) -> str:
    """What the calendar file of one session is called."""
    return f"pd-session-{session.on.isoformat() if session.on else 'no-day'}.ics"


def title(session: Session) -> str:
    """A session as a title: "PD session of Feb 10, 2027"."""
    return f"PD session of {day_words(session.on)}" if session.on else "PD session without a day"


def _description(session: Session) -> str:
    said = [summary(session)]
    if session.materials:
        said += ["", f"Materials: {session.materials}"]
    return "\n".join(said)


def _term(day: date) -> str:
    return f"{'Fall' if day.month >= _NEW_YEAR else 'Spring'} {day.year}"
