"""Decisions as append-only events, and the records they add up to.

Nothing here knows where the events live; ``google`` and ``sqlite`` do.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4


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
    """A decision with its whole history, oldest first; the last event is its state."""

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
    def overwritten(self) -> tuple[Event, ...]:
        """Events that lost: somebody else decided at the same time, from the same state."""
        winners = {event.revision: event.event_id for event in self.history}
        return tuple(e for e in self.history if winners[e.revision] != e.event_id)


def fold(events: Iterable[Event]) -> dict[str, dict[str, Record]]:
    """Group events into records by tab, then by record id.

    The same event id counts once however often it was written. The order of the rows says
    nothing (people sort sheets): history is ordered by revision, then time, then event id.
    """
    once: dict[str, Event] = {}
    for event in events:
        once.setdefault(event.event_id, event)
    grouped: dict[str, dict[str, list[Event]]] = {}
    for event in sorted(once.values(), key=lambda e: (e.revision, e.at, e.event_id)):
        grouped.setdefault(event.tab, {}).setdefault(event.record_id, []).append(event)
    return {
        tab: {record_id: Record(record_id, tuple(rows)) for record_id, rows in records.items()}
        for tab, records in grouped.items()
    }


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
    every row in the sheet can be read on its own.
    """
    if previous is not None:
        fields = {**previous.fields, **fields}
        record_id = previous.record_id
    return Event(
        tab=tab,
        event_id=uuid4().hex,
        record_id=record_id or uuid4().hex[:12],
        revision=previous.latest.revision + 1 if previous else 1,
        at=at,
        who=who,
        fields=dict(fields),
    )
