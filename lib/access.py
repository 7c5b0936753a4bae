"""Who may see what. Everything is denied unless a line here says otherwise.

Two tables: ``SCREENS`` says which role has which page, ``GRANTS`` which role may see and decide
which kind of data. The frame asks the first, every data call of ``lib.live`` the second.
``lib.access_document`` writes both down, as ``docs/access.md``.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from lib.voices.safety_queue import Step
from lib.voices.sayings import Source
from lib.workbook import Event, tabs

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"


class Role(StrEnum):
    """What somebody is to the school, as named in ``[access]``."""

    PRINCIPAL = "principal"
    PD_TEAM = "pd_team"
    COUNSELOR = "counselor"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"


ROLE_WORDS = {
    Role.PRINCIPAL: "Principal",
    Role.PD_TEAM: "PD team",
    Role.COUNSELOR: "Counselor",
    Role.COORDINATOR: "Coordinator",
    Role.REVIEWER: "Reviewer",
}
"""What a role is called on screen."""

_ALL = frozenset(Role)
_RESULTS = frozenset({Role.PRINCIPAL, Role.PD_TEAM, Role.COUNSELOR})
_DECISIONS = frozenset({Role.PRINCIPAL, Role.PD_TEAM})
_SETUP = frozenset({Role.PRINCIPAL, Role.COORDINATOR})
_REVIEWERS = frozenset({Role.REVIEWER})
_COUNSELORS = frozenset({Role.COUNSELOR})
_NOBODY: frozenset[Role] = frozenset()


class Data(StrEnum):
    """One kind of what the app knows, in the words of ``docs/access.md``."""

    STATUS = (
        "names of practices, whether there is a form and an answer, how old the copy is, what is "
        "not saved yet"
    )
    WINDOWS = "when each wave opens and closes, and about how many answered"
    RESULTS = "printed figures and words of closed waves, for everybody and public groups"
    STAFF_GROUPS = "figures of the finer groups that only staff see"
    PLAN = "focus practices and PD sessions, with their history"
    PROMISES = "what students are told, drafts too"
    PUBLISHED = "versions of the students' page"
    SETTINGS = "the school's settings, practices and enrollment"
    READING = "how the form was read: questions, problems, frequent answers"
    FORM = "the script of the next form, the service account's address, the spreadsheet's key"
    ROSTER = "names of staff to mask"
    FROZEN = "frozen tables as rows of the spreadsheet; made again in Setup, read by nobody"
    SELF_TEST = "the report of the privacy self-test"
    VOICES = "students' words that a person has passed, and counts of them"
    REVIEW = "comments that wait for a person to read them, and those held back"
    REFERRED = "comments that went to the counselor, and how far each has got"
    THEMES = "which words show which practice, and comments that people put right"
    CONVERSATIONS = "conversations and panels as they were written down"


@dataclass(frozen=True)
class Grant:
    """The roles that may see a kind of data, and those that may decide on it."""

    see: frozenset[Role]
    decide: frozenset[Role] = _NOBODY


GRANTS: Mapping[Data, Grant] = {
    Data.STATUS: Grant(_ALL),
    Data.WINDOWS: Grant(_RESULTS | _SETUP, _SETUP),
    Data.RESULTS: Grant(_RESULTS),
    Data.STAFF_GROUPS: Grant(_RESULTS),
    Data.PLAN: Grant(_RESULTS, _DECISIONS),
    Data.PROMISES: Grant(_RESULTS, _DECISIONS),
    Data.PUBLISHED: Grant(_DECISIONS, _DECISIONS),
    Data.SETTINGS: Grant(_DECISIONS | _SETUP, _SETUP),
    Data.READING: Grant(_SETUP, _SETUP),
    Data.FORM: Grant(_SETUP),
    Data.ROSTER: Grant(_SETUP, _SETUP),
    Data.FROZEN: Grant(_NOBODY, _SETUP),
    Data.SELF_TEST: Grant(_RESULTS),
    Data.VOICES: Grant(_RESULTS),
    Data.REVIEW: Grant(_REVIEWERS, _REVIEWERS),
    Data.REFERRED: Grant(_COUNSELORS, _COUNSELORS),
    Data.THEMES: Grant(_REVIEWERS, _REVIEWERS),
    Data.CONVERSATIONS: Grant(_DECISIONS, _DECISIONS),
}
"""A kind of data without a line is nobody's."""

