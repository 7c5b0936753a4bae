"""Promises: what students said, and what the adults did, are doing, or will not do and why."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from lib.decided import (
    DecisionProblem,
    Records,
    decide,
    fields_before,
    one_line,
    stored_date,
    stored_state,
    written_date,
)
from lib.plan.words import fitted, stored, written
from lib.workbook import tabs
from lib.workbook.records import Event, Record

_WOULD = re.compile(r"^(we )?(said )?(we |that we )?would\s+", re.IGNORECASE)
_BECAUSE = re.compile(r"^(not this time\s*[,:.]?\s*)?(because\b\s*[,:]?\s*)?", re.IGNORECASE)


class PromiseState(StrEnum):
    """What the adults say of a promise. Whether it changed anything, students say."""

    LISTENING = "listening"
    DOING = "doing"
    HALF_DONE = "half done"
    DONE = "done"
    NOT_THIS_TIME = "not this time"


@dataclass(frozen=True)
class Promise:
    """One answer to students.

    ``focus`` is the record id of its focus, "" where it has none; ``practice`` and ``wave`` are
    ids. ``we_did`` is the sentence that belongs to the state: what was done, is being done, is
    listened to, or the reason why not. ``follow_up`` are the words that the next form puts after
    "We said we would"; ``reopened`` is what students said that opened it again, "" where none did.
    """

    record_id: str
    focus: str
    practice: str
    wave: str
    you_said: str
    state: PromiseState
    we_did: str
    owner: str
    revisit: date | None
    record: Record
    follow_up: str = ""
    reopened: str = ""

    @property
    def state_since(self) -> datetime:
        """When it came to the state in which it is (UTC)."""
        since = self.record.latest
        for event in reversed(self.record.chain):
            if event.fields.get("state") != since.fields.get("state"):
                break
            since = event
        return since.at

    @property
    def asked_as(self) -> tuple[str, ...]:
        """All that a form may have asked about it, newest words first.

        Words that were changed later do not undo what students answered to the earlier ones.
        """
        said = (event.fields.get("follow_up", "") for event in reversed(self.record.chain))
        return tuple(dict.fromkeys(words for each in said if (words := one_line(each))))


class Sentences(Protocol):
    """What students will read of a promise, written down or still in the editor."""

    @property
    def you_said(self) -> str:
        """What students said."""

    @property
    def state(self) -> PromiseState:
        """Where it stands."""

    @property
    def we_did(self) -> str:
        """What came of it."""

    @property
    def revisit(self) -> date | None:
        """When adults look at it again."""


def promises(records: Records) -> tuple[Promise, ...]:
    """Every promise in the tab PD Promises, newest first; one without a sentence is none."""
    found = [_read(record) for record in records.values()]
    found.sort(key=lambda promise: (promise.record.history[0].at, promise.record_id), reverse=True)
    return tuple(promise for promise in found if promise.you_said or promise.we_did)


def answered(told: Sequence[Promise], *, focus: str, practice: str) -> bool:
    """Whether students have an answer about a focus (its record id) on this practice.

    A promise that was written without a focus answers whichever focus its practice becomes.
    """
    return any(p.focus == focus or (not p.focus and p.practice == practice) for p in told)


def make(
    *,
    focus: str,
    practice: str,
    wave: str,
    you_said: str,
    state: PromiseState,
    we_did: str,
    owner: str,
    revisit: date | None,
    follow_up: str = "",
    who: str,
    at: datetime,
) -> Event:
    """Write a promise down; a draft may still miss a sentence. Raises DecisionProblem."""
    fields = {
        "focus": focus,
        "practice": written("practice", practice),
        "wave": written("wave", wave),
        **_columns(you_said, state, we_did, owner, revisit, follow_up),
    }
    return decide(tabs.PROMISES, fields, who=who, at=at)


def edit(
    promise: Promise,
    *,
    you_said: str,
    state: PromiseState,
    we_did: str,
    owner: str,
    revisit: date | None,
    follow_up: str,
    who: str,
    at: datetime,
) -> Event:
    """Save a promise as it stands in the editor. Raises DecisionProblem.

    A new state is the adults' own again: what opened the promise is history then.
    """
    fields = _columns(you_said, state, we_did, owner, revisit, follow_up)
    if state is not promise.state and promise.reopened:
        fields["reason"] = ""
    return decide(tabs.PROMISES, fields, who=who, at=at, previous=promise.record)


def reopen(
    promise: Promise, *, to: PromiseState, heard: str, today: date, who: str, at: datetime
) -> Event:
    """Open a promise again because of what students said of it since (``heard``, in words).

    A day to look again that has passed is dropped: a new one is to be set. Raises DecisionProblem
    where it is open already.
    """
    if promise.state is to:
        raise DecisionProblem(f"This answer is “{to.value}” already.", "There is nothing to open.")
    fields = {"state": to.value, "reason": fitted("reason", heard)}
    if promise.revisit and promise.revisit <= today:
        fields["revisit"] = ""
    return decide(tabs.PROMISES, fields, who=who, at=at, previous=promise.record)


def undo(promise: Promise, *, who: str, at: datetime) -> Event:
    """Take the last change back by a new revision; undoing the first writing empties it.

    Raises DecisionProblem where that would change nothing.
    """
    before = fields_before(promise.record) or {"you_said": "", "we_did": ""}
    return decide(tabs.PROMISES, before, who=who, at=at, previous=promise.record)


def missing(promise: Sentences) -> tuple[str, ...]:
    """Say what a promise still needs before students may read it; empty when it is ready."""
    said = []
    if not promise.you_said:
        said.append("Write what students said, in one sentence.")
    refused = promise.state is PromiseState.NOT_THIS_TIME
    if refused and not came_of_it(promise):
        said.append("Say why it is not done this time: students will read “because ...”.")
    if not refused and not promise.we_did:
        said.append(f"Write one sentence that goes with “{promise.state.value}”.")
    if refused and promise.revisit is None:
        said.append("Set the day on which you look at “not this time” again.")
    return tuple(said)


def late(promise: Sentences, today: date) -> bool:
    """Whether the day to look again has passed without what was promised being done."""
    return (
        promise.state is not PromiseState.DONE
        and promise.revisit is not None
        and promise.revisit < today
    )


def because(we_did: str) -> str:
    """Return a reason without its opening words, to stand after "Not this time, because"."""
    return _BECAUSE.sub("", we_did, count=1)


def came_of_it(promise: Sentences) -> str:
    """The adults' half as students read it, after the words that belong to the state."""
    refused = promise.state is PromiseState.NOT_THIS_TIME
    return because(promise.we_did) if refused else promise.we_did


