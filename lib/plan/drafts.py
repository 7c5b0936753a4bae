"""What the editor of promises shows: an empty draft for each unanswered focus, then the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from lib.decided import one_line
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
    follow_up: str = ""


EMPTY = Text("", PromiseState.LISTENING, "", "", None)


@dataclass(frozen=True)
class Draft:
    """A promise in the editor, or one that is still to be written for a focus.

    ``key`` is the promise's record id; where there is no promise yet, "answer-" and the focus's,
    or "new-" and the practice where it has no focus.
    """

    key: str
    focus: str
    practice: str
    wave: str
    text: Text
    promise: Promise | None


def drafts(chosen: Sequence[Focus], told: Sequence[Promise]) -> tuple[Draft, ...]:
    """The running focus practices without an answer first, then every promise there is."""
    return (
        *(
            Draft(f"answer-{own.record_id}", own.record_id, own.practice, own.wave, EMPTY, None)
            for own in running(chosen)
            if not room.answered(told, focus=own.record_id, practice=own.practice)
        ),
        *(Draft(p.record_id, p.focus, p.practice, p.wave, _text(p), p) for p in told),
    )


def unanswered(practices: Sequence[str], shown: Sequence[Draft], wave: str) -> tuple[str, ...]:
    """The practices that have no answer to ``wave`` (its id) and no draft among ``shown`` yet."""
    taken = {draft.practice for draft in shown if draft.promise is None or draft.wave == wave}
    return tuple(dict.fromkeys(practice for practice in practices if practice not in taken))


def fresh(practice: str, wave: str) -> Draft:
    """An answer on a practice that is no focus, to be written: most often a no with its reason."""
    return Draft(f"new-{practice}", "", practice, wave, EMPTY, None)


def missing(text: Text) -> tuple[str, ...]:
    """Say what a text still needs before students may read it; empty when it is ready."""
    said, did = one_line(text.you_said), one_line(text.we_did)
    return room.missing(replace(text, you_said=said, we_did=did))


def stands(draft: Draft) -> str:
    """Where an answer stands, in a few words for its title in the editor."""
    if draft.promise is None:
        return "no answer yet"
    state = draft.text.state.value
    return f"{state}, not on the page yet" if missing(draft.text) else state


def saved_words(name: str, text: Text) -> str:
    """Say that the answer on a practice is saved, and what keeps it off the students' page."""
    needs = missing(text)
    if not needs:
        return f"“{name}” is saved."
    return f"“{name}” is saved. It is not on the page yet. {' '.join(needs)}"


def save(draft: Draft, text: Text, *, who: str, at: datetime) -> Event:
    """Save what stands in the editor. Raises DecisionProblem."""
    if draft.promise is not None:
        return room.edit(
            draft.promise,
            you_said=text.you_said,
            state=text.state,
            we_did=text.we_did,
            owner=text.owner,
            revisit=text.revisit,
            follow_up=text.follow_up,
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
        follow_up=text.follow_up,
        who=who,
        at=at,
    )


def _text(promise: Promise) -> Text:
    return Text(
        promise.you_said,
        promise.state,
        promise.we_did,
        promise.owner,
        promise.revisit,
        promise.follow_up,
    )
