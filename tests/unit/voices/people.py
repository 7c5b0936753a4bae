"""Hand-made sayings and decisions for the tests of this room."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from lib.evidence.types import Wave
from lib.evidence.waves import Windows
from lib.intake.feedback import Column, Comments, Feedback, Role, Standing
from lib.voices.identity import NOBODY, Roster
from lib.voices.readings import Reading, read
from lib.voices.review import Review, State, reviews
from lib.voices.review_queue import Item, queue
from lib.voices.sayings import Saying, Source
from lib.voices.settle import decide
from lib.voices.themes import lists_from
from lib.workbook import Event, Record, fold, tabs

ZONE = ZoneInfo("America/Chicago")
WAVE = Wave("w1", "Fall", datetime(2026, 9, 28), datetime(2026, 10, 10))
OPEN = Wave("w2", "Winter", datetime(2027, 1, 25), None)
NOW = datetime(2027, 1, 28, 10, 15)
LISTS = lists_from({}, ("choice", "handson", "calm", "pace"))
Said = Sequence[tuple[str, datetime | None, str]]


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def saying(
    text: str, number: int = 0, wave: Wave | None = WAVE, when: datetime | None = None
) -> Saying:
    moment = when or (wave.opens + timedelta(minutes=number) if wave else None)
    return Saying(
        saying_id=f"s{number}",
        source=Source.COMMENT,
        text=text,
        standing=Standing.ISNT_WORKING,
        question="What would help?",
        wave=wave,
        at=moment,
        writer=number,
        row=number + 2,
    )


def readings(sayings: Sequence[Saying], roster: Roster = NOBODY) -> dict[str, Reading]:
    return read(sayings, roster, LISTS)


def decided(*events: Event) -> dict[str, Review]:
    return reviews(records(*events))


def records(*events: Event) -> Mapping[str, Record]:
    return fold(events).get(events[0].tab if events else tabs.REVIEWS, {})


def item(
    said: Saying, *events: Event, state: State = State.UNREVIEWED, among: Sequence[Saying] = ()
) -> Item:
    """One saying as the reviewer has it, after these events."""
    every = [said, *among]
    found = queue(every, decided(*events), readings(every), state=state)
    return next(each for each in found if each.saying_id == said.saying_id)


def passed(said: Saying, who: str = "Lee", when: datetime | None = None) -> Event:
    return decide(item(said), State.PASSED, who=who, at=when or at(12))


def referred(said: Saying, who: str = "Lee", when: datetime | None = None) -> Event:
    return decide(item(said), State.REFERRED, who=who, at=when or at(12))


def feedback(rows: Said, header: str = "What would help?") -> Feedback:
    """A form with one comment column; each row is text, time and sheet row as text."""
    n = len(rows)
    stamps = np.array([when or np.datetime64("NaT") for _, when, _ in rows], "datetime64[s]")
    return Feedback(
        columns=(Column(5, header, Role.COMMENT, standing=Standing.ISNT_WORKING),),
        practices=(),
        scales={},
        row=np.array([int(row) for _, _, row in rows], np.int32),
        at=stamps,
        ratings=np.empty((n, 0), np.int8),
        standings=np.empty((n, 0), np.uint8),
        standing_asked=frozenset(),
        groups={},
        trust={},
        followup={},
        comments=Comments(
            response=np.arange(n, dtype=np.int32),
            column=np.full(n, 5, np.int16),
            texts=tuple(text for text, _, _ in rows),
            standing_of={5: Standing.ISNT_WORKING},
        ),
        left_out={},
        problems=(),
    )


WINDOWS = Windows((WAVE, OPEN))
