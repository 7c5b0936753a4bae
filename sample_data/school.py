"""The fictional school: its students, its waves, and what is true there.

Every name, number and event is invented. What is written here as a share is the truth that the
answers are drawn from; what the answers then say differs from it by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lib.catalogue import CATALOGUE

SCHOOL = "Quillhaven Secondary School"
TIME_ZONE = "America/Chicago"
CLOCK = datetime.fromisoformat("2027-01-28T10:15:00")
"""Now, on the school's clock: the fourth morning of the open wave."""
PUBLISHED_AT = datetime.fromisoformat("2026-11-20T15:30:00")
"""When the students' page was published, on the same clock."""


@dataclass(frozen=True)
class WavePlan:
    """A collection window [opens, closes) of whole days, and how many students answered in it."""

    wave_id: str
    label: str
    opens: date
    closes: date | None
    answers: int


WAVES: tuple[WavePlan, ...] = (
    WavePlan("2024-spring", "Spring 2024", date(2024, 4, 22), date(2024, 5, 4), 294),
    WavePlan("2024-fall", "Fall 2024", date(2024, 9, 30), date(2024, 10, 12), 301),
    WavePlan("2025-winter", "Winter 2025", date(2025, 1, 27), date(2025, 2, 8), 288),
    WavePlan("2025-spring", "Spring 2025", date(2025, 4, 21), date(2025, 5, 3), 328),
    WavePlan("2025-fall", "Fall 2025", date(2025, 9, 29), date(2025, 10, 11), 334),
    WavePlan("2026-winter", "Winter 2026", date(2026, 1, 26), date(2026, 2, 7), 305),
    WavePlan("2026-spring", "Spring 2026", date(2026, 4, 20), date(2026, 5, 2), 309),
    WavePlan("2026-fall", "Fall 2026", date(2026, 9, 28), date(2026, 10, 10), 307),
    WavePlan("2027-winter", "Winter 2027", date(2027, 1, 25), None, 146),
)

GRADES = tuple(range(6, 13))

ENROLLED: Mapping[str, tuple[int, ...]] = {
    "General": (56, 54, 52, 48, 46, 40, 37),
    "Arts": (16, 16, 16, 16, 15, 14, 13),
    "STEM": (16, 16, 17, 17, 17, 15, 14),
    "Newcomer ESL": (8, 8, 7, 7, 6, 4, 3),
    "Work Study": (0, 0, 0, 0, 0, 3, 3),
}
"""Students by program, one number a grade from 6 to 12: 600 in all."""

WILLING: tuple[float, ...] = (0.60, 0.58, 0.55, 0.53, 0.47, 0.38, 0.28)
"""How readily each grade answers, from 6 to 12: the oldest are not heard enough."""

TINY_PROGRAM = "Work Study"
TINY_ANSWERS: tuple[int, ...] = (4, 3, 4, 4, 3, 4, 3, 4, 3)
"""How many of the tiny program answer in each wave: always too few to show."""

LATER_START = 4
"""Index of the wave from which the school day starts later and everything feels better."""
MOOD = 0.22
"""How much better, in standard deviations of one answer: about 8 points of 100."""

_STEADY: Mapping[str, float] = {
    "goals": 0.66,
    "explain": 0.54,
    "retry": 0.48,
    "choice": 0.33,
    "pace": 0.68,
    "reallife": 0.47,
    "stretch": 0.65,
    "talk": 0.62,
    "handson": 0.45,
    "respect": 0.71,
    "notice": 0.55,
}
_MOVING: Mapping[str, tuple[float, ...]] = {
    "feedback": (0.43, 0.43, 0.43, 0.61, 0.61, 0.62, 0.62, 0.62, 0.63),
    "listen": (0.46, 0.46, 0.47, 0.49, 0.50, 0.51, 0.52, 0.53, 0.53),
    "calm": (0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.65, 0.45, 0.45),
}
_YOUNGEST: Mapping[str, float] = {"pace": 0.34}
"""Where grades 6 and 7 live in another school than the rest."""


def favorable(wave: int, practice: str, grade: int) -> float:
    """The true share of favorable answers before the general mood, from 0 to 1."""
    if grade <= 7 and practice in _YOUNGEST:
        return _YOUNGEST[practice]
    if practice in _MOVING:
        return _MOVING[practice][wave]
    return _STEADY[practice]


def used_to_work(wave: int) -> tuple[float, ...]:
    """How often each practice is named as something that stopped: weights in catalogue order.

    The labs were closed for building work before the fall of 2025 and the habit never came back.
    """
    stopped = {"handson": 9.0 if wave >= LATER_START else 1.5, "talk": 1.6, "listen": 0.6}
    return tuple(stopped.get(practice.practice_id, 1.0) for practice in CATALOGUE)


HONEST: tuple[float, ...] = (0.62, 0.63, 0.63, 0.66, 0.68, 0.69, 0.71, 0.72, 0.72)
USED: tuple[float, ...] = (0.34, 0.34, 0.36, 0.46, 0.48, 0.52, 0.55, 0.60, 0.60)
"""Who agrees with the two trust questions, by wave: more since promises are kept."""

FOLLOW_UPS: Mapping[str, Mapping[int, tuple[float, float, float]]] = {
    "give comments while the work is still open": {
        3: (0.36, 0.45, 0.19),
        4: (0.41, 0.42, 0.17),
    },
    "check what everyone understood before moving on": {
        5: (0.08, 0.30, 0.62),
        6: (0.09, 0.33, 0.58),
    },
    "add a catch-up block each Friday": {7: (0.16, 0.50, 0.34)},
    "bring back one hands-on lab every two weeks": {8: (0.30, 0.45, 0.25)},
}
"""By promise and wave asked: who says changed a lot, a bit, not yet. In the order of the sheet."""
