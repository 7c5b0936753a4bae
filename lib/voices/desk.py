"""Everything the room knows at one moment, and what each kind of viewer gets of it.

``lib.said`` keeps one; pages get the answers to its questions, never the desk itself.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property

from lib.decided import Records
from lib.evidence.waves import Windows
from lib.intake.feedback import Feedback
from lib.voices.conversations import conversations, notes
from lib.voices.drills import drill_sayings
from lib.voices.hours import SchoolHours
from lib.voices.identity import Roster, roster_from
from lib.voices.panel import lines, panels
from lib.voices.readings import Readings, read
from lib.voices.review import Reviews, State, places, reviews
from lib.voices.review_queue import Backlog, Item, backlog, last_of, queue, twins
from lib.voices.safety_queue import Case, cases
from lib.voices.sayings import Saying, comments
from lib.voices.shown import Shown, approved, words_of
from lib.voices.suggest import Suggestion, suggest
from lib.voices.themes import Corrected, Lists, corrections, lists_from
from lib.workbook import tabs


@dataclass(frozen=True)
class Material:
    """What a desk is made of. ``practices`` are ids, in the school's order.

    ``turn`` counts up: of two, the one with the higher turn holds what the other does, and more.
    """

    feedback: Feedback | None = field(repr=False)
    windows: Windows
    records: Mapping[str, Records] = field(repr=False)
    practices: Sequence[str]
    zone: tzinfo
    turn: int = 0

    def of(self, tab: str) -> Records:
        """The records of one tab."""
        return self.records.get(tab, {})


@dataclass(frozen=True, eq=False)
class Desk:
    """All sayings with what is decided about them. Holds words: it stays in memory.

    ``written`` are those of the form alone.
    """

    made_of: Material
    written: tuple[Saying, ...]
    sayings: tuple[Saying, ...]
    decided: Reviews
    readings: Readings
    roster: Roster
    lists: Lists
    corrected: Corrected
    _approved: dict[tuple[int, frozenset[str]], tuple[Shown, ...]] = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """The school's time zone."""
        return self.made_of.zone

    def queue(self, state: State = State.UNREVIEWED) -> tuple[Item, ...]:
        """For reviewers: what stands in one place; what was referred is not theirs."""
        return queue(
            self.sayings, self.decided, self.readings, state=state, corrected=self.corrected
        )

    def counts(self) -> Mapping[State, int]:
        """How many sayings stand in each place."""
        return Counter(self._places.values())

    def twins(self, item: Item) -> tuple[Item, ...]:
        """For a reviewer who refers one: what else has its words, and goes with it."""
        return twins(item, self.sayings, self.decided, self.readings, corrected=self.corrected)

    def last(self, who: str) -> Item | None:
        """For a reviewer: what they decided last and can take back."""
        return last_of(self.sayings, self.decided, self.readings, who, corrected=self.corrected)

    def backlog(self, who: str, now: datetime) -> Backlog:
        """What waits for a reviewer; ``now`` is the school's local time."""
        return backlog(self.queue(), self.decided, who=who, now=now, zone=self.zone)

    def referred(self, hours: SchoolHours, now: datetime) -> tuple[Case, ...]:
        """For the counselor alone; ``now`` is aware."""
        return cases(self.sayings, self.decided, self.readings, hours, now=now)

    def approved(self, now: datetime, floor: int) -> tuple[Shown, ...]:
        """For everybody with Voices; ``now`` is the school's local time."""
        closed = frozenset(w.wave_id for w in self.made_of.windows.waves if w.closed(now))
        if (floor, closed) not in self._approved:
            self._approved[floor, closed] = approved(
                self.sayings,
                self.decided,
                self.readings,
                self.roster,
                now=now,
                floor=floor,
                corrected=self.corrected,
            )
        return self._approved[floor, closed]

    @cached_property
    def _places(self) -> Mapping[str, State]:
        return places(self.sayings, self.decided, self.readings)

    @cached_property
    def _by_id(self) -> Mapping[str, Saying]:
        return {saying.saying_id: saying for saying in self.sayings}

    def words(self, saying_id: str) -> str:
        """The words of a note or of a panel's line, once they were passed; else ""."""
        said = self._by_id.get(saying_id)
        if said is None or self._places[saying_id] is State.REFERRED:
            return ""
        return words_of(said, self.decided, self.readings, self.roster)

    def suggestions(self) -> tuple[Suggestion, ...]:
        """For those who keep the lists: words that corrected comments share."""
        return suggest(self.sayings, self.decided, self.readings, self.lists, self.corrected)


def desk(material: Material, before: Desk | None = None) -> Desk:
    """Put everything on the desk. What ``before`` was made of and has not changed is taken over:
    a decision costs what it weighs, not what all comments weigh.
    """
    old = before.made_of if before else None
    decided = reviews(material.of(tabs.REVIEWS), before.decided if before else None)
    written: tuple[Saying, ...] = ()
    if before and old and _same_answers(old, material):
        written = before.written
    elif material.feedback:
        written = comments(material.feedback, material.windows)
    said = (
        *written,
        *notes(conversations(material.of(tabs.CONVERSATIONS))),
        *lines(panels(material.of(tabs.PANELS))),
        *drill_sayings(decided, material.zone),
    )
    roster, themes = roster_from(material.of(tabs.ROSTER)), material.of(tabs.THEMES)
    if before and old and (old.of(tabs.THEMES), old.practices) == (themes, material.practices):
        lists = before.lists
    else:
        lists = lists_from(themes, material.practices)
    known = before.readings if before and _read_alike(before, roster, lists) else None
    return Desk(
        made_of=material,
        written=written,
        sayings=said,
        decided=decided,
        readings=read(said, roster, lists, known),
        roster=roster,
        lists=lists,
        corrected=corrections(themes),
    )


def _same_answers(old: Material, new: Material) -> bool:
    return old.feedback is new.feedback and old.windows.waves == new.windows.waves


def _read_alike(before: Desk, roster: Roster, lists: Lists) -> bool:
    """Whether what was read with the lists of ``before`` would be read the same now."""
    same = (before.lists.entries, before.lists.practices) == (lists.entries, lists.practices)
    return before.roster == roster and same
