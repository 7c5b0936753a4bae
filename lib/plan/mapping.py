"""Which question is what, as a person accepts or corrects it.

``PD Columns`` holds one record a question, known by its text and by which of the columns with
that text it is. Once a person has accepted how the form is read every question is written down:
see ``lib.plan.drift`` for what that makes it possible to notice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from lib.catalogue import Practice, last_name
from lib.decided import DecisionProblem, Records, fields_before, nothing_changed
from lib.intake import Correction, corrections_of, fields_of
from lib.intake.feedback import Column, Role, Scale
from lib.intake.headers import read_headers
from lib.intake.practices import Practices
from lib.intake.tables import unanswered
from lib.workbook import tabs
from lib.workbook.layout import column_letters
from lib.workbook.records import Event, Record, new_event

ASKED = "asked"
OWN = ""
"""Stands for "a practice of its own" in a list to choose from."""

ON_A_SCALE = frozenset({Role.RATING, Role.TRUST, Role.FOLLOWUP})


@dataclass(frozen=True)
class Question:
    """One column of the form's tab; ``record`` is what PD Columns holds of it."""

    column: Column
    ordinal: int
    record: Record | None

    @property
    def letter(self) -> str:
        """Its column in the sheet."""
        return column_letters(self.column.position)

    @property
    def accepted(self) -> bool:
        """Whether a person accepted how it is read."""
        return self.record is not None and self.record.fields.get("state") == ASKED

    @property
    def moved(self) -> bool:
        """Whether it stood in another column when that was accepted."""
        before = self.record.fields.get("letter") if self.record and self.accepted else ""
        return bool(before) and before != self.letter


def questions(columns: Sequence[Column], records: Records) -> tuple[Question, ...]:
    """Every column with what PD Columns holds of it, in the sheet's order."""
    kept = {key(said): record for said, record in by_correction(records)}
    found = []
    for column, ordinal in zip(columns, _ordinals(columns), strict=True):
        found.append(Question(column, ordinal, kept.get((column.header, ordinal))))
    return tuple(found)


def to_look_at_first(asked: Sequence[Question]) -> int:
    """The place of the least certain question; where none is in doubt, of the first rating."""
    least = min(asked, key=lambda q: q.column.confidence)
    if least.column.doubtful:
        return asked.index(least)
    return next((i for i, q in enumerate(asked) if q.column.role is Role.RATING), 0)


def positions(columns: Sequence[Column], corrections: Iterable[Correction]) -> frozenset[int]:
    """The positions of the columns that these corrections are about."""
    about = {key(correction) for correction in corrections}
    return frozenset(
        column.position
        for column, ordinal in zip(columns, _ordinals(columns), strict=True)
        if (column.header, ordinal) in about
    )


def key(correction: Correction) -> tuple[str, int]:
    """What tells one question from another."""
    return correction.header, correction.ordinal


def asks(header: str) -> str:
    """The words that tell a question from its neighbors: a grid's row, or the whole question."""
    return read_headers([header])[0].asks


def as_read(question: Question) -> Correction:
    """How a column is understood now, as a person would say it.

    An empty column is left to recognition: it may be answered one day. So is the order of dates,
    which nobody has looked at yet, unless a person said what it is.
    """
    column, kept = question.column, question.record
    scale = column.scale if column.role in ON_A_SCALE else None
    return Correction(
        header=column.header,
        ordinal=question.ordinal,
        role=None if column.role is Role.EMPTY else column.role,
        practice=column.practice,
        low=scale.low if scale else None,
        high=scale.high if scale else None,
        favorable_from=scale.favorable_from if scale else None,
        date_order=corrections_of([kept])[0].date_order if kept else "",
    )


def said(
    question: Question,
    role: Role,
    practice: str | None = None,
    ends: tuple[int, int] | None = None,
    favorable_from: int | None = None,
    date_order: str = "",
) -> Correction:
    """What a person chose for a column.

    ``practice`` counts for ratings only, ``ends`` (lowest and highest point, from -100 to 100) and
    ``favorable_from`` (the lowest point that counts as favorable) for questions on a scale,
    ``date_order`` for the time of the answer. Raises DecisionProblem where the ends are no scale.
    """
    on_scale = ends is not None and role in ON_A_SCALE
    if on_scale and ends is not None and not -100 <= ends[0] < ends[1] <= 100:
        raise DecisionProblem(
            "The lowest point must lie below the highest, and both within 100.",
            "Give the two numbers as the form shows them.",
        )
    if on_scale and ends and favorable_from and not ends[0] < favorable_from <= ends[1]:
        favorable_from = None
    return Correction(
        header=question.column.header,
        ordinal=question.ordinal,
        role=None if role is Role.EMPTY else role,
        practice=practice if role is Role.RATING else None,
        low=ends[0] if on_scale and ends else None,
        high=ends[1] if on_scale and ends else None,
        favorable_from=favorable_from if on_scale else None,
        date_order=date_order if role is Role.TIMESTAMP else "",
    )


