"""The review: every saying is read by a person before anybody else sees it.

A decision is an event in PD Reviews that holds a state, never the words of a held or referred
saying. A referral stays: nothing a reviewer does afterwards, or did at the same moment, undoes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from lib.decided import (
    DecisionProblem,
    Records,
    fields_before,
    one_line,
    signed,
    stored_state,
    within,
)
from lib.voices.readings import Reading, Readings
from lib.voices.safety import Level
from lib.voices.sayings import Saying, Source, same_words
from lib.workbook import tabs
from lib.workbook.records import Event, Record, new_event

LONGEST_WORDS = 1000
"""Characters of edited words: what a card can show."""
OWN_WORDS = 4
"""Words from which the same text twice is more than a common answer ("nothing", "more labs")."""


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
        same_words(saying.text)
        for saying in said
        if (review := decided.get(saying.saying_id)) and review.state is State.REFERRED
        if saying.source is not Source.DRILL and _own(saying, readings)
    }
    return {
        saying.saying_id: State.REFERRED
        if saying.source is not Source.DRILL and same_words(saying.text) in gone
        else _state(saying, decided)
        for saying in said
    }


def _state(saying: Saying, decided: Reviews) -> State:
    review = decided.get(saying.saying_id)
    return review.state if review else State.UNREVIEWED


def _own(saying: Saying, readings: Readings) -> bool:
    flagged = readings[saying.saying_id].concern.level is not Level.NONE
    return flagged or len(saying.text.split()) >= OWN_WORDS


@dataclass(frozen=True)
class Item:
    """One saying as its reviewer sees it: month, never a time; names masked until asked for."""

    saying_id: str
    source: Source
    state: State
    saying: Saying
    reading: Reading
    practices: tuple[str, ...]
    review: Review | None

    @property
    def month(self) -> str:
        """The month it was written in, "January 2027"; "" where not known."""
        return f"{self.saying.at:%B %Y}" if self.saying.at else ""


_CAN_BE_UNDONE = frozenset({State.PASSED, State.REDACTED, State.HELD})
_ORDER = {Level.RED: 0, Level.AMBER: 1, Level.NONE: 2}


def queue(
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    *,
    state: State = State.UNREVIEWED,
    corrected: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Item, ...]:
    """What stands in one place, for a reviewer: red flags first, then amber, then the oldest.

    Raises ValueError for what was referred: that is the counselor's alone.
    """
    if state is State.REFERRED:
        raise ValueError("the counselor's queue is lib.voices.safety_queue")
    said = tuple(sayings)
    at = places(said, decided, readings)
    items = [
        _item(saying, state, decided, readings, corrected or {})
        for saying in said
        if at[saying.saying_id] is state
    ]
    return tuple(sorted(items, key=_urgency))


def _item(
    saying: Saying,
    state: State,
    decided: Reviews,
    readings: Readings,
    corrected: Mapping[str, tuple[str, ...]],
) -> Item:
    reading = readings[saying.saying_id]
    return Item(
        saying_id=saying.saying_id,
        source=saying.source,
        state=state,
        saying=saying,
        reading=reading,
        practices=corrected.get(saying.saying_id, reading.practices),
        review=decided.get(saying.saying_id),
    )


def last_of(
    sayings: Iterable[Saying], decided: Reviews, readings: Readings, who: str
) -> Item | None:
    """What somebody decided last, to be taken back; None where it is nothing, or was referred."""
    said = {saying.saying_id: saying for saying in sayings}
    mine = [
        review
        for review in decided.values()
        if review.state in _CAN_BE_UNDONE
        and review.record.latest.who == who
        and review.saying_id in said
    ]
    if not mine:
        return None
    last = max(mine, key=lambda review: (review.at, review.saying_id))
    at = places(said.values(), decided, readings)
    if at[last.saying_id] is State.REFERRED:
        return None
    return _item(said[last.saying_id], last.state, decided, readings, {})


def _urgency(item: Item) -> tuple[int, datetime, str]:
    # What has no time may be the oldest.
    return (
        _ORDER[item.reading.concern.level],
        item.saying.at or datetime.min,  # noqa: DTZ901  (the school's local time has no zone)
        item.saying_id,
    )


@dataclass(frozen=True)
class Backlog:
    """What waits for a reviewer. ``new`` came in since the reviewer's last decision; drills are
    not counted; ``oldest_days`` is None where nothing waits or no time is known.
    """

    waiting: int
    red: int
    amber: int
    new: int
    oldest_days: int | None


def backlog(
    waiting: Sequence[Item], decided: Reviews, *, who: str, now: datetime, zone: tzinfo
) -> Backlog:
    """Count the queue. ``now`` is the school's local time."""
    real = [item for item in waiting if item.source is not Source.DRILL]
    last = _last_time(decided, who, zone)
    times = [item.saying.at for item in real if item.saying.at]
    levels = [item.reading.concern.level for item in real]
    return Backlog(
        waiting=len(real),
        red=levels.count(Level.RED),
        amber=levels.count(Level.AMBER),
        new=sum(last is None or moment > last for moment in times),
        oldest_days=max((now - min(times)).days, 0) if times else None,
    )


