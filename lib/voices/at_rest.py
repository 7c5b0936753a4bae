"""What of this room may lie on the app's own disk: decisions, and no words that wait for review."""

from collections.abc import Iterable
from dataclasses import replace

from lib.workbook import tabs
from lib.workbook.records import Event

_WORDS = {
    tabs.CONVERSATIONS: ("heard",),
    tabs.PANELS: ("strengths", "concerns", "ideas"),
}


def without_words(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events without what was heard in conversations and panels; the sheet keeps that.

    Edited words in PD Reviews stay: they were passed.
    """
    return tuple(
        replace(event, fields={**event.fields, **dict.fromkeys(_present(event), "")})
        if event.tab in _WORDS
        else event
        for event in events
    )


def _present(event: Event) -> list[str]:
    return [column for column in _WORDS[event.tab] if column in event.fields]
