"""Conversations with students, written down without names: beside the form, never mixed into it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from lib.decided import (
    DecisionProblem,
    Records,
    cut,
    decide,
    one_line,
    stored_date,
    stored_state,
    within,
    written_date,
)
from lib.intake.feedback import Standing
from lib.students_part import StudentPart
from lib.voices.lines import from_cell, to_cell
from lib.voices.sayings import Saying, Source, month_words, saying_id, wording
from lib.workbook import tabs
from lib.workbook.records import Event, Record

LONGEST_NOTE = 600
"""Characters: what is said in under a minute."""


class Kind(StrEnum):
    """What kind of conversation it was."""

    INFORMAL_TALK = "informal talk"
    STUDENT_PANEL = "student panel"
    SHADOWING_DAY = "shadowing day"
    STUDENT_LED_PD = "student-led PD"


class HowMany(StrEnum):
    """How many students took part: never the number itself."""

    A_FEW = "a few"
    FIVE_TO_NINE = "5-9"
    TEN_OR_MORE = "10 or more"


class _State(StrEnum):
    LOGGED = "logged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Conversation:
    """One conversation. ``standings`` by practice id; ``heard`` is not to be shown as it stands:
    its words go through the review (``note_id``), and pages never say who wrote it down.
    """

    record_id: str
    on: date | None
    kind: Kind
    students: HowMany
    standings: Mapping[str, Standing]
    student_part: StudentPart
    heard: str
    record: Record

    @property
    def month(self) -> str:
        """The month, "January 2027"; "" where its day cannot be read."""
        return month_words(self.on)

    @property
    def note_id(self) -> str:
        """The id under which what was heard is reviewed; other words are another saying."""
        return saying_id(Source.CONVERSATION, self.record_id, wording(self.heard))


def conversations(records: Records) -> tuple[Conversation, ...]:
    """Every conversation in PD Conversations that was not withdrawn, newest first."""
    kept = [
        _read(record)
        for record in records.values()
        if stored_state(record, "state", _State, _State.LOGGED) is _State.LOGGED
    ]
    return tuple(sorted(kept, key=lambda c: (c.on or date.min, c.record_id), reverse=True))


def notes(held: Iterable[Conversation]) -> tuple[Saying, ...]:
    """What was heard, as sayings for the review. A conversation belongs to no wave."""
    return tuple(
        Saying(
            saying_id=conversation.note_id,
            source=Source.CONVERSATION,
            text=conversation.heard,
            question=conversation.kind.value,
            at=datetime.combine(conversation.on, time()) if conversation.on else None,
        )
        for conversation in held
        if conversation.heard
    )


def mentions(held: Iterable[Conversation]) -> dict[str, Counter[Standing]]:
    """In how many conversations each practice came up, by what was said of it."""
    found: dict[str, Counter[Standing]] = {}
    for conversation in held:
        for practice, standing in conversation.standings.items():
            found.setdefault(practice, Counter())[standing] += 1
    return found


def log(
    *,
    on: date,
    kind: Kind,
    students: HowMany,
    standings: Mapping[str, Standing],
    student_part: StudentPart,
    heard: str,
    today: date,
    who: str,
    at: datetime,
) -> Event:
    """Write a conversation down. Raises DecisionProblem: it says what is missing."""
    fields = _columns(on, kind, students, standings, student_part, heard, today)
    return decide(tabs.CONVERSATIONS, fields, who=who, at=at)


def edit(
    conversation: Conversation,
    *,
    on: date,
    kind: Kind,
    students: HowMany,
    standings: Mapping[str, Standing],
    student_part: StudentPart,
    heard: str,
    today: date,
    who: str,
    at: datetime,
) -> Event:
    """Put a conversation right; other words go through the review anew. Raises DecisionProblem."""
    fields = _columns(on, kind, students, standings, student_part, heard, today)
    return decide(tabs.CONVERSATIONS, fields, who=who, at=at, previous=conversation.record)


def withdraw(conversation: Conversation, *, who: str, at: datetime) -> Event:
    """Take a conversation back; its row stays in the sheet's history."""
    fields = {"state": _State.WITHDRAWN.value}
    return decide(tabs.CONVERSATIONS, fields, who=who, at=at, previous=conversation.record)


def _read(record: Record) -> Conversation:
    said = from_cell(record.fields.get("standings", ""))
    known = {standing.value: standing for standing in Standing}
    return Conversation(
        record_id=record.record_id,
        on=stored_date(record, "date"),
        kind=stored_state(record, "kind", Kind, Kind.INFORMAL_TALK),
        # What cannot be read claims the least.
        students=stored_state(record, "students", HowMany, HowMany.A_FEW),
        standings={
            practice: known[word.lower()]
            for practice, word in said.items()
            if word.lower() in known
        },
        student_part=stored_state(record, "student_part", StudentPart, StudentPart.TOLD),
        heard=cut(record.fields.get("heard", ""), LONGEST_NOTE),
        record=record,
    )


def _columns(
    on: date,
    kind: Kind,
    students: HowMany,
    standings: Mapping[str, Standing],
    student_part: StudentPart,
    heard: str,
    today: date,
) -> dict[str, str]:
    if on > today:
        raise DecisionProblem("This day is still to come.", "Pick the day of the conversation.")
    note = within("What you heard", heard, LONGEST_NOTE)
    if not note and not standings:
        raise DecisionProblem(
            "A conversation needs a practice or a sentence.",
            "Tap a practice, or write what you heard.",
        )
    return {
        "date": written_date(on),
        "kind": kind.value,
        "students": students.value,
        "standings": to_cell({one_line(p): standing.value for p, standing in standings.items()}),
        "student_part": student_part.value,
        "heard": note,
        "state": _State.LOGGED.value,
    }
