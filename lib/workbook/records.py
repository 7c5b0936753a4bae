"""Decisions as append-only events, and the records they add up to.

Nothing here knows where the events live; ``google`` and ``sqlite`` do.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import count, groupby
from uuid import uuid4

MARK = 8
"""How many characters at the end of an event id tell which event it was made from."""


_press: ContextVar[tuple[str, Iterator[int]] | None] = ContextVar("press", default=None)


@dataclass(frozen=True)
class Event:
    """One row of one of our tabs: somebody decided something about one record.

    ``fields`` are the tab's readable columns, all text. ``at`` is an aware UTC time.
    """

    tab: str
    event_id: str
    record_id: str
    revision: int
    at: datetime
    who: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """A decision with its whole history; the last event is its state.

    The history is ordered by time, an event never before the one it was made from. The rule, and
    why: ``docs/decisions/0009-which-decision-holds.md``.
    """

    record_id: str
    history: tuple[Event, ...]

    @property
    def latest(self) -> Event:
        """The event that holds now."""
        return self.history[-1]

    @property
    def fields(self) -> Mapping[str, str]:
        """The readable columns as they stand now."""
        return self.latest.fields

    @property
    def chain(self) -> tuple[Event, ...]:
        """The events that led to the latest, each made from the one before it; oldest first."""
        found = [self.latest]
        while (before := self._made_from[found[-1].event_id]) is not None:
            found.append(before)
        return tuple(reversed(found))

    @property
    def overwritten(self) -> tuple[Event, ...]:
        """Events that lost: somebody else decided at the same time, and what they did holds."""
        held = {event.event_id for event in self.chain}
        return tuple(event for event in self.history if event.event_id not in held)

    def before(self, event: Event) -> Event | None:
        """The event that one of the history was made from; None for a first one."""
        return self._made_from[event.event_id]

    @cached_property
    def _made_from(self) -> Mapping[str, Event | None]:
        return _made_from(self.history)


def fold(events: Iterable[Event]) -> dict[str, dict[str, Record]]:
    """Group events into records by tab, then by record id.

    The same event id counts once however often it was written. The order of the rows says
    nothing (people sort sheets).
    """
    once: dict[str, Event] = {}
    for event in events:
        once.setdefault(event.event_id, event)
    grouped: dict[str, dict[str, list[Event]]] = {}
    for event in sorted(once.values(), key=lambda e: (e.revision, e.at, e.event_id)):
        grouped.setdefault(event.tab, {}).setdefault(event.record_id, []).append(event)
    return {
        tab: {record_id: Record(record_id, _ordered(rows)) for record_id, rows in records.items()}
        for tab, records in grouped.items()
    }


def moment_after(at: datetime, *records: Record) -> datetime:
    """Return ``at``, or the first moment after all that happened to these records.

    Clocks differ, and the sample's stands still: what somebody decides with all this before their
    eyes must be known as the later.
    """
    newest = [event.at for record in records for event in record.history]
    return max([at, *(moment + timedelta(microseconds=1) for moment in newest)])


@contextmanager
def one_press(token: str) -> Iterator[None]:
    """Let events that are made in here, and again by a second press of the same button, be one.

    Their ids follow from ``token``, which was drawn with the button, and from what they say.
    """
    before = _press.set((token, count()))
    try:
        yield
    finally:
        _press.reset(before)


def new_event(
    tab: str,
    fields: Mapping[str, str],
    *,
    who: str,
    at: datetime,
    record_id: str | None = None,
    previous: Record | None = None,
) -> Event:
    """Make the next event of a record, or the first of a new one.

    ``fields`` need hold only what changes: the rest is carried over from ``previous``, so that
    every row in the sheet can be read on its own. Its revision and its time are after all of
    ``previous``, and its event id ends with a mark of the event that it was made from.
    """
    event_id, revision = _new_id(tab, record_id, fields, previous), 1
    fresh_record = event_id[:12]
    if previous is not None:
        fields = {**previous.fields, **fields}
        record_id = previous.record_id
        revision = 1 + max(event.revision for event in previous.history)
        at = moment_after(at, previous)
        event_id = event_id[:-MARK] + _mark(previous.latest)
    return Event(
        tab=tab,
        event_id=event_id,
        record_id=record_id or fresh_record,
        revision=revision,
        at=at,
        who=who,
        fields=dict(fields),
    )


def _new_id(
    tab: str, record_id: str | None, fields: Mapping[str, str], previous: Record | None
) -> str:
    """An id that nobody has, or that of the same event of the same press."""
    press = _press.get()
    if press is None:
        return uuid4().hex
    token, place = press
    based_on = previous.latest.event_id if previous else ""
    said = repr((token, next(place), tab, record_id, based_on, sorted(fields.items())))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _mark(event: Event) -> str:
    return sha256(event.event_id.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]


def _ordered(rows: Sequence[Event]) -> tuple[Event, ...]:
    """A record's events by time; one stamped before what it was made from counts as just as late.

    So the last one is always one from which nobody made another.
    """
    counts_as: dict[str, datetime] = {}
    made_from = _made_from(rows)
    for event in sorted(rows, key=lambda e: e.revision):
        before = made_from[event.event_id]
        counts_as[event.event_id] = (
            max(event.at, counts_as[before.event_id]) if before else event.at
        )
    return tuple(sorted(rows, key=lambda e: (counts_as[e.event_id], e.revision, e.at, e.event_id)))


def _made_from(rows: Sequence[Event]) -> dict[str, Event | None]:
    """What each event of a record was made from, by event id; None for those of no other.

    That is the one of a lower revision whose mark it bears. Where there is none (people delete
    rows and type others): of the next lower revision the newest that is not stamped after it.
    """
    found: dict[str, Event | None] = {}
    marked: dict[str, Event] = {}
    lower: list[Event] = []
    by_revision = sorted(rows, key=lambda e: (e.revision, e.at, e.event_id))
    for _, group in groupby(by_revision, key=lambda e: e.revision):
        same = list(group)
        found |= {e.event_id: marked.get(e.event_id[-MARK:]) or _likely(e, lower) for e in same}
        marked |= {_mark(event): event for event in same}
        lower = same
    return found


def _likely(event: Event, lower: Sequence[Event]) -> Event | None:
    """The one of ``lower`` (oldest first) that an event was made from, going by their times."""
    not_after = [e for e in lower if e.at <= event.at]
    return not_after[-1] if not_after else next(iter(lower), None)
