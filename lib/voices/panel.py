"""A panel: a room reads the charts, guesses first, and says what matters most.

Students at the table, or a staff meeting. Everything is the room's, nothing is one person's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from lib.decided import (
    DecisionProblem,
    Records,
    decide,
    one_line,
    stored_date,
    stored_state,
    within,
    written_date,
)
from lib.evidence.types import Figure, WaveTable
from lib.voices.conversations import HowMany
from lib.voices.lines import from_cell, order_from_cell, order_to_cell, to_cell
from lib.voices.sayings import Saying, Source, month_words, saying_id
from lib.workbook import tabs
from lib.workbook.records import Event, Record

LONGEST_LINE = 200
"""Characters of one strength, concern or idea: a line on a projector."""


class Room(StrEnum):
    """Who sits in the room."""

    STUDENTS = "student panel"
    STAFF = "staff meeting"


class Part(StrEnum):
    """What a room says of a practice; the values are the columns of PD Panels."""

    STRENGTH = "strengths"
    CONCERN = "concerns"
    IDEA = "ideas"


class _State(StrEnum):
    HELD = "held"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Panel:
    """One panel. ``wave`` is the id of the wave whose charts it read; ``guesses`` in percent
    favorable, by practice; ``order`` practices, first what matters most. ``said`` holds the
    room's lines by part and practice: they go through the review before any page shows them.
    """

    record_id: str
    on: date | None
    room: Room
    students: HowMany
    wave: str
    guesses: Mapping[str, int]
    order: tuple[str, ...]
    said: Mapping[Part, Mapping[str, str]]
    record: Record

    @property
    def month(self) -> str:
        """The month, "January 2027"; "" where its day cannot be read."""
        return month_words(self.on)

    def line_id(self, part: Part, practice: str) -> str:
        """The id under which one line of the room is reviewed; other words are another saying."""
        text = self.said[part][practice]
        return saying_id(Source.PANEL, self.record_id, part.value, practice, text)


def panels(records: Records) -> tuple[Panel, ...]:
    """Every panel in PD Panels that was not withdrawn, newest first."""
    kept = [
        _read(record)
        for record in records.values()
        if stored_state(record, "state", _State, _State.HELD) is _State.HELD
    ]
    return tuple(sorted(kept, key=_newest, reverse=True))


def _newest(panel: Panel) -> tuple[date, datetime, str]:
    return (panel.on or date.min, panel.record.history[0].at, panel.record_id)


def lines(held: Iterable[Panel]) -> tuple[Saying, ...]:
    """What rooms said, line by line, as sayings for the review."""
    return tuple(
        Saying(
            saying_id=panel.line_id(part, practice),
            source=Source.PANEL,
            text=text,
            question=f"{panel.room.value}: {part.value}",
            at=datetime.combine(panel.on, time()) if panel.on else None,
        )
        for panel in held
        for part, by_practice in panel.said.items()
        for practice, text in by_practice.items()
    )


@dataclass(frozen=True)
class StudentsOrder:
    """The order that a panel of students gave the practices, to stand beside the staff's."""

    practices: tuple[str, ...]
    month: str
    students: HowMany
    wave: str


def students_order(held: Iterable[Panel]) -> StudentsOrder | None:
    """The order of the newest student panel that gave one."""
    for panel in held:
        if panel.room is Room.STUDENTS and panel.order:
            return StudentsOrder(panel.order, panel.month, panel.students, panel.wave)
    return None


@dataclass(frozen=True)
class Gap:
    """What the room guessed for a practice, what is printed, and guess minus printed in points."""

    practice: str
    guess: int
    printed: Figure
    points: int


def gaps(panel: Panel, table: WaveTable) -> tuple[Gap, ...]:
    """How far the room was off, widest first; what is not printed for everybody is left out.

    Empty where the table is another wave's than the one the room guessed about.
    """
    cell = table.everybody
    if cell is None or table.wave.wave_id != panel.wave:
        return ()
    found = []
    for practice, guess in panel.guesses.items():
        printed = cell.favorable.get(practice)
        if isinstance(printed, Figure):
            found.append(Gap(practice, guess, printed, guess - printed.percent))
    return tuple(sorted(found, key=lambda gap: (-abs(gap.points), gap.practice)))


def keep(
    *,
    record_id: str,
    on: date,
    room: Room,
    students: HowMany,
    wave: str,
    guesses: Mapping[str, int],
    said: Mapping[Part, Mapping[str, str]],
    order: Sequence[str],
    today: date,
    who: str,
    at: datetime,
) -> Event:
    """Keep a panel that was held, whole. ``record_id`` is new, and the panel's from now on.

    Raises DecisionProblem for a day to come, a guess outside of 0 to 100, a line that is too long,
    and where the room said nothing at all.
    """
    if on > today:
        raise DecisionProblem("This day is still to come.", "Begin the panel on its day.")
    if any(not 0 <= number <= 100 for number in guesses.values()):
        raise DecisionProblem("A guess is a percent.", "Give a number from 0 to 100.")
    lines_of = {
        part: {
            one_line(practice): within("One line", text, LONGEST_LINE)
            for practice, text in said.get(part, {}).items()
        }
        for part in Part
    }
    kept = tuple(dict.fromkeys(one_line(practice) for practice in order))
    if not guesses and not kept and not any(any(own.values()) for own in lines_of.values()):
        raise DecisionProblem(
            "The room has said nothing yet.", "Guess, write a line or order the practices."
        )
    fields = {
        "date": written_date(on),
        "kind": room.value,
        "students": students.value if room is Room.STUDENTS else "",
        "wave": one_line(wave),
        "guesses": to_cell({one_line(p): str(number) for p, number in guesses.items()}),
        "order": order_to_cell(kept),
        **{part.value: to_cell(own, between="\n") for part, own in lines_of.items()},
        "state": _State.HELD.value,
    }
    return decide(tabs.PANELS, fields, who=who, at=at, record_id=record_id)


def withdraw(panel: Panel, *, who: str, at: datetime) -> Event:
    """Take a panel back; its row stays in the sheet's history."""
    fields = {"state": _State.WITHDRAWN.value}
    return decide(tabs.PANELS, fields, who=who, at=at, previous=panel.record)


def _read(record: Record) -> Panel:
    fields = record.fields
    numbers = from_cell(fields.get("guesses", ""))
    return Panel(
        record_id=record.record_id,
        on=stored_date(record, "date"),
        # What cannot be read is not taken for the voice of students.
        room=stored_state(record, "kind", Room, Room.STAFF),
        students=stored_state(record, "students", HowMany, HowMany.A_FEW),
        wave=one_line(fields.get("wave", "")),
        guesses={p: n for p, text in numbers.items() if (n := _percent(text)) is not None},
        order=order_from_cell(fields.get("order", "")),
        said={part: from_cell(fields.get(part.value, ""), between="\n") for part in Part},
        record=record,
    )


def _percent(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else -1
    return number if 0 <= number <= 100 else None
