"""Hand-made decisions for the tests of this room."""

from collections.abc import Mapping
from datetime import UTC, datetime

from hypothesis import strategies as st

from lib.workbook import Event, Record, fold, new_event

NAMES = {"goals": "Clear goals", "retry": "Another try", "talk": "Talking", "calm": "Calm"}
ANY_TEXT = st.text(st.characters(), max_size=60)
"""Every character there is, halves of characters and controls included."""


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 10, day, hour, tzinfo=UTC)


def records(*events: Event) -> Mapping[str, Record]:
    """The records of the one tab that these events belong to."""
    (only,) = fold(events).values()
    return only


def the_record(*events: Event) -> Record:
    (only,) = records(*events).values()
    return only


def typed_into_sheet(tab: str, fields: Mapping[str, str]) -> Mapping[str, Record]:
    """A row as a person might have typed it into our tab."""
    return records(new_event(tab, fields, who="somebody", at=at(1)))
