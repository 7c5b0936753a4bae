"""What the editor of promises shows: an empty draft for each unanswered focus, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lib.plan import promises as room
from lib.plan.focus import Focus, running
from lib.plan.promises import Promise, PromiseState
from lib.workbook import Event


@dataclass(frozen=True)
class Text:
    """What stands in the editor."""

    you_said: str
    state: PromiseState
    we_did: str
    owner: str
    revisit: date | None


EMPTY = Text("", PromiseState.LISTENING, "", "", None)


@dataclass(frozen=True)
class Draft:
    """A promise in the editor, or one that is still to be written for a focus.

    ``key`` is the promise's record id, or the focus's where there is no promise yet.
    """

    key: str
    focus: str
    practice: str
    wave: str
    text: Text
    promise: Promise | None


def drafts(chosen: Sequence[Focus], told: Sequence[Promise]) -> tuple[Draft, ...]:
    """The running focus practices without an answer first, then every promise there is."""
    answered = {promise.focus for promise in told}
    return (
        *(
            Draft(own.record_id, own.record_id, own.practice, own.wave, EMPTY, None)
            for own in running(chosen)
            if own.record_id not in answered
        ),
        *(Draft(p.record_id, p.focus, p.practice, p.wave, _text(p), p) for p in told),
    )


def save(draft: Draft, text: Text, *, who: str, at: datetime) -> Event:
    """Save what stands in the editor. Raises PlanProblem."""
    if draft.promise is not None:
        return room.edit(
            draft.promise,
            you_said=text.you_said,
            state=text.state,
            we_did=text.we_did,
            owner=text.owner,
            revisit=text.revisit,
            who=who,
            at=at,
        )
    return room.make(
        focus=draft.focus,
        practice=draft.practice,
        wave=draft.wave,
        you_said=text.you_said,
        state=text.state,
        we_did=text.we_did,
        owner=text.owner,
        revisit=text.revisit,
        who=who,
        at=at,
    )


def _text(promise: Promise) -> Text:
    return Text(promise.you_said, promise.state, promise.we_did, promise.owner, promise.revisit)
