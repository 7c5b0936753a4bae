"""What students say of one practice: how many, in which words, and whether the ratings agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.evidence.types import Cell, Figure, Printed
from lib.intake.feedback import Standing
from lib.voices.shown import Shown

TITLES = {
    Standing.WORKS: "Works for me",
    Standing.ISNT_WORKING: "Isn't working for me",
    Standing.USED_TO_WORK: "Used to work, we stopped",
}
"""What each standing is called on screen."""

_SAY = {
    Standing.WORKS: "say it works",
    Standing.ISNT_WORKING: "that it isn't working",
    Standing.USED_TO_WORK: "that it used to",
}

_THIRD = 3


@dataclass(frozen=True)
class StandingPart:
    """One standing of a practice: its printed share (None where not asked) and passed words."""

    standing: Standing
    share: Printed | None
    words: tuple[Shown, ...]

    @property
    def title(self) -> str:
        """What it is called on screen."""
        return TITLES[self.standing]


def parts(cell: Cell, practice: str, shown: Iterable[Shown]) -> tuple[StandingPart, ...]:
    """The three standings of a practice, everybody's; ``shown`` in the order they come in."""
    about = [each for each in shown if practice in each.practices]
    return tuple(
        StandingPart(standing, share, tuple(w for w in about if w.standing is standing))
        for standing, share in _shares(cell, practice).items()
    )


def said_of(cell: Cell, practice: str) -> Mapping[Standing, Printed]:
    """The shares that are printed of a practice, by standing; empty where there is no figure."""
    printed = {each: share for each, share in _shares(cell, practice).items() if share is not None}
    return printed if any(isinstance(share, Figure) for share in printed.values()) else {}


def _shares(cell: Cell, practice: str) -> dict[Standing, Printed | None]:
    return {
        Standing.WORKS: cell.works.get(practice),
        Standing.ISNT_WORKING: cell.isnt_working.get(practice),
        Standing.USED_TO_WORK: cell.used_to_work.get(practice),
    }


def standing_title(said: Mapping[Standing, Printed]) -> str:
    """How many say what of a practice, as a title."""
    shown = [
        f"{printed.text} {_SAY[standing]}"
        for standing, printed in said.items()
        if isinstance(printed, Figure)
    ]
    text = ", ".join(shown)
    return text[:1].upper() + text[1:] if shown else "What students say of it"


def other_words(practice: str, shown: Iterable[Shown]) -> tuple[Shown, ...]:
    """Passed words on a practice that answer a question about no standing."""
    return tuple(w for w in shown if practice in w.practices and w.standing is None)


def most_said(cell: Cell, practices: Iterable[str]) -> tuple[str, ...]:
    """Practices, those that most say isn't working first; those without a share keep their order.

    ``practices`` are ids in the school's order.
    """

    def share(practice: str) -> int:
        printed = cell.isnt_working.get(practice)
        return printed.percent if isinstance(printed, Figure) else -1

    return tuple(sorted(practices, key=lambda practice: -share(practice)))


def compare(cell: Cell, practice: str) -> str:
    """Whether what students pick agrees with how they rate, in one sentence, printed figures only.

    "Among the most" is the top third of the practices with a printed share, "among the lowest" the
    lowest third of those with a printed rating; ties belong to it.
    """
    rated = cell.favorable.get(practice)
    if not isinstance(rated, Figure):
        return "There is no rating to compare this with."
    says = f"rated {rated.text} favorable"
    if not cell.isnt_working:
        return f"It is {says}; the form does not ask what isn't working."
    low = _among(cell, practice, "lowest")
    often = _among(cell, practice, "most")
    if low and often:
        return f"The ratings agree: it is {says}, among the lowest, too."
    if often:
        return f"The ratings say less: it is {says}, not among the lowest."
    if low:
        return f"The ratings say more: it is {says}, among the lowest; others are picked more."
    return f"The ratings agree: it is {says}, and neither stands out."


def _among(cell: Cell, practice: str, which: str) -> bool:
    """Whether a practice is in the third that is rated lowest, or picked most as not working."""
    of, sign = (cell.favorable, 1) if which == "lowest" else (cell.isnt_working, -1)
    printed = {p: sign * f.percent for p, f in of.items() if isinstance(f, Figure)}
    if practice not in printed:
        return False
    values = sorted(printed.values())
    return printed[practice] <= values[max(len(values) // _THIRD, 1) - 1]