TAB_HOLDS: Mapping[str, Data] = {
    tabs.SETTINGS: Data.SETTINGS,
    tabs.PRACTICES: Data.SETTINGS,
    tabs.GROUPS: Data.SETTINGS,
    tabs.WAVES: Data.WINDOWS,
    tabs.COLUMNS: Data.READING,
    tabs.ROSTER: Data.ROSTER,
    tabs.FOCUS: Data.PLAN,
    tabs.SESSIONS: Data.PLAN,
    tabs.PROMISES: Data.PROMISES,
    tabs.TRANSLATIONS: Data.PROMISES,
    tabs.PUBLISHED: Data.PUBLISHED,
    tabs.EVIDENCE: Data.FROZEN,
    tabs.REVIEWS: Data.REVIEW,
    tabs.THEMES: Data.THEMES,
    tabs.CONVERSATIONS: Data.CONVERSATIONS,
    tabs.PANELS: Data.CONVERSATIONS,
}
"""The kind of data behind each tab of ours. A tab without a line is nobody's.

PD Reviews holds the counselor's steps as well: see ``decides_on``.
"""


@dataclass(frozen=True)
class Screen:
    """One page of the staff app: its file, address, title, the roles that have it, the kinds of
    data it asks for, those it asks for where the viewer may see them, and where it is reached
    from: the navigation, the footer, or a link on another page.
    """

    name: str
    title: str
    path: str
    roles: frozenset[Role]
    shows: tuple[Data, ...] = ()
    place: Literal["top", "footer", "linked"] = "top"
    also: tuple[Data, ...] = ()

    @property
    def file(self) -> Path:
        """The script that places the page."""
        return PAGES_FOLDER / f"{self.name}.py"


_FIGURES = (Data.WINDOWS, Data.RESULTS, Data.STAFF_GROUPS)
_DECIDED = (*_FIGURES, Data.PLAN, Data.PROMISES)
_TO_CHOOSE = (*_FIGURES, Data.PLAN, Data.VOICES, Data.CONVERSATIONS)

SCREENS: tuple[Screen, ...] = (
    Screen(
        "home",
        "Home",
        "",
        _RESULTS,
        _DECIDED,
        also=(Data.REVIEW, Data.REFERRED, Data.PUBLISHED, Data.SETTINGS),
    ),
    Screen("trends", "Trends", "trends", _RESULTS, _FIGURES),
    Screen("practice", "Practice", "practice", _RESULTS, (*_DECIDED, Data.VOICES), place="linked"),
    Screen("priorities", "Priorities", "priorities", _DECISIONS, _TO_CHOOSE),
    # Figures are asked for when a brief is, not before.
    Screen("plan", "Plan", "plan", _DECISIONS, (Data.WINDOWS, Data.PLAN, Data.VOICES)),
    Screen(
        "session",
        "PD session",
        "session",
        _DECISIONS,
        (Data.WINDOWS, Data.RESULTS, Data.PLAN),
        place="linked",
    ),
    Screen("so_far", "PD so far", "so-far", _RESULTS, (Data.RESULTS, Data.PLAN), place="linked"),
    Screen(
        "you_said_we_did",
        "You said, we did",
        "you-said-we-did",
        _DECISIONS,
        (*_DECIDED, Data.PUBLISHED, Data.SETTINGS, Data.VOICES),
    ),
    Screen(
        "voices",
        "Voices",
        "voices",
        _RESULTS,
        (Data.RESULTS, Data.STAFF_GROUPS, Data.PLAN, Data.VOICES),
        also=(Data.REVIEW, Data.CONVERSATIONS),
    ),
    Screen(
        "conversations",
        "Conversations",
        "conversations",
        _DECISIONS,
        (Data.RESULTS, Data.STAFF_GROUPS, Data.VOICES, Data.CONVERSATIONS),
    ),
    Screen(
        "panel",
        "Student panel",
        "panel",
        _DECISIONS,
        (Data.WINDOWS, Data.RESULTS, Data.STAFF_GROUPS, Data.CONVERSATIONS),
        place="linked",
    ),
    Screen("review", "Review", "review", _REVIEWERS, (Data.REVIEW, Data.THEMES), place="linked"),
    Screen("safety", "Safety", "safety", _COUNSELORS, (Data.REFERRED,)),
    Screen(
        "setup",
        "Setup",
        "setup",
        _SETUP,
        (Data.WINDOWS, Data.READING, Data.FORM, Data.SETTINGS),
        place="footer",
    ),
    Screen("waves", "Waves", "waves", _SETUP, (Data.WINDOWS, Data.READING), place="linked"),
    Screen("columns", "Questions", "columns", _SETUP, (Data.WINDOWS, Data.READING), place="linked"),
    Screen(
        "record",
        "Decision record",
        "record",
        _DECISIONS,
        (*_DECIDED, Data.PUBLISHED),
        place="footer",
    ),
    Screen("methods", "Methods", "methods", _RESULTS | {Role.COORDINATOR}, place="footer"),
    Screen(
        "self_test",
        "Privacy self-test",
        "self-test",
        _RESULTS,
        (Data.SELF_TEST, Data.RESULTS, Data.STAFF_GROUPS),
        place="footer",
    ),
)
"""In the order of the navigation."""


