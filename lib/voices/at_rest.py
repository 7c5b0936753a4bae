"""What of this room may lie on the app's own disk: decisions, and no words that wait for review."""

from collections.abc import Container, Iterable
from dataclasses import replace

from lib.voices.review import State, reviews
from lib.workbook import fold, tabs
from lib.workbook.records import Event

_WORDS = {
    tabs.CONVERSATIONS: ("heard",),
    tabs.PANELS: ("strengths", "concerns", "ideas"),
}


def without_words(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without what was heard in conversations and panels; the sheet keeps that.

    Nor with the edited words of a comment that is held or referred since. Those of one that is
    shown stay: a person passed them.
    """
    every = tuple(events)
    reviewed = reviews(fold(every).get(tabs.REVIEWS, {}))
    shown = {each.saying_id for each in reviewed.values() if each.state is State.REDACTED}
    return tuple(_without(event, shown) for event in every)


def _without(event: Event, shown: Container[str]) -> Event:
    columns = _WORDS.get(event.tab, ())
    if event.tab == tabs.REVIEWS and event.record_id not in shown:
        columns = ("words",)
    blank = {column: "" for column in columns if column in event.fields}
    return replace(event, fields={**event.fields, **blank}) if blank else event
