"""What both documents of the brief say around it, so that Word and PDF say the same."""

from collections.abc import Sequence
from enum import StrEnum

from lib.evidence.types import Printed, Wave
from lib.plan.brief import Brief, figures

TOO_FEW = "Too few students have answered this to show a figure."
FOR_STAFF = "For staff. Figures are rounded, and hidden where a group is small."
MADE_BY = "Seat at the Table"


class Heading(StrEnum):
    """The headings, in their order. The front of the sheet ends before the session."""

    WHY = "Why this practice"
    WORDS = "In students' words"
    USED_TO_WORK = "What used to work"
    SESSION = "The session"
    AGENDA = "Agenda"
    KNOW = "How we will know"


def rated(brief: Brief) -> str:
    """What students rated: "Students rated: “I know what we are learning.”"."""
    return f"Students rated: “{brief.statement}”"


def favorable(waves: Sequence[tuple[Wave, Printed]]) -> str:
    """The chart's figures in one line."""
    return f"Percent favorable: {figures(waves)}."


def of_school(brief: Brief) -> str:
    """What stands at the head of every page."""
    return f"{brief.school}: brief for the PD team"


def of_practice(brief: Brief) -> str:
    """What the document is called in its own properties."""
    return f"{brief.practice}: brief for the PD team"
