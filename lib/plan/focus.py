"""Focus practices: the practices chosen for PD, each with the evidence it was chosen on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from lib.catalogue import called
from lib.decided import (
    DecisionProblem,
    Records,
    decide,
    fields_before,
    stored_date,
    stored_state,
    written_date,
)
from lib.evidence.types import Audience, Change, Evidence, Figure, Flag, Tier, WaveTable
from lib.plan.words import fitted, stored, written
from lib.voices.lines import order_from_cell, order_to_cell
from lib.workbook import tabs
from lib.workbook.records import Event, Record

RUNNING_LIMIT = 3
"""More than three at once and none of them gets the time it needs."""


class FocusState(StrEnum):
    """Where a focus stands."""

    RUNNING = "running"
    FINISHED = "finished"
    DROPPED = "dropped"


@dataclass(frozen=True)
class Focus:
    """A practice chosen for PD.

    ``practice`` and ``wave`` are ids; ``evidence`` is what the numbers said on the day it was
    chosen, in words, and never changes afterwards. Nor do ``baseline``, the id of the wave to
    compare with, ``students_order``, where a panel of students put the practice, in words, and
    ``quotes``, the ids (``Shown.shown_id``) of the approved words that were seen with it.
    ``prefer`` is how students would like it, in the team's words; ``recheck`` the day to look
    again. ``record`` holds the history.
    """

    record_id: str
    practice: str
    state: FocusState
    wave: str
    evidence: str
    owner: str
    done_when: str
    reason: str
    record: Record
    baseline: str = ""
    students_order: str = ""
    quotes: tuple[str, ...] = ()
    prefer: str = ""
    recheck: date | None = None

    @property
    def chosen_at(self) -> datetime:
        """When it was chosen (UTC)."""
        return self.record.chain[0].at


def focuses(records: Records) -> tuple[Focus, ...]:
    """Every focus in the tab PD Focus, in the order in which they were chosen."""
    found = (_read(record) for record in records.values())
    return tuple(sorted(found, key=lambda focus: (focus.chosen_at, focus.record_id)))


def running(chosen: Sequence[Focus]) -> tuple[Focus, ...]:
    """The focuses that run now."""
    return tuple(focus for focus in chosen if focus.state is FocusState.RUNNING)


def evidence_words(
    table: WaveTable,
    practice: str,
    heard: Sequence[str] = (),
    *,
    audience: Audience = Audience.STAFF,
) -> str:
    """Say what a closed wave's printed table knows of a practice, to be frozen with the choice.

    ``heard``: what conversations and a panel of students said of it, in sentences that follow.
    For those who may choose: they see what is for staff. With ``audience`` PUBLIC it says what
    everybody may hear. Works whatever is known: with no figure, or too few answers to rank, it
    says so.
    """
    said = [f"{table.wave.label}:"]
    priority = next((p for p in table.priorities if p.practice == practice), None)
    cell = table.everybody
    favorable = cell.favorable.get(practice) if cell else None
    if priority:
        said.append(_figure(priority.unfavorable, "not favorable"))
    elif isinstance(favorable, Figure):
        said.append(_figure(favorable, "favorable"))
    else:
        said.append("too few answers to print a figure")
    said[-1] += f", about {cell.n} answers." if cell else "."
    tier = priority.tier if priority else Tier.TOO_FEW
    said.append(f"{tier.value.capitalize()}.")
    since_last = table.since_last.get(practice)
    # A fall is left to the move since the last wave, which says it with its figures.
    said += [
        beside.sentence
        for beside in (priority.beside if priority else ())
        if (beside.flag is not Flag.FALL or since_last is None)
        and (audience is Audience.STAFF or beside.audience is Audience.PUBLIC)
    ]
    if since_last:
        # The figure above counts the other way round, so the move says what it counts.
        of = "It" if since_last.change is Change.TOO_FEW else "Favorable answers"
        said.append(f"{of} {since_last.moved}.")
    return " ".join((*said, *heard))


def public_words(focus: Focus, evidence: Evidence) -> str:
    """What a room with students may hear of the wave a focus was chosen on; "" without its table.

    ``focus.evidence`` is frozen as staff saw it, with the gaps that only staff see.
    """
    table = next((each for each in evidence.waves if each.wave.wave_id == focus.wave), None)
    return evidence_words(table, focus.practice, audience=Audience.PUBLIC) if table else ""


def choose(
    practice: str,
    *,
    wave: str,
    evidence: str,
    chosen: Sequence[Focus],
    names: Mapping[str, str],
    who: str,
    at: datetime,
    baseline: str = "",
    students_order: str = "",
    quotes: Sequence[str] = (),
) -> Event:
    """Choose a practice as a focus, with its evidence frozen as it stands (see ``Focus``).

    ``chosen`` are all focuses so far and ``names`` the practices' names by id. Raises
    DecisionProblem when the practice is running already, or when three others are: it says which
    to finish.
    """
    _room_for(practice, chosen, names)
    fields = {
        "practice": written("practice", practice),
        "state": FocusState.RUNNING.value,
        "wave": written("wave", wave),
        "evidence": fitted("evidence", evidence),
        "baseline": written("baseline", baseline),
        "students_order": fitted("students_order", students_order),
        "quotes": order_to_cell(quotes),
        "owner": "",
        "done_when": "",
        "reason": "",
        "prefer": "",
        "recheck": "",
    }
    return decide(tabs.FOCUS, fields, who=who, at=at)


def edit(
    focus: Focus,
    *,
    owner: str,
    done_when: str,
    prefer: str,
    recheck: date | None,
    who: str,
    at: datetime,
) -> Event:
    """Save who looks after a focus, how the school will know, and when. Raises DecisionProblem."""
    fields = {
        "owner": written("owner", owner),
        "done_when": written("done_when", done_when),
        "prefer": written("prefer", prefer),
        "recheck": written_date(recheck) if recheck else "",
    }
    return decide(tabs.FOCUS, fields, who=who, at=at, previous=focus.record)


def finish(focus: Focus, *, who: str, at: datetime) -> Event:
    """Mark a running focus as finished. Raises DecisionProblem when it does not run."""
    _must_run(focus)
    fields = {"state": FocusState.FINISHED.value, "reason": ""}
    return decide(tabs.FOCUS, fields, who=who, at=at, previous=focus.record)


def drop(focus: Focus, *, reason: str, who: str, at: datetime) -> Event:
    """Give a running focus up, and say why. Raises DecisionProblem without a reason."""
    _must_run(focus)
    said = written("reason", reason)
    if not said:
        raise DecisionProblem(
            "A focus is dropped with a reason, so that next year's team knows why.",
            "Write one sentence.",
        )
    fields = {"state": FocusState.DROPPED.value, "reason": said}
    return decide(tabs.FOCUS, fields, who=who, at=at, previous=focus.record)


def reopen(
    focus: Focus,
    *,
    chosen: Sequence[Focus],
    names: Mapping[str, str],
    who: str,
    at: datetime,
    reason: str = "",
) -> Event:
    """Let a finished or dropped focus run again. Raises DecisionProblem as ``choose`` does."""
    _room_for(focus.practice, chosen, names)
    fields = {"state": FocusState.RUNNING.value, "reason": written("reason", reason)}
    return decide(tabs.FOCUS, fields, who=who, at=at, previous=focus.record)


def undo(
    focus: Focus, *, chosen: Sequence[Focus], names: Mapping[str, str], who: str, at: datetime
) -> Event:
    """Take the last change back by a new revision; undoing the choice itself drops the focus.

    Undoing twice brings the change back. Raises DecisionProblem when there is no room to run again.
    """
    before = fields_before(focus.record)
    if before is None:
        before = {"state": FocusState.DROPPED.value, "reason": "The choice was undone."}
    runs_again = before.get("state") == FocusState.RUNNING.value
    if runs_again and focus.state is not FocusState.RUNNING:
        _room_for(focus.practice, chosen, names)
    return decide(tabs.FOCUS, before, who=who, at=at, previous=focus.record)


def _read(record: Record) -> Focus:
    return Focus(
        record_id=record.record_id,
        practice=stored(record, "practice"),
        # A state that nobody knows is shown as running, where somebody will see and repair it.
        state=stored_state(record, "state", FocusState, FocusState.RUNNING),
        wave=stored(record, "wave"),
        evidence=stored(record, "evidence"),
        owner=stored(record, "owner"),
        done_when=stored(record, "done_when"),
        reason=stored(record, "reason"),
        record=record,
        baseline=stored(record, "baseline"),
        students_order=stored(record, "students_order"),
        quotes=order_from_cell(record.fields.get("quotes", "")),
        prefer=stored(record, "prefer"),
        recheck=stored_date(record, "recheck"),
    )


def _figure(figure: Figure, of: str) -> str:
    return f"{figure.text} {of} (likely {figure.low}% to {figure.high}%)"


def _must_run(focus: Focus) -> None:
    if focus.state is not FocusState.RUNNING:
        raise DecisionProblem(f"This focus is {focus.state.value} already.", "Reopen it first.")


def _room_for(practice: str, chosen: Sequence[Focus], names: Mapping[str, str]) -> None:
    now = running(chosen)
    if any(focus.practice == practice for focus in now):
        name = called(practice, names)
        raise DecisionProblem(f"“{name}” is a focus already.", "You find it under Plan.")
    if len(now) >= RUNNING_LIMIT:
        listed = [f"“{called(focus.practice, names)}”" for focus in now]
        raise DecisionProblem(
            f"{len(now)} focus practices are running, and {RUNNING_LIMIT} are the most "
            "a school can do well.",
            f"Finish or drop one of them first: {', '.join(listed[:-1])} or {listed[-1]}.",
        )