def in_words(promise: Sentences) -> tuple[object, ...]:
    """What students read of it in the adults' words: with others it is another answer."""
    return promise.you_said, promise.state, came_of_it(promise), promise.revisit


def _read(record: Record) -> Promise:
    return Promise(
        record_id=record.record_id,
        focus=stored(record, "focus"),
        practice=stored(record, "practice"),
        wave=stored(record, "wave"),
        you_said=stored(record, "you_said"),
        # An unreadable state claims the least.
        state=stored_state(record, "state", PromiseState, PromiseState.LISTENING),
        we_did=stored(record, "we_did"),
        owner=stored(record, "owner"),
        revisit=stored_date(record, "revisit"),
        record=record,
        follow_up=stored(record, "follow_up"),
        reopened=stored(record, "reason"),
    )


def _after_would(follow_up: str) -> str:
    """The words without those that the form puts before and after them."""
    return _WOULD.sub("", follow_up, count=1).rstrip(" .?!:")


def _columns(
    you_said: str,
    state: PromiseState,
    we_did: str,
    owner: str,
    revisit: date | None,
    follow_up: str,
) -> dict[str, str]:
    fields = {
        "you_said": written("you_said", you_said),
        "state": state.value,
        "we_did": written("we_did", we_did),
        "owner": written("owner", owner),
        "revisit": written_date(revisit) if revisit else "",
        "follow_up": _after_would(written("follow_up", follow_up)),
    }
    if not fields["you_said"] and not fields["we_did"]:
        raise DecisionProblem(
            "A promise needs at least one sentence.", "Write what students said, to begin with."
        )
    return fields
