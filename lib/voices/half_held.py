"""A panel while it is held: the room guesses a practice before it sees it. Nothing is saved yet."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import uuid4

from lib.decided import one_line
from lib.evidence.types import Figure, WaveTable
from lib.voices.conversations import HowMany
from lib.voices.panel import LONGEST_LINE, Part, Room, keep
from lib.workbook.records import Event

MOST = 50
"""How many half-held panels of one name are kept at once. On trial all visitors have one name."""


@dataclass(frozen=True)
class HalfHeld:
    """What a room has said so far. ``key`` is the panel's record id once it is kept,
    ``who`` whose it is on a ``Shelf``.

    ``practices`` in the order in which they are read; ``place`` is the one on the screen, or
    ``len(practices)`` for the order at the end. ``printed``: those of which everybody's figure is
    printed for the public, which the room guesses before it sees it.
    """

    key: str
    on: date
    room: Room
    students: HowMany
    wave: str
    practices: tuple[str, ...]
    printed: frozenset[str]
    place: int = 0
    guesses: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[Part, Mapping[str, str]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    who: str = ""

    @property
    def practice(self) -> str:
        """The practice on the screen; "" at the end, where the room orders them."""
        return self.practices[self.place] if self.place < len(self.practices) else ""

    @property
    def shown(self) -> bool:
        """Whether the practice on the screen may be shown: the room has guessed it, or there is
        nothing to guess.
        """
        return self.practice in self.guesses or self.practice not in self.printed

    @property
    def begun(self) -> bool:
        """Whether the room has said anything yet: a guess, a line or an order."""
        lines = (line for own in self.said.values() for line in own.values())
        return bool(self.guesses or self.order or any(lines))

    @property
    def too_long(self) -> tuple[str, ...]:
        """The practices on which a line is longer than is kept: joined from two screens, say."""
        return tuple(
            practice
            for practice in self.practices
            if any(
                len(one_line(own.get(practice, ""))) > LONGEST_LINE for own in self.said.values()
            )
        )

    @property
    def left(self) -> tuple[str, ...]:
        """The practices that are in no order yet."""
        return tuple(practice for practice in self.practices if practice not in self.order)


def begin(
    table: WaveTable,
    *,
    practices: Sequence[str],
    room: Room,
    students: HowMany,
    today: date,
) -> HalfHeld:
    """Begin a panel on one wave's charts. ``practices`` as the room is to read them.

    Those that the wave does not know are left out.
    """
    favorable = table.everybody.favorable if table.everybody else {}
    known = tuple(practice for practice in practices if practice in favorable)
    printed = frozenset(p for p in known if isinstance(favorable[p], Figure))
    return HalfHeld(uuid4().hex, today, room, students, table.wave.wave_id, known, printed)


def go(held: HalfHeld, place: int) -> HalfHeld:
    """Put another practice on the screen, or the order behind the last one."""
    return replace(held, place=max(0, min(place, len(held.practices))))


def guess(held: HalfHeld, percent: int) -> HalfHeld:
    """The room's one guess for the practice on the screen: the first counts."""
    return replace(held, guesses={held.practice: percent, **held.guesses})


def say(held: HalfHeld, part: Part, text: str) -> HalfHeld:
    """The room's strength, concern or first idea for the practice on the screen."""
    own = {**held.said.get(part, {}), held.practice: text}
    return replace(held, said={**held.said, part: own})


def put(held: HalfHeld, practice: str) -> HalfHeld:
    """Put a practice behind those that the room has ordered."""
    return replace(held, order=tuple(dict.fromkeys((*held.order, practice))))


def up(held: HalfHeld, practice: str) -> HalfHeld:
    """Move a practice of the order one place up; the first stays."""
    order = list(held.order)
    at = order.index(practice)
    order.insert(max(at - 1, 0), order.pop(at))
    return replace(held, order=tuple(order))


def out(held: HalfHeld, practice: str) -> HalfHeld:
    """Take a practice out of the order again."""
    return replace(held, order=tuple(each for each in held.order if each != practice))


def save(held: HalfHeld, *, today: date, who: str, at: datetime) -> Event:
    """The whole panel as one event. Raises DecisionProblem as ``lib.voices.panel.keep`` does."""
    return keep(
        record_id=held.key,
        on=held.on,
        room=held.room,
        students=held.students,
        wave=held.wave,
        guesses=held.guesses,
        said=held.said,
        order=held.order,
        today=today,
        who=who,
        at=at,
    )


class Shelf:
    """The half-held panels of one school, in memory alone: a reload finds them again.

    They end with their ``lib.reader.Live``: a panel on one school's figures is not saved into
    another's spreadsheet. They hold words that nobody has reviewed: see ``own``.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, HalfHeld] = {}

    def own(self, who: str) -> "Own":
        """The panels that ``who`` has begun, and no others."""
        return Own(self, who)

    def put(self, held: HalfHeld) -> None:
        """Keep one as it stands now.

        Where it is one too many of its name, the oldest in which nothing is said gives way, else
        the oldest: who only presses Begin costs no room its words. Such empty ones are on the
        shelf all the same, for a browser's session would carry them on to another school.
        """
        with self._lock:
            self._held.pop(held.key, None)
            others = [each for each in self._held.values() if each.who == held.who]
            if len(others) >= MOST:
                gone = next((each for each in others if not each.begun), others[0])
                del self._held[gone.key]
            self._held[held.key] = held

    def all(self) -> tuple[HalfHeld, ...]:
        """Every one, the last touched first."""
        with self._lock:
            return tuple(reversed(self._held.values()))

    def drop(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._held.pop(key, None)


@dataclass(frozen=True)
class Own:
    """One person's part of a shelf."""

    _shelf: Shelf
    _who: str

    def all(self) -> tuple[HalfHeld, ...]:
        """Their panels, the last touched first."""
        return tuple(held for held in self._shelf.all() if held.who == self._who)

    def get(self, key: str) -> HalfHeld | None:
        """One of theirs; None where it is not, or is no longer, here."""
        return next((held for held in self.all() if held.key == key), None)

    def put(self, held: HalfHeld) -> None:
        """Keep it as it stands now, under their name."""
        self._shelf.put(replace(held, who=self._who))

    def drop(self, key: str) -> None:
        """Forget one of theirs: it is kept, or given up."""
        if self.get(key):
            self._shelf.drop(key)
