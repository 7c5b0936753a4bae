"""What a team has before its eyes when it chooses a focus, frozen with the choice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lib.evidence.types import Evidence
from lib.intake.feedback import Standing
from lib.plan import focus as room
from lib.plan.focus import Focus, evidence_words
from lib.voices import told
from lib.voices.panel import StudentsOrder
from lib.voices.shown import Shown
from lib.workbook.records import Event

_QUOTES = 3
"""Passed words that are kept with a choice, the newest."""


@dataclass(frozen=True)
class Seen:
    """What was seen, as ``lib.plan.focus.Focus`` keeps it."""

    wave: str
    evidence: str
    baseline: str
    students_order: str
    quotes: tuple[str, ...]


def seen(
    evidence: Evidence,
    practice: str,
    *,
    chosen: Sequence[Focus],
    order: StudentsOrder | None,
    came_up: Mapping[str, Mapping[Standing, int]],
    approved: Sequence[Shown],
) -> Seen | None:
    """What stands now of a practice; None before a wave with enough answers has closed.

    ``came_up`` are ``lib.voices.conversations.mentions``.
    ``chosen`` are all focuses so far, ``approved`` the words that a person has passed, newest
    first. Their ids are kept and not the words: what is held back later must not stay in the
    sheet.
    """
    latest = evidence.latest
    if latest is None:
        return None
    return Seen(
        wave=latest.wave.wave_id,
        evidence=evidence_words(latest, practice, told.beside(came_up, None, practice)),
        baseline=baseline(evidence, practice, chosen),
        students_order=told.place_words(order, practice),
        quotes=tuple(each.shown_id for each in approved if practice in each.practices)[:_QUOTES],
    )


def choose(
    practice: str,
    saw: Seen,
    *,
    chosen: Sequence[Focus],
    names: Mapping[str, str],
    who: str,
    at: datetime,
    instead_of: Focus | None = None,
) -> tuple[Event, ...]:
    """Choose a focus with what was seen; another is finished in the same go, where one must be.

    Raises DecisionProblem as ``lib.plan.focus.choose`` and ``finish`` do.
    """
    ended = (room.finish(instead_of, who=who, at=at),) if instead_of else ()
    others = [focus for focus in chosen if instead_of is None or focus != instead_of]
    made = room.choose(
        practice,
        wave=saw.wave,
        evidence=saw.evidence,
        baseline=saw.baseline,
        students_order=saw.students_order,
        quotes=saw.quotes,
        chosen=others,
        names=names,
        who=who,
        at=at,
    )
    return (*ended, made)


def baseline(evidence: Evidence, practice: str, chosen: Sequence[Focus]) -> str:
    """The id of the wave to compare with: the newest before the latest that did not choose it.

    A wave in which a practice was picked for being low makes any next one look better. "" where
    there is none.
    """
    chose = {focus.wave for focus in chosen if focus.practice == practice}
    before = [
        table.wave.wave_id
        for table in evidence.waves
        if table.everybody is not None and table.wave.wave_id not in chose
    ]
    latest = evidence.latest
    earlier = [wave_id for wave_id in before if latest and wave_id != latest.wave.wave_id]
    return earlier[-1] if earlier else ""


def lines(focus: Focus, words: Mapping[str, str]) -> tuple[str, ...]:
    """What was frozen beside the evidence, in sentences; ``words`` names waves by id."""
    said = []
    if focus.students_order:
        said.append(focus.students_order)
    if focus.baseline:
        before = words.get(focus.baseline, focus.baseline)
        said.append(f"Compared with {before}, until a wave closes before the session.")
    return tuple(said)


def quotes(focus: Focus, approved: Sequence[Shown]) -> tuple[Shown, ...]:
    """The words that were seen with a choice, of those that are still approved."""
    by_id = {each.shown_id: each for each in approved}
    return tuple(by_id[shown_id] for shown_id in focus.quotes if shown_id in by_id)