def _last_time(decided: Reviews, who: str, zone: tzinfo) -> datetime | None:
    """When somebody last decided anything, in the school's local time."""
    own = [e.at for review in decided.values() for e in review.record.history if e.who == who]
    return max(own).astimezone(zone).replace(tzinfo=None) if own else None


def decide(item: Item, state: State, *, words: str = "", who: str, at: datetime) -> Event:
    """Decide about a saying. ``words`` are the edited words, for a redaction alone.

    Raises DecisionProblem: after a referral, for a redaction without words or with the same
    words, and where nothing would change.
    """
    shown = ""
    if state is State.REDACTED:
        shown = within("Words to show", words, LONGEST_WORDS)
        if not shown:
            raise DecisionProblem("There are no words left to show.", "Hold it instead.")
        if shown == same_words(item.saying.text):
            raise DecisionProblem("The words are as they were written.", "Pass it, or edit them.")
    now = _state_of(item)
    if now is State.REFERRED:
        raise DecisionProblem(
            "This was referred: it is with the counselor.", "Only the counselor decides about it."
        )
    if item.review and (now, item.review.words) == (state, shown):
        raise DecisionProblem(f"This is {state.value} already.", "There is nothing to do.")
    return _event(item, {"state": state.value, "words": shown}, who, at)


def twins(
    item: Item, sayings: Iterable[Saying], decided: Reviews, readings: Readings
) -> tuple[Item, ...]:
    """The other sayings with the words of one that is about to be referred, as ``places`` has it.

    They are referred by name: should the first be edited or deleted in the form's sheet, nothing
    else would tell that their words are the counselor's.
    """
    words = same_words(item.saying.text)
    if item.source is Source.DRILL or not _own(item.saying, readings):
        return ()
    return tuple(
        _item(saying, state, decided, readings, {})
        for saying in sayings
        if saying.source is not Source.DRILL and saying.saying_id != item.saying_id
        if same_words(saying.text) == words
        if (state := _state(saying, decided)) is not State.REFERRED
    )


def undo(item: Item, *, who: str, at: datetime) -> Event:
    """Take the last decision back by a new revision; it may be unreviewed again.

    Raises DecisionProblem where there is none, and after a referral.
    """
    if item.review is None:
        raise DecisionProblem("Nobody has decided about this yet.", "There is nothing to undo.")
    if _state_of(item) is State.REFERRED:
        raise DecisionProblem(
            "A referral cannot be undone: it is with the counselor.",
            "If it was a slip, tell the counselor, who will close it.",
        )
    before = fields_before(item.review.record) or {"state": State.UNREVIEWED.value, "words": ""}
    return _event(item, before, who, at)


def _state_of(item: Item) -> State:
    return item.review.state if item.review else State.UNREVIEWED


def _event(item: Item, fields: Mapping[str, str], who: str, at: datetime) -> Event:
    saying = item.saying
    referred = fields.get("state") == State.REFERRED.value
    every = {
        "source": saying.source.value,
        "state": "",
        "words": "",
        "wave": saying.wave_id,
        "month": saying.month,
        "step": "new" if referred else "",
    }
    return new_event(
        tabs.REVIEWS,
        {**every, **fields},
        who=signed(who),
        at=at,
        record_id=saying.saying_id,
        previous=item.review.record if item.review else None,
    )


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
