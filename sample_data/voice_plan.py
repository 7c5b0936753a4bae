"""What the sample school has read, heard and been told: reviews, conversations and one panel.

Every comment of a closed wave was read in the week after it closed; the open wave's comments wait.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sample_data.planted import CONTACTS, DISCLOSURE, NAMED
from sample_data.story_plan import ADVISOR, LEAD, PRINCIPAL, Step

COUNSELOR = "Counselor"
READ_AT = "09:10:00"
"""When reading begins on the Monday after a wave; a comment takes six seconds."""
SECONDS_EACH = 6

REDACTED: Mapping[str, str] = {
    CONTACTS[0].text: "If you want ideas for projects ask students.",
    CONTACTS[1].text: "the film club.",
    CONTACTS[2].text: "some of us would help if the panel needs people",
    NAMED[2].text: "stations for fractions. i miss that",
}
"""Comments whose words were edited before they were passed."""

HELD: tuple[str, ...] = (NAMED[5].text, NAMED[7].text)
"""They compare two members of staff, or praise one in a way that finds fault with the others."""

REFERRED = DISCLOSURE.text
SINCE_REFERRED: tuple[tuple[str, str], ...] = (
    ("2026-10-12T09:25:00", "seen"),
    ("2026-10-12T10:05:00", "handed over"),
)
"""What the counselor did after the referral: local time and step."""

DRILL = "drill-september"
DRILL_STEPS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("2026-09-23T08:30:00", {"source": "drill", "state": "unreviewed", "month": "2026-09"}),
    ("2026-09-23T08:52:00", {"state": "referred", "step": "new"}),
    ("2026-09-23T09:04:00", {"step": "seen"}),
    ("2026-09-23T09:06:00", {"step": "closed"}),
)
"""The chain was tried before the fall wave, and it worked."""


def _talk(record_id: str, at: str, who: str, **fields: str) -> Step:
    return Step(record_id, at, who, {**fields, "state": "logged"})


CONVERSATIONS: tuple[Step, ...] = (
    _talk(
        "talk-shadow-g9",
        "2026-10-22T14:50",
        PRINCIPAL,
        date="2026-10-22",
        kind="shadowing day",
        students="a few",
        standings="calm: isn't working; notice: works",
        student_part="asked",
        heard="Quiet work starts after ten minutes of settling in. Once it is quiet it stays so.",
    ),
    _talk(
        "talk-council-nov",
        "2026-11-12T12:40",
        ADVISOR,
        date="2026-11-12",
        kind="student panel",
        students="10 or more",
        standings="choice: isn't working; handson: used to work; feedback: works",
        student_part="at the table",
        heard="Every class hands out the same essay. They would rather show it in their own way.",
    ),
    _talk(
        "talk-lab-door",
        "2026-12-03T15:05",
        LEAD,
        date="2026-12-03",
        kind="informal talk",
        students="a few",
        standings="handson: used to work",
        student_part="asked",
        heard="The first lab day in a year. Two asked when the next one is before they left.",
    ),
    _talk(
        "talk-lunch-jan",
        "2027-01-20T12:25",
        ADVISOR,
        date="2027-01-20",
        kind="informal talk",
        students="5-9",
        standings="calm: isn't working",
        student_part="asked",
        heard="Phones are the loudest thing in the room, and each room has another rule for them.",
    ),
)
"""Conversations as they were written down."""

NOTES_WAITING: tuple[str, ...] = ("talk-lunch-jan",)
"""Conversations whose words nobody has passed yet."""

PANEL_STEPS: tuple[Step, ...] = (
    Step(
        "panel-november",
        "2026-11-12T12:50",
        ADVISOR,
        {
            "date": "2026-11-12",
            "kind": "student panel",
            "students": "10 or more",
            "wave": "2026-fall",
            "state": "held",
        },
    ),
    Step(
        "panel-november",
        "2026-11-12T12:58",
        ADVISOR,
        {"guesses": "choice: 30; calm: 45; handson: 50; feedback: 75; respect: 60"},
    ),
    Step(
        "panel-november",
        "2026-11-12T13:20",
        ADVISOR,
        {
            "strengths": "feedback: Comments come while we can still use them.",
            "concerns": "choice: We all hand in the same thing.\n"
            "calm: Nobody knows which phone rule counts.",
            "ideas": "choice: Two ways to show it, in every class, once a month.",
        },
    ),
    Step(
        "panel-november",
        "2026-11-12T13:26",
        ADVISOR,
        {"order": "choice; calm; handson; retry; pace"},
    ),
)
"""One panel of the student council, on the fall's charts."""


@dataclass(frozen=True)
class Read:
    """What was decided about one comment, by its words; the others were passed."""

    state: str
    words: str = ""


def read(text: str) -> Read:
    """The decision about a comment of a closed wave."""
    if text == REFERRED:
        return Read("referred")
    if text in REDACTED:
        return Read("redacted", REDACTED[text])
    return Read("held") if text in HELD else Read("passed")
