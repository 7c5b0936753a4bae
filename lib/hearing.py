"""What students say in words, as one viewer may see it. Asking for more raises ``Denied``."""

from collections.abc import Mapping
from datetime import datetime

from lib.access import Data, Viewer, see
from lib.publish import Contact, read_school
from lib.school import School, floors_of, settings_of
from lib.voices.conversations import Conversation
from lib.voices.desk import Desk
from lib.voices.drills import Drill, drills
from lib.voices.hours import SchoolHours, hours_from
from lib.voices.panel import Panel, Part
from lib.voices.review import State
from lib.voices.review_queue import Backlog, Item
from lib.voices.safety_queue import Case, log_csv, protocol
from lib.voices.shown import Shown, themes_of
from lib.voices.suggest import Suggestion
from lib.voices.themes import ThemeCounts
from lib.workbook import tabs


class Hearing:
    """A school's comments and conversations through one viewer's eyes; see ``GRANTS``.

    ``moment`` is now as events are stamped (aware).
    """

    def __init__(self, desk: Desk, school: School, viewer: Viewer, moment: datetime) -> None:
        self._desk = desk
        self._school = school
        self._viewer = viewer
        self._moment = moment

    def _if_seen(self, kind: Data) -> Desk:
        see(self._viewer, kind)
        return self._desk

    # For everybody with Voices: what a person has passed.

    @property
    def approved(self) -> tuple[Shown, ...]:
        """Words that were passed, of closed waves with enough comments; newest wave first."""
        desk = self._if_seen(Data.VOICES)
        return desk.approved(self._school.now, floors_of(self._school.records).public)

    def themes(self, wave_id: str) -> ThemeCounts | None:
        """How many of a wave's passed comments speak of each practice; None under the floor."""
        return themes_of(self.approved, wave_id, floors_of(self._school.records).public)

    # For those who log conversations and hold panels.

    def note(self, conversation: Conversation) -> str:
        """What was heard, once it was passed; "" before."""
        return self._if_seen(Data.CONVERSATIONS).words(conversation.note_id)

    def line(self, panel: Panel, part: Part, practice: str) -> str:
        """One line of a room, once it was passed; "" before, and where there is none."""
        desk = self._if_seen(Data.CONVERSATIONS)
        said = practice in panel.said.get(part, {})
        return desk.words(panel.line_id(part, practice)) if said else ""

    @property
    def lacks_words(self) -> bool:
        """Whether the sheet is out of reach and the copy on disk, which has no words, stands in."""
        see(self._viewer, Data.STATUS)
        return self._school.lacks_words

    # For reviewers.

    def queue(self, state: State) -> tuple[Item, ...]:
        """What stands in one place of the review, the most urgent first."""
        return self._if_seen(Data.REVIEW).queue(state)

    def twins(self, item: Item) -> tuple[Item, ...]:
        """What else has the words of one that is referred, and goes with it."""
        return self._if_seen(Data.REVIEW).twins(item)

    @property
    def places(self) -> Mapping[State, int]:
        """How many stand in each place of the review; what was referred is not counted here."""
        counts = self._if_seen(Data.REVIEW).counts()
        return {state: counts.get(state, 0) for state in State if state is not State.REFERRED}

    @property
    def backlog(self) -> Backlog:
        """What waits for a reviewer."""
        return self._if_seen(Data.REVIEW).backlog(self._viewer.who, self._school.now)

    @property
    def last(self) -> Item | None:
        """What this viewer decided last and can take back."""
        return self._if_seen(Data.REVIEW).last(self._viewer.who)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Words that corrected comments share and no list knows."""
        return self._if_seen(Data.THEMES).suggestions()

    # For the counselor.

    @property
    def cases(self) -> tuple[Case, ...]:
        """Every referred saying, what nobody has in hand first."""
        return self._if_seen(Data.REFERRED).referred(self.hours, self._moment)

    @property
    def hours(self) -> SchoolHours:
        """When somebody is there, as the settings say."""
        see(self._viewer, Data.REFERRED)
        return hours_from(settings_of(self._school.records), self._school.zone)[0]

    @property
    def protocol(self) -> tuple[str, ...]:
        """What the school says is to be done, line by line; () where it says nothing."""
        see(self._viewer, Data.REFERRED)
        return protocol(self._school.of(tabs.SETTINGS))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The school's own contacts, then the help lines."""
        see(self._viewer, Data.REFERRED)
        school = read_school(self._school.of(tabs.SETTINGS))
        return (*school.contacts, *school.help_lines)

    @property
    def drills(self) -> tuple[Drill, ...]:
        """Every try of the chain, newest first."""
        return drills(self._if_seen(Data.REFERRED).decided)

    def safety_log(self) -> str:
        """Everything done with referred sayings, as CSV without a word of them."""
        return log_csv(self._if_seen(Data.REFERRED).decided, self._school.zone)