def scale_at(columns: Sequence[Column], position: int) -> Scale:
    """The scale of a column as it would be read; from 1 to 5 where its answers show none."""
    found = columns[position - 1].scale if columns else None
    return found or Scale(1, 5, 4)


def practice_choices(
    question: Question,
    asked: Sequence[Question],
    catalogue: Mapping[str, Practice],
    names: Mapping[str, str],
) -> dict[str, str]:
    """The practices a question can be about, id to name; OWN is one that it alone is about."""
    others = {q.column.practice for q in asked if q is not question and q.column.practice}
    choices = {practice.practice_id: practice.name for practice in catalogue.values()}
    choices |= {own: names.get(own) or last_name(own) for own in others}
    return {**dict(sorted(choices.items(), key=lambda c: c[1].casefold())), OWN: "One of its own"}


def practice_chosen(question: Question, chosen: str, taken: Iterable[str]) -> str:
    """The id of the practice chosen; a new one for OWN that is none of ``taken``."""
    if chosen != OWN:
        return chosen
    used = set(taken)
    if question.column.practice and question.column.practice not in used:
        return question.column.practice
    known, text = Practices(()), asks(question.column.header)
    practice = known.add(text, question.column.position)
    while practice in used:
        practice = known.add(text, question.column.position)
    return practice


def save(question: Question, correction: Correction, *, who: str, at: datetime) -> Event:
    """Write a correction down as the question's next revision. Raises DecisionProblem."""
    fields = fields_of(correction)
    if fields == fields_of(as_read(question)):
        raise nothing_changed()
    return event(question, fields, who, at)


def undo(question: Question, *, who: str, at: datetime) -> Event:
    """Take the last change of a question back; the first one goes back to what the app sees.

    Raises DecisionProblem where nothing was ever said of it.
    """
    if question.record is None:
        raise DecisionProblem("Nobody has changed this question.", "There is nothing to undo.")
    before = fields_before(question.record)
    if before is None:
        said_nothing = Correction(question.column.header, question.ordinal)
        before = {**fields_of(said_nothing), "state": "", "same_as": ""}
    return event(question, before, who, at)


def unaccepted(asked: Sequence[Question]) -> tuple[Question, ...]:
    """The questions whose reading is not written down as it stands; all of them at first.

    None before the first answer: with it nearly all would be read otherwise, and count as new.
    """
    if unanswered([question.column for question in asked]):
        return ()
    return tuple(question for question in asked if _is_news(question))


def accept(asked: Sequence[Question], *, who: str, at: datetime) -> tuple[Event, ...]:
    """Write down how every question is read, one event each. Raises DecisionProblem."""
    fresh = unaccepted(asked)
    if not fresh:
        raise DecisionProblem(
            "Every question is written down as it is read.", "Nothing is left to do."
        )
    return tuple(event(q, accepted_fields(q), who, at) for q in fresh)


def _ordinals(columns: Sequence[Column]) -> list[int]:
    """Which of the columns with its text each one is, counted from the left, from 1."""
    seen: dict[str, int] = {}
    found = []
    for column in columns:
        seen[column.header] = seen.get(column.header, 0) + 1
        found.append(seen[column.header])
    return found


def by_correction(records: Records) -> list[tuple[Correction, Record]]:
    """What PD Columns says of each question, with its record."""
    rows = list(records.values())
    return list(zip(corrections_of(rows), rows, strict=True))


def accepted_fields(question: Question) -> dict[str, str]:
    """The columns of PD Columns for a question that is right as it is read."""
    fields = fields_of(as_read(question))
    return {**fields, "letter": question.letter, "state": ASKED}


def _is_news(question: Question) -> bool:
    if question.record is None and question.column.role is Role.EMPTY:
        return False
    kept = question.record.fields if question.record else {}
    return any(kept.get(name, "") != value for name, value in accepted_fields(question).items())


def event(question: Question, fields: Mapping[str, str], who: str, at: datetime) -> Event:
    """The next revision of a question's record."""
    # The same question gets the same record from everybody, so that two people who decide at
    # once are seen to.
    text = f"{question.ordinal}\n{question.column.header}"
    record_id = sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    return new_event(
        tabs.COLUMNS, fields, who=who, at=at, record_id=record_id, previous=question.record
    )
