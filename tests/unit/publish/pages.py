"""A small school, traced by hand, for the tests of this room."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from lib.catalogue import Practice
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Cell,
    Change,
    Comparison,
    Evidence,
    Figure,
    Printed,
    Wave,
    WaveTable,
)
from lib.plan.promises import Promise, PromiseState, make, promises
from lib.publish import Contact, PublicPage
from lib.publish.page import PublicPoint, PublicPromise
from lib.publish.school import PublicSchool
from lib.workbook import fold, tabs

AT = datetime(2026, 10, 12, 15, 0, tzinfo=UTC)
ON = date(2026, 10, 12)
SCHOOL = PublicSchool(
    "Harbor Hill School",
    "https://forms.example/harbor",
    (Contact("Ms. Rivera, counselor", "room 12"),),
    (Contact("988", "call or text", "988"),),
)
PRACTICES = {
    "feedback": Practice("feedback", "Feedback in time", "I hear what to fix.", ("", ""), "")
}
NAMES = {"feedback": "Feedback in time", "own": "Our own practice", "calm": "Calm"}


def wave(number: int) -> Wave:
    return Wave(
        f"w{number}", f"Wave {number}", datetime(2026, number, 1), datetime(2026, number, 20)
    )


def cell(
    favorable: Mapping[str, Printed],
    n: int = 300,
    audience: Audience = Audience.PUBLIC,
    grouping: tuple[str, ...] = EVERYBODY,
) -> Cell:
    return Cell(audience, grouping, ((),), n, favorable)


def table(
    number: int, *cells: Cell, change: Change | None = None, practice: str = "feedback"
) -> WaveTable:
    words = (
        {practice: Comparison(change, f"Wave {number - 1}", "A sentence for staff.")}
        if change
        else {}
    )
    return WaveTable(wave(number), cells, {}, words, {}, ())


def figure(percent: int) -> Figure:
    return Figure(percent, percent - 6, percent + 6)


def evidence(*tables: WaveTable, collecting: Wave | None = None) -> Evidence:
    return Evidence(tables, collecting, "50 to 99")


def promise(
    *,
    practice: str = "feedback",
    wave_id: str = "w1",
    you_said: str = "Comments come too late.",
    state: PromiseState = PromiseState.DONE,
    we_did: str = "Drafts get a comment.",
    revisit: date | None = None,
    follow_up: str = "",
) -> Promise:
    event = make(
        focus="f1",
        practice=practice,
        wave=wave_id,
        you_said=you_said,
        state=state,
        we_did=we_did,
        owner="Owner Who Stays Inside",
        revisit=revisit,
        follow_up=follow_up,
        who="lead",
        at=AT,
    )
    return promises(fold([event])[tabs.PROMISES])[0]


def public_promise(number: int = 0, text: str = "") -> PublicPromise:
    """One promise of the size real ones have; ``text`` stands in every free text."""
    state = list(PromiseState)[number % len(PromiseState)]
    waves = [f"{'Spring' if i % 2 else 'Fall'} {2023 + i // 2}{text}" for i in range(8)]
    return PublicPromise(
        practice=text or f"Feedback in time to use {number}",
        statement=text or "I hear what to fix while I can still fix it.",
        you_said=text or "Comments come back after the grade, when it is too late to use them.",
        state=state,
        we_did=text
        or "Every teacher in grades 8 to 10 gives one comment on a draft, a week before it is due.",
        wave=waves[5],
        answers=290,
        trend=tuple(PublicPoint(w, figure(40 + i), 300 + i * 5) for i, w in enumerate(waves)),
        change=list(Change)[number % 4] if number % 5 else None,
        since=waves[6],
        revisit=date(2027, 3, 1) if number % 2 else None,
    )


def public_page(*told: PublicPromise, text: str = "") -> PublicPage:
    return PublicPage(
        school=text or "Harbor Hill School",
        version=3,
        published_on=ON,
        promises=told,
        listening=(text or "Hands-on learning",),
        collecting=text or "Winter 2027",
        form_url="https://forms.example/harbor",
        contacts=(Contact(text or "Ms. Rivera, counselor", text or "room 12"),),
        help_lines=(Contact(text or "988", text or "call or text", "988"),),
        privacy=("No student is named here.",),
    )
