"""What is to be found in the sample school, by name, so that tests can ask the app for it.

README.md beside this tells the same as a story.
"""

from dataclasses import dataclass

from sample_data import planted, school
from sample_data.planted import Planted


@dataclass(frozen=True)
class AfterSession:
    """A practice, its PD session, and what may be said of it afterwards."""

    practice: str
    focus: str
    session: str
    chosen_on: str
    baseline: str
    after: str
    verdict: str


ROSE = AfterSession(
    practice="feedback",
    focus="focus-feedback",
    session="session-feedback",
    chosen_on="2024-fall",
    baseline="2025-winter",
    after="2025-spring",
    verdict="moved more than the other practices",
)
"""About 15 points up after its session, while the others stayed where they were."""

ROSE_WITH_THE_REST = AfterSession(
    practice="explain",
    focus="focus-explain",
    session="session-explain",
    chosen_on="2025-winter",
    baseline="2025-spring",
    after="2025-fall",
    verdict="no clear movement",
)
"""Up after its session, and so was nearly everything: the school day started later that fall."""

NOT_MOVED = AfterSession(
    practice="pace",
    focus="focus-pace",
    session="session-pace",
    chosen_on="2025-fall",
    baseline="2026-winter",
    after="2026-spring",
    verdict="no clear movement",
)

MOOD_WAVE = "2025-fall"
"""The wave in which nearly every practice is "better" than in the wave before."""

FELL = "calm"
FELL_IN = "2026-fall"
"""Worse than in the wave before and than a year before; the only change in that wave."""

LOW_FOR_SOME = "pace"
LOW_GRADES = ("Grade 6", "Grade 7")
"""More than 20 points below every other grade in each wave's truth."""

USED_TO_WORK = "handson"
USED_TO_WORK_SINCE = "2025-fall"
"""Named by about one in four as what used to help and stopped; no other by one in ten."""

LATEST_CLOSED = "2026-fall"
OPEN = "2027-winter"
CLEAR_PRIORITY = "choice"
"""The only clear priority in the latest closed wave, and no focus yet."""

HIDDEN_GROUP = ("Program", "Work Study")
"""Three or four answers a wave: never a cell of its own, on any page."""

NOT_HEARD = ("Grade 12",)
"""Answers at less than 0.8 of the school's rate in the latest closed wave."""

RUNNING = ("focus-pace", "focus-handson")
NEXT_SESSION = "session-handson-students"

PROMISE_STATES: dict[str, str] = {
    "promise-feedback": "done",
    "promise-explain": "done",
    "promise-pace": "half done",
    "promise-handson": "doing",
    "promise-retry": "not this time",
    "promise-choice": "listening",
}
LATE_PROMISE = "promise-pace"
"""Its day to look again has passed."""

STUDENTS_SAY: dict[str, tuple[str, str]] = {
    "promise-feedback": ("2025-fall", "Changed a lot"),
    "promise-explain": ("2026-spring", "Not yet"),
    "promise-pace": ("2026-fall", "Changed a bit"),
}
"""The last closed wave that asked about a promise, and what most answered.

Staff call both promise-feedback and promise-explain done; students agree with the first only.
"""


def sheet_row(comment: Planted) -> int:
    """The row in the form's tab where a planted comment stands, as the sheet counts."""
    before = sum(wave.answers for wave in school.WAVES[: comment.wave])
    return 2 + before + comment.answer


COUNSELOR_ROWS: dict[int, str] = {
    sheet_row(comment): comment.text for comment in planted.FOR_THE_COUNSELOR
}
"""The two comments that belong in the counselor's queue, by row of the sheet."""


REFERRED_ROW = sheet_row(planted.DISCLOSURE)
WAITING_ROW = sheet_row(planted.DISTRESS)
"""Of the two, the first is with the counselor and handed over; the second waits to be read."""

STUDENTS_ORDER = ("choice", "calm", "handson", "retry", "pace")
"""What the student council's panel of November 2026 put first."""
