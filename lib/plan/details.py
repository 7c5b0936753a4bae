"""What a session's own page keeps: how it is held, its agenda, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lib.decided import DecisionProblem, decide, one_line, written_date
from lib.plan import agenda as parts
from lib.plan.sessions import Format, Session, materials_link, must_be_free, stands
from lib.plan.words import written
from lib.students_part import StudentPart
from lib.voices.conversations import HowMany
from lib.workbook import tabs
from lib.workbook.records import Event

USUAL_MINUTES = 60
"""How long to plan a session for where nothing says how long."""


@dataclass(frozen=True)
class Details:
    """A session as it stands in the form. ``minutes`` is its length, ``students`` how many."""

    on: date | None
    minutes: int
    format: Format
    led_by: str
    students: HowMany | None
    student_part: StudentPart
    materials: str


@dataclass(frozen=True)
class Afterwards:
    """What is written down after a session: how many adults came, what they committed to."""

    attended: int | None
    committed: str


def told_minutes(session: Session) -> int:
    """How long a session takes, as somebody said it or as its agenda adds up; 0 for neither.

    Never less than an agenda takes nor more than a school day: a sheet can hold any number.
    """
    told = session.minutes or parts.minutes(session.agenda)
    return min(max(told, parts.LEAST_MINUTES), parts.MOST_MINUTES) if told else 0


def length(session: Session | None) -> int:
    """How long to plan a session for, in minutes; an hour where nothing says how long."""
    return (told_minutes(session) if session else 0) or USUAL_MINUTES


def details(session: Session) -> Details:
    """The session as it stands, with the length to plan it for."""
    return Details(
        on=session.on,
        minutes=length(session),
        format=session.format,
        led_by=session.led_by,
        students=session.students,
        student_part=session.student_part,
        materials=session.materials,
    )


def afterwards(session: Session) -> Afterwards:
    """What is written down so far."""
    return Afterwards(session.attended, session.committed)


def save(
    session: Session, typed: Details, *, planned: Sequence[Session], who: str, at: datetime
) -> Event:
    """Save how a session is held. Raises DecisionProblem: without a day, or with a broken link.

    And where it is moved onto a day on which its focus has another among ``planned``.
    """
    _must_stand(session)
    if typed.on is None:
        raise DecisionProblem("A session needs a day.", "Pick one, or call the session off.")
    if typed.on != session.on:
        must_be_free(typed.on, session.focus, planned)
    if not parts.LEAST_MINUTES <= typed.minutes <= parts.MOST_MINUTES:
        raise DecisionProblem(
            f"A session takes between {parts.LEAST_MINUTES} and {parts.MOST_MINUTES} minutes.",
            "Set its length.",
        )
    materials = written("materials", typed.materials)
    if materials and not materials_link(materials):
        raise DecisionProblem(
            "The link to materials is no web address.",
            "Copy it from the browser: it begins with https://.",
        )
    fields = {
        "date": written_date(typed.on),
        "minutes": str(typed.minutes),
        "format": typed.format.value,
        "led_by": written("led_by", typed.led_by),
        "students": typed.students.value if typed.students else "",
        "student_part": typed.student_part.value,
        "materials": materials,
    }
    return decide(tabs.SESSIONS, fields, who=who, at=at, previous=session.record)


def keep_agenda(session: Session, typed: str, *, who: str, at: datetime) -> Event:
    """Keep an agenda as somebody typed it; an empty one takes it away. Raises DecisionProblem."""
    _must_stand(session)
    fields = {"agenda": parts.text(parts.typed(typed))}
    return decide(tabs.SESSIONS, fields, who=who, at=at, previous=session.record)


def write_down(session: Session, typed: Afterwards, *, who: str, at: datetime) -> Event:
    """Write down what came of a session. Raises DecisionProblem."""
    _must_stand(session)
    if typed.attended is not None and not 0 <= typed.attended <= 9999:
        raise DecisionProblem("So many people cannot have come.", "Count the adults who came.")
    fields = {
        "attended": "" if typed.attended is None else str(typed.attended),
        "committed": written("committed", typed.committed),
    }
    return decide(tabs.SESSIONS, fields, who=who, at=at, previous=session.record)


def summary(session: Session) -> str:
    """A session in one line: "Workshop, 60 minutes, led by Ana. Students: leading (a few)."."""
    said = [session.format.value.capitalize()]
    if minutes := told_minutes(session):
        said.append(f"{minutes} minutes")
    if session.led_by:
        said.append(f"led by {one_line(session.led_by)}")
    many = f" ({session.students.value})" if session.students else ""
    return f"{', '.join(said)}. Students: {session.student_part.value}{many}."


def _must_stand(session: Session) -> None:
    if not stands(session):
        raise DecisionProblem(
            "This session is called off.", "Plan it again on its page, or plan a new one."
        )
