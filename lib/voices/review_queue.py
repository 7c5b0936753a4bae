"""The reviewer's queue: what waits, what was decided last, and what else has the same words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from lib.voices.readings import Reading, Readings
from lib.voices.review import Review, Reviews, State, has_own_words, places, state_of
from lib.voices.safety import Level
from lib.voices.sayings import Saying, Source, month_words, wording
from lib.voices.themes import Corrected

_CAN_BE_UNDONE = frozenset({State.PASSED, State.REDACTED, State.HELD})
_ORDER = {Level.RED: 0, Level.AMBER: 1, Level.NONE: 2}


@dataclass(frozen=True)
class Item:
    """One saying as its reviewer sees it: month, never a time; names masked until asked for.

    ``practices`` (ids) as a person put them right, else as the lists read them.
    """

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
        return month_words(self.saying.at)


def queue(
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    *,
    state: State = State.UNREVIEWED,
    corrected: Corrected | None = None,
) -> tuple[Item, ...]:
    """What stands in one place, for a reviewer: red flags first, then amber, then the oldest.

    ``corrected``: the practices of those that a person put right. Raises ValueError for what was
    referred: that is the counselor's alone.
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
    corrected: Corrected,
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
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    who: str,
    *,
    corrected: Corrected | None = None,
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
    return _item(said[last.saying_id], last.state, decided, readings, corrected or {})


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


def twins(
    item: Item,
    sayings: Iterable[Saying],
    decided: Reviews,
    readings: Readings,
    *,
    corrected: Corrected | None = None,
) -> tuple[Item, ...]:
    """The other sayings with the words of one that is about to be referred, as ``places`` has it.

    They are referred by name: should the first be edited or deleted in the form's sheet, nothing
    else would tell that their words are the counselor's.
    """
    words = wording(item.saying.text)
    if item.source is Source.DRILL or not has_own_words(item.saying, readings):
        return ()
    return tuple(
        _item(saying, state, decided, readings, corrected or {})
        for saying in sayings
        if saying.source is not Source.DRILL and saying.saying_id != item.saying_id
        if wording(saying.text) == words
        if (state := state_of(saying, decided)) is not State.REFERRED
    )
