"""All PD so far: what moved, what did not, and what cannot be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lib.evidence.effect import Reach, Verdict
from lib.plan.focus import Focus
from lib.plan.sessions import Session, stands
from lib.text import count, join_words


class Kind(StrEnum):
    """What may be said of a session, as the heading over it."""

    MOVED = "What moved"
    NOT_MOVED = "What did not move"
    UNTOLD = "What cannot be told"
    NOT_YET = "Not known yet"


_KIND: Mapping[Verdict, Kind] = {
    Verdict.MOVED: Kind.MOVED,
    Verdict.NO_MOVE: Kind.NOT_MOVED,
    Verdict.BEHIND: Kind.NOT_MOVED,
    Verdict.CANNOT_TELL: Kind.UNTOLD,
    Verdict.NO_BASELINE: Kind.UNTOLD,
    Verdict.NOT_YET: Kind.NOT_YET,
}

_COUNTED: Mapping[Kind, str] = {
    Kind.MOVED: "moved",
    Kind.NOT_MOVED: "did not",
    Kind.UNTOLD: "cannot be told",
    Kind.NOT_YET: "may still show",
}

_CANNOT_SAY: Mapping[Verdict, str] = {
    Verdict.NO_MOVE: "A smaller change may have happened unseen.",
    Verdict.BEHIND: "That does not say what caused it.",
    Verdict.CANNOT_TELL: "That is not the same as no change.",
    Verdict.NO_BASELINE: "That says nothing about the session.",
}


@dataclass(frozen=True)
class Outcome:
    """A session that took place, its practice (an id), and what may be said of it."""

    session: Session
    practice: str
    reach: Reach

    @property
    def sentence(self) -> str:
        """The verdict's sentence, and what it cannot say."""
        return sentence(self.reach)


def sentence(reach: Reach) -> str:
    """What may be said of a session, and what that cannot say."""
    return f"{reach.sentence} {_CANNOT_SAY.get(reach.verdict, '')}".strip()


def outcomes(
    chosen: Sequence[Focus],
    planned: Sequence[Session],
    reached: Mapping[str, Reach],
    *,
    today: date,
) -> Mapping[Kind, tuple[Outcome, ...]]:
    """Every session held before ``today`` by what may be said of it, the newest first.

    ``reached`` are the verdicts by the session's record id. A kind without a session is left out.
    """
    practice = {focus.record_id: focus.practice for focus in chosen}
    held = [
        Outcome(session, practice[session.focus], reached[session.record_id])
        for session in reversed(planned)
        if stands(session)
        and session.on
        and session.on < today
        and session.focus in practice
        and session.record_id in reached
    ]
    found = {kind: tuple(o for o in held if _KIND[o.reach.verdict] is kind) for kind in Kind}
    return {kind: those for kind, those in found.items() if those}


def headline(found: Mapping[Kind, Sequence[Outcome]]) -> str:
    """All of it in one sentence: "Of 4 sessions, 1 moved, 2 did not and 1 cannot be told"."""
    total = sum(len(those) for those in found.values())
    if not total:
        return "No PD session has taken place yet"
    parts = [f"{len(those)} {_COUNTED[kind]}" for kind, those in found.items()]
    return f"Of {count(total, 'PD session')}, {join_words(parts)}"
