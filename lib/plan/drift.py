"""What changed in a form since a person accepted how it is read.

A question that is reworded, moved, deleted or added again is noticed, and where two may be one
a person is asked: its history then goes on under one practice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from lib.decided import Records
from lib.intake import Correction, fields_of
from lib.intake.feedback import Role
from lib.intake.tables import short, unanswered
from lib.intake.text import fold
from lib.plan.mapping import (
    ASKED,
    Question,
    accepted_fields,
    as_read,
    asks,
    by_correction,
    event,
    key,
    unaccepted,
)
from lib.text import count, join_words
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

GONE = "no longer asked"

IF_A_MISTAKE = (
    "Its answers are gone with it. If that was a mistake, bring the column back: in Google Sheets "
    "choose File, Version history."
)
"""What to do about a question that is gone."""

_LISTED = 5
"""New questions that are named by their column; of the rest their number is said."""

_UNIMPORTANT = frozenset({None, Role.EMPTY, Role.NOTE, Role.OTHER})

_ALIKE = 0.55
_ALIKE_BESIDE = 0.75
"""How like a question must be to one that is gone, or to one that is still there (0 to 1).

Where it is gone, asking once too often costs a click, and not asking breaks a practice's history;
where it is still there, most new questions are new.
"""


@dataclass(frozen=True)
class Remembered:
    """A question as it was accepted. ``letter`` is where it stood then."""

    correction: Correction
    letter: str
    record: Record


@dataclass(frozen=True)
class Lookalike:
    """A new question and the one that it may be. ``replaced``: the earlier one is gone."""

    question: Question
    earlier: Remembered
    replaced: bool


@dataclass(frozen=True)
class Changes:
    """What is different from what was accepted; all empty before anything was.

    ``again`` are questions that stand in the form once more and are read the same way, ``moved``
    those in another column than before, ``new`` all others that nobody has accepted yet.
    """

    lookalikes: tuple[Lookalike, ...] = ()
    gone: tuple[Remembered, ...] = ()
    again: tuple[Question, ...] = ()
    moved: tuple[Question, ...] = ()
    new: tuple[Question, ...] = ()


def changes(asked: Sequence[Question], records: Records) -> Changes:
    """What is different from what was accepted."""
    remembered = _remembered(records)
    if not remembered:
        return Changes()
    present = {(q.column.header, q.ordinal): q for q in asked}
    unknown = [q for q in asked if not q.accepted and q.column.role is not Role.EMPTY]
    again = tuple(q for q in unknown if any(_is_again(q, m) for m in remembered))
    gone = [m for m in remembered if key(m.correction) not in present]
    alike = _lookalikes([q for q in unknown if q not in again], remembered, present)
    paired = [look.question for look in alike]
    explained = [look.earlier for look in alike]
    return Changes(
        lookalikes=alike,
        gone=tuple(m for m in gone if m not in explained and m.correction.role not in _UNIMPORTANT),
        again=again,
        moved=tuple(q for q in asked if q.moved),
        new=tuple(q for q in unknown if q not in again and q not in paired),
    )


def summary(found: Changes, asked: Sequence[Question]) -> tuple[str, ...]:
    """All that changed in a form, and whether anybody has accepted how it is read."""
    if not asked:
        return ()
    said = []
    if found.lookalikes:
        look = "looks" if len(found.lookalikes) == 1 else "look"
        said.append(
            f"{count(len(found.lookalikes), 'new question').capitalize()} {look} like an earlier "
            "one. Say whether it is the same."
        )
    if found.gone:
        are = "is" if len(found.gone) == 1 else "are"
        said.append(f"{count(len(found.gone), 'question').capitalize()} {are} gone from the sheet.")
    said += notes(found)
    if unanswered([question.column for question in asked]):
        return tuple(said)
    if not any(question.accepted for question in asked):
        said.append(
            "Is every question read as you meant it? Say so once, and the app notices when the "
            "form changes."
        )
    elif not unaccepted(asked):
        said.append("It is written down as you accepted it; a change in the form is noticed here.")
    return tuple(said)


def notes(found: Changes) -> tuple[str, ...]:
    """What changed and needs no decision, in sentences."""
    said = [
        f"“{short(question.column.header)}” stands in the sheet again, in column "
        f"{question.letter}. Where nobody answered both, the two count as one question."
        for question in found.again
    ]
    if found.moved:
        stand = "stands" if len(found.moved) == 1 else "stand"
        said.append(
            f"{count(len(found.moved), 'question').capitalize()} {stand} in another column than "
            "before. A question is known by its words, so nothing changes."
        )
    if found.new:
        are, them = ("is", "it") if len(found.new) == 1 else ("are", "them")
        letters = [question.letter for question in found.new[:_LISTED]]
        more = f" and {len(found.new) - _LISTED} more" if len(found.new) > _LISTED else ""
        said.append(
            f"{count(len(found.new), 'question').capitalize()} {are} new: "
            f"{join_words(letters)}{more}. Check what the app takes {them} for."
        )
    return tuple(said)


def ask(look: Lookalike) -> str:
    """The question to a person about two that may be one."""
    return f"This looks like “{short(look.earlier.correction.header)}”. Is it the same question?"


def why(look: Lookalike) -> str:
    """What stands in the sheet now, and where the earlier question is."""
    earlier, now = look.earlier, look.question
    says = f"Column {now.letter} asks “{short(now.column.header)}”. "
    if not look.replaced:
        return f"{says}The earlier question is still there."
    if earlier.letter == now.letter:
        return f"{says}The earlier question stood in the same column and is gone."
    return f"{says}The earlier question, in column {earlier.letter} before, is gone."


def says_gone(lost: Remembered) -> str:
    """What is missing."""
    return f"“{short(lost.correction.header)}” is gone from the sheet."


def same(look: Lookalike, *, who: str, at: datetime) -> tuple[Event, ...]:
    """Say that a new question is the earlier one in other words: one practice, one history."""
    earlier, now = look.earlier.correction, as_read(look.question)
    kept_scale = (now.low, now.high) in ((earlier.low, earlier.high), (None, None))
    scale = earlier if kept_scale else now
    correction = Correction(
        header=now.header,
        ordinal=now.ordinal,
        role=earlier.role,
        practice=earlier.practice,
        low=scale.low,
        high=scale.high,
        favorable_from=scale.favorable_from,
    )
    fields = {
        **fields_of(correction),
        "letter": look.question.letter,
        "same_as": earlier.header,
        "state": ASKED,
    }
    events = [event(look.question, fields, who, at)]
    if look.replaced:
        events.append(taken_out(look.earlier, who=who, at=at))
    return tuple(events)


def different(look: Lookalike, *, who: str, at: datetime) -> Event:
    """Say that a new question is one of its own."""
    return event(look.question, accepted_fields(look.question), who, at)


def taken_out(earlier: Remembered, *, who: str, at: datetime) -> Event:
    """Say that a question is gone on purpose."""
    return new_event(tabs.COLUMNS, {"state": GONE}, who=who, at=at, previous=earlier.record)


def _lookalikes(
    unknown: Sequence[Question],
    remembered: Sequence[Remembered],
    present: Mapping[tuple[str, int], Question],
) -> tuple[Lookalike, ...]:
    """Pair new questions with what they may be, the likest first; each is asked about once."""
    scored = []
    for question in unknown:
        for earlier in remembered:
            replaced = key(earlier.correction) not in present
            score = _likeness(question, earlier, replaced=replaced)
            if score:
                scored.append((score, question, earlier, replaced))
    scored.sort(key=lambda item: (-item[0], item[1].column.position))
    found: list[Lookalike] = []
    for _, question, earlier, replaced in scored:
        if not any(question is look.question or earlier is look.earlier for look in found):
            found.append(Lookalike(question, earlier, replaced))
    return tuple(sorted(found, key=lambda look: look.question.column.position))


def _is_again(question: Question, earlier: Remembered) -> bool:
    """Whether a question stands in the form again under the same text, and is read the same."""
    return (
        question.column.header == earlier.correction.header
        and question.column.role is earlier.correction.role
        and question.column.practice == earlier.correction.practice
    )


def _likeness(question: Question, earlier: Remembered, *, replaced: bool) -> float:
    """How likely a new question is an earlier one; 0 where it is not worth asking."""
    role = earlier.correction.role
    if role in _UNIMPORTANT or role in (Role.TIMESTAMP, Role.IDENTITY):
        return 0.0
    if question.column.header == earlier.correction.header:
        return 2.0
    alike = _alike(asks(question.column.header), asks(earlier.correction.header))
    in_place = replaced and question.letter == earlier.letter and question.column.role is role
    if in_place:
        return 1.0 + alike
    return alike if alike >= (_ALIKE if replaced else _ALIKE_BESIDE) else 0.0


def _alike(one: str, other: str) -> float:
    first, second = fold(one), fold(other)
    words, others = set(first.split()), set(second.split())
    shared = len(words & others) / max(1, len(words | others))
    return max(shared, SequenceMatcher(None, first, second).ratio())


def _remembered(records: Records) -> list[Remembered]:
    return [
        Remembered(correction, record.fields.get("letter", ""), record)
        for correction, record in by_correction(records)
        if record.fields.get("state") == ASKED
    ]
