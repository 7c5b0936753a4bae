"""Who may see what. Everything is denied unless a line here says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

PAGES_FOLDER = Path(__file__).resolve().parent.parent / "pages"


class Role(StrEnum):
    """What somebody is to the school, as named in ``[access]``."""

    PRINCIPAL = "principal"
    PD_TEAM = "pd_team"
    COUNSELOR = "counselor"
    COORDINATOR = "coordinator"
    REVIEWER = "reviewer"


@dataclass(frozen=True)
class Screen:
    """One page of the staff app: its file, address, title, the roles that have it, and where
    it is reached from: the navigation, the footer, or a link on another page.
    """

    name: str
    title: str
    path: str
    roles: frozenset[Role]
    place: Literal["top", "footer", "linked"] = "top"

    @property
    def file(self) -> Path:
        """The script that places the page."""
        return PAGES_FOLDER / f"{self.name}.py"


_RESULTS = frozenset({Role.PRINCIPAL, Role.PD_TEAM, Role.COUNSELOR})
_DECISIONS = frozenset({Role.PRINCIPAL, Role.PD_TEAM})
_SETUP = frozenset({Role.PRINCIPAL, Role.COORDINATOR})

SCREENS: tuple[Screen, ...] = (
    Screen("home", "Home", "", _RESULTS),
    Screen("trends", "Trends", "trends", _RESULTS),
    Screen("practice", "Practice", "practice", _RESULTS, place="linked"),
    Screen("priorities", "Priorities", "priorities", _DECISIONS),
    Screen("plan", "Plan", "plan", _DECISIONS),
    Screen("you_said_we_did", "You said, we did", "you-said-we-did", _DECISIONS),
    Screen(
        "setup",
        "Setup",
        "setup",
        _SETUP,
        place="footer",
    ),
    Screen("columns", "Questions", "columns", _SETUP, place="linked"),
    Screen("methods", "Methods", "methods", _RESULTS | {Role.COORDINATOR}, place="footer"),
    Screen("self_test", "Privacy self-test", "self-test", _RESULTS, place="footer"),
)
"""In the order of the navigation."""


def screen(name: str) -> Screen:
    """Look up a screen by its file's name. Raises KeyError for a name that is not registered."""
    found = {screen.name: screen for screen in SCREENS}
    return found[name]


@dataclass(frozen=True)
class Viewer:
    """The person in front of the screen. ``who`` is what their decisions are signed with."""

    roles: frozenset[Role]
    who: str
    notice: str

    def may_open(self, target: Screen) -> bool:
        """Whether one of the viewer's roles has the screen."""
        return bool(self.roles & target.roles)


@dataclass(frozen=True)
class Refusal:
    """Why nobody gets in here, and what to do about it, in words."""

    title: str
    says: str
    do: str


SAMPLE_NOTICE = (
    "This is a fictional school. Try anything: what you decide is kept on this computer, "
    "until you connect your own form."
)
OPEN_NOTICE = (
    "Open to everybody who can reach this address: `[access] open = true` is set. "
    "Use it on your own computer only."
)
_TRIAL_ROLES = frozenset({Role.PRINCIPAL, Role.PD_TEAM, Role.COORDINATOR})


def admit(secrets: Mapping[str, object], *, on_sample: bool) -> Viewer | Refusal:
    """Decide who the visitor is, from the secrets file alone.

    On the sample, or with ``[access] open = true``, one person tries everything. Any ``[auth]``
    block closes that door, whatever else is set.
    """
    if "auth" in secrets:
        return Refusal(
            "Sign-in is not ready yet",
            "This school has set up sign-in, and this version cannot check who you are yet.",
            "Until it can, no staff page opens here. The students' page is not affected.",
        )
    if on_sample:
        return Viewer(_TRIAL_ROLES, "sample visitor", SAMPLE_NOTICE)
    access = secrets.get("access")
    if isinstance(access, Mapping) and access.get("open") is True:
        return Viewer(_TRIAL_ROLES, "open trial", OPEN_NOTICE)
    return Refusal(
        "Nobody can sign in yet",
        "A spreadsheet is connected, but nothing says who may see its results.",
        "To try it on your own computer, add `open = true` under `[access]` in "
        "`.streamlit/secrets.toml`. For a school, see the guide to sign-in.",
    )
