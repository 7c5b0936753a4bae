"""The review: every saying is read by a person before anybody else sees it.

A decision is an event in PD Reviews that holds a state, never the words of a held or referred
saying. A referral stays: nothing a reviewer does afterwards, or did at the same moment, undoes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lib.decided import Records, one_line, stored_state
from lib.voices.readings import Readings
from lib.voices.safety import Level
from lib.voices.sayings import Saying, Source, wording
from lib.workbook.records import Event, Record

OWN_WORDS = 4
"""From so many words on a text that two people wrote is no common answer, as "more labs" is."""


class State(StrEnum):
    """Where a saying stands. It is in exactly one of these places."""

    UNREVIEWED = "unreviewed"
    PASSED = "passed"
    REDACTED = "redacted"
    HELD = "held"
    REFERRED = "referred"


@dataclass(frozen=True)
class Review:
    """What was decided about one saying, and by whom.

    ``words`` are the edited words where it was redacted. ``contested``: somebody else decided
    otherwise at the same time, and the screen says so.
    """

    saying_id: str
    source: Source
    state: State
    words: str
    who: str
    at: datetime
    contested: bool
    record: Record


Reviews = Mapping[str, Review]
"""By saying id."""


def reviews(records: Records, known: Reviews | None = None) -> dict[str, Review]:
    """Every decision in PD Reviews, by saying id; a record as in ``known`` is not read again."""
    before = known or {}
    return {
        record_id: old
        if (old := before.get(record_id)) is not None and old.record == record
        else _read(record)
        for record_id, record in records.items()
    }


def referral(record: Record) -> Event | None:
    """The event that holds of a record that was ever referred, else None.

    Whatever else was written since or at the same time: what went to the counselor stays there.
    """
    referred = [e for e in record.history if e.fields.get("state") == State.REFERRED.value]
    return referred[-1] if referred else None


def places(sayings: Iterable[Saying], decided: Reviews, readings: Readings) -> dict[str, State]:
    """Where each saying stands.

    The same words as a referred saying's go where that went: whoever wrote them needs the
    counselor as well, and nobody else may read them. Short common answers are left out of this
    unless they are flagged. Drills all have the same words; each goes its own way.
    """
    said = tuple(sayings)
    gone = {
        wording(saying.text)
        for saying in said
        if (review := decided.get(saying.saying_id)) and review.state is State.REFERRED
        if saying.source is not Source.DRILL and has_own_words(saying, readings)
    }
    return {
        saying.saying_id: State.REFERRED
        if saying.source is not Source.DRILL and wording(saying.text) in gone
        else state_of(saying, decided)
        for saying in said
    }


def state_of(saying: Saying, decided: Reviews) -> State:
    """What was decided about a saying itself, whatever became of others with its words."""
    review = decided.get(saying.saying_id)
    return review.state if review else State.UNREVIEWED


def has_own_words(saying: Saying, readings: Readings) -> bool:
    """Whether a saying is more than a common answer that many may give."""
    flagged = readings[saying.saying_id].concern.level is not Level.NONE
    return flagged or len(saying.text.split()) >= OWN_WORDS


def _read(record: Record) -> Review:
    referred = referral(record)
    latest = referred or record.latest
    # A state that nobody knows is unreviewed: somebody reads it again.
    state = stored_state(record, "state", State, State.UNREVIEWED)
    state = State.REFERRED if referred else state
    words = one_line(latest.fields.get("words", "")) if state is State.REDACTED else ""
    if state is State.REDACTED and not words:
        state = State.UNREVIEWED
    return Review(
        saying_id=record.record_id,
        source=stored_state(record, "source", Source, Source.COMMENT),
        state=state,
        words=words,
        who=latest.who,
        at=latest.at,
        contested=_contested(record, state),
        record=record,
    )


def _contested(record: Record, state: State) -> bool:
    """Whether somebody else decided otherwise at the same moment, and nobody has settled it."""
    said = (*record.overwritten, record.latest)
    return any(event.fields.get("state") != state.value for event in said)
