"""Everything the room knows at one moment, and what each kind of viewer gets of it.

``lib.digest`` keeps one; pages get the answers to its questions, never the desk itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from lib.decided import Records
from lib.evidence.waves import Windows
from lib.intake.feedback import Feedback
from lib.voices.conversations import Conversation, conversations, notes
from lib.voices.hours import SchoolHours
from lib.voices.identity import Roster, roster_from
from lib.voices.panel import Panel, lines, panels
from lib.voices.readings import Reading, read
from lib.voices.review import Backlog, Item, Review, State, backlog, queue, reviews
from lib.voices.safety_queue import Case, cases, drill_sayings
from lib.voices.sayings import Saying, comments
from lib.voices.shown import Shown, approved
from lib.voices.suggest import Suggestion, suggest
from lib.voices.themes import Lists, corrections, lists_from
from lib.workbook import tabs


@dataclass(frozen=True)
class Desk:
    """All sayings with what is decided about them. Holds words: it stays in memory."""

    sayings: tuple[Saying, ...]
    decided: Mapping[str, Review]
    readings: Mapping[str, Reading]
    roster: Roster
    lists: Lists
    corrected: Mapping[str, tuple[str, ...]]
    conversations: tuple[Conversation, ...]
    panels: tuple[Panel, ...]
    zone: tzinfo

    def queue(self, state: State = State.UNREVIEWED) -> tuple[Item, ...]:
        """For reviewers: what stands in one place; what was referred is not theirs."""
        return queue(
            self.sayings, self.decided, self.readings, state=state, corrected=self.corrected
        )

    def backlog(self, who: str, now: datetime) -> Backlog:
        """What waits for a reviewer; ``now`` is the school's local time."""
        return backlog(self.queue(), self.decided, who=who, now=now, zone=self.zone)

    def referred(self, hours: SchoolHours, now: datetime) -> tuple[Case, ...]:
        """For the counselor alone; ``now`` is aware."""
        return cases(self.sayings, self.decided, self.readings, hours, now=now)

    def approved(self, now: datetime, floor: int) -> tuple[Shown, ...]:
        """For everybody with Voices; ``now`` is the school's local time."""
        return approved(
            self.sayings,
            self.decided,
            self.readings,
            self.roster,
            now=now,
            floor=floor,
            corrected=self.corrected,
        )

    def suggestions(self) -> tuple[Suggestion, ...]:
        """For those who keep the lists: words that corrected comments share."""
        return suggest(self.sayings, self.decided, self.readings, self.lists, self.corrected)


def desk(
    feedback: Feedback | None,
    windows: Windows,
    records: Mapping[str, Records],
    practices: Sequence[str],
    zone: tzinfo,
    before: Desk | None = None,
) -> Desk:
    """Put everything on the desk; ``before`` spares reading again what was read with the same
    lists. ``practices`` are ids, in the school's order.
    """
    decided = reviews(records.get(tabs.REVIEWS, {}))
    talks = conversations(records.get(tabs.CONVERSATIONS, {}))
    rooms = panels(records.get(tabs.PANELS, {}))
    said = (
        *(comments(feedback, windows) if feedback else ()),
        *notes(talks),
        *lines(rooms),
        *drill_sayings(decided, zone),
    )
    roster = roster_from(records.get(tabs.ROSTER, {}))
    themes = records.get(tabs.THEMES, {})
    lists = lists_from(themes, practices)
    same = before is not None and _made_of(before.roster, before.lists) == _made_of(roster, lists)
    known = before.readings if before and same else None
    return Desk(
        sayings=said,
        decided=decided,
        readings=read(said, roster, lists, known),
        roster=roster,
        lists=lists,
        corrected=corrections(themes),
        conversations=talks,
        panels=rooms,
        zone=zone,
    )


def _made_of(roster: Roster, lists: Lists) -> tuple[Any, ...]:
    return roster, lists.entries, lists.practices