def screen(name: str) -> Screen:
    """Look up a screen by its file's name. Raises KeyError for a name that is not registered."""
    found = {screen.name: screen for screen in SCREENS}
    return found[name]


class Denied(Exception):
    """Somebody asked for what is not theirs. ``says`` and ``do`` are sentences for them."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says
        self.do = "If you need it for your work, ask your school's technology coordinator."


@dataclass(frozen=True)
class Viewer:
    """The person in front of the screen, as ``lib.admission`` let them in.

    ``who`` is what their decisions are signed with. On trial they may choose whose eyes to see
    with; signed in they are who the provider says they are.
    """

    roles: frozenset[Role]
    who: str
    notice: str = ""
    came: Literal["on trial", "signed in"] = "signed in"

    def may_open(self, target: Screen) -> bool:
        """Whether one of the viewer's roles has the screen."""
        return bool(self.roles & target.roles)

    @property
    def first_screen(self) -> Screen | None:
        """The first page the viewer has that stands by itself, else the first at all."""
        own = [each for each in SCREENS if self.may_open(each)]
        return next((each for each in own if each.place != "linked"), own[0] if own else None)

    def may_see(self, kind: Data) -> bool:
        """Whether one of the viewer's roles may see this kind of data."""
        return kind in GRANTS and bool(self.roles & GRANTS[kind].see)

    def may_see_tab(self, tab: str) -> bool:
        """Whether one of the viewer's roles may see what a tab of ours holds."""
        return tab in TAB_HOLDS and self.may_see(TAB_HOLDS[tab])

    def may_decide(self, kind: Data) -> bool:
        """Whether one of the viewer's roles may decide on this kind of data."""
        return kind in GRANTS and bool(self.roles & GRANTS[kind].decide)


@dataclass(frozen=True)
class Refusal:
    """Why somebody does not get in here, and what to do about it, in words.

    ``offer`` is what the page puts below them: the button that starts or ends a sign-in.
    """

    title: str
    says: str
    do: str
    offer: Literal["", "sign in", "sign out"] = ""


def see(viewer: Viewer, kind: Data) -> None:
    """Pass if the viewer may see this kind of data. Raises Denied; for no viewer too."""
    if not isinstance(viewer, Viewer) or not viewer.may_see(kind):
        raise Denied(f"Your role does not see this: {kind}.")


def see_tab(viewer: Viewer, tab: str) -> None:
    """Pass if the viewer may see a tab of ours. Raises Denied; for an unknown tab too."""
    if tab not in TAB_HOLDS:
        raise Denied("Nobody sees this.")
    see(viewer, TAB_HOLDS[tab])


def decides_on(event: Event, referred: Container[str]) -> frozenset[Data]:
    """The kinds of data an event decides on; who decides on one of them may take it.

    In PD Reviews a comment that was referred, and every step but the first, is the counselor's;
    all else is the reviewers', but for the drill, which either may begin.
    """
    if event.tab != tabs.REVIEWS:
        return frozenset({TAB_HOLDS[event.tab]} if event.tab in TAB_HOLDS else ())
    if event.record_id in referred or event.fields.get("step", "") not in ("", Step.NEW):
        return frozenset({Data.REFERRED})
    begins = event.fields.get("source") == Source.DRILL and event.revision == 1
    return frozenset({Data.REVIEW, Data.REFERRED} if begins else {Data.REVIEW})


def decide(viewer: Viewer, events: Iterable[Event], referred: Container[str] = ()) -> None:
    """Pass if the viewer may take these decisions, and signs them. Raises Denied.

    ``referred``: record ids of PD Reviews that are with the counselor.
    """
    if not isinstance(viewer, Viewer):
        raise Denied("Nobody is here to decide this.")
    for event in events:
        if not any(viewer.may_decide(kind) for kind in decides_on(event, referred)):
            raise Denied("Your role does not decide this.")
        if event.who != viewer.who:
            raise Denied("A decision is signed by the person who takes it.")
