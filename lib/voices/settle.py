"""What a reviewer does: decides about a saying, takes it back, says what it is about."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from lib.decided import DecisionProblem, Records, fields_before, signed, within
from lib.voices.review import State
from lib.voices.review_queue import Item
from lib.voices.sayings import wording
from lib.voices.suggest import Suggestion
from lib.voices.themes import ANY, change_word, correct, corrections
from lib.workbook import tabs
from lib.workbook.records import Event, new_event

LONGEST_WORDS = 1000
"""Characters of edited words: what a card can show."""


def decide(item: Item, state: State, *, words: str = "", who: str, at: datetime) -> Event:
    """Decide about a saying. ``words`` are the edited words, for a redaction alone.

    Raises DecisionProblem: after a referral, for a redaction without words or with the same
    words, and where nothing would change.
    """
    shown = ""
    if state is State.REDACTED:
        shown = within("Words to show", words, LONGEST_WORDS)
        if not shown:
            raise DecisionProblem("There are no words left to show.", "Hold it instead.")
        if shown == wording(item.saying.text):
            raise DecisionProblem("The words are as they were written.", "Pass it, or edit them.")
    now = _state_of(item)
    if now is State.REFERRED:
        raise DecisionProblem(
            "This was referred: it is with the counselor.", "Only the counselor decides about it."
        )
    if item.review and (now, item.review.words) == (state, shown):
        raise DecisionProblem(f"This is {state.value} already.", "There is nothing to do.")
    return _event(item, {"state": state.value, "words": shown}, who, at)


def undo(item: Item, *, who: str, at: datetime) -> Event:
    """Take the last decision back by a new revision; it may be unreviewed again.

    Raises DecisionProblem where there is none, and after a referral.
    """
    if item.review is None:
        raise DecisionProblem("Nobody has decided about this yet.", "There is nothing to undo.")
    if _state_of(item) is State.REFERRED:
        raise DecisionProblem(
            "A referral cannot be undone: it is with the counselor.",
            "If it was a slip, tell the counselor, who will close it.",
        )
    before = fields_before(item.review.record) or {"state": State.UNREVIEWED.value, "words": ""}
    return _event(item, before, who, at)


def settle(
    item: Item,
    state: State,
    *,
    practices: Sequence[str],
    themes: Records,
    words: str = "",
    twins: Sequence[Item] = (),
    who: str,
    at: datetime,
) -> list[Event]:
    """Decide, and keep the practices where they were put right. Raises DecisionProblem.

    ``twins`` (``lib.voices.review_queue.twins``) go the same way. Practices that ``themes`` has
    already, though ``item`` was made before, are no reason to refuse the decision.
    """
    decided = [decide(each, state, words=words, who=who, at=at) for each in (item, *twins)]
    known = corrections(themes).get(item.saying_id)
    if known is not None and set(known) == set(practices):
        return decided
    return [*decided, *tag(item, practices=practices, themes=themes, who=who, at=at)]


def tag(
    item: Item, *, practices: Sequence[str], themes: Records, who: str, at: datetime
) -> list[Event]:
    """What says which practices a saying is about; nothing where that is known already.

    Raises DecisionProblem where somebody else has just said the same.
    """
    if not retagged(item, practices):
        return []
    return [correct(item.saying_id, practices, themes, who=who, at=at)]


def retagged(item: Item, practices: Sequence[str]) -> bool:
    """Whether somebody says that a saying is about other practices than it is known to be."""
    return set(practices) != set(item.practices)


def add_word(suggestion: Suggestion, themes: Records, *, who: str, at: datetime) -> Event:
    """Put a suggested word into its practice's list. Raises DecisionProblem."""
    return change_word(suggestion.practice, ANY, suggestion.word, themes, add=True, who=who, at=at)


def _state_of(item: Item) -> State:
    return item.review.state if item.review else State.UNREVIEWED


def _event(item: Item, fields: Mapping[str, str], who: str, at: datetime) -> Event:
    saying = item.saying
    referred = fields.get("state") == State.REFERRED.value
    every = {
        "source": saying.source.value,
        "state": "",
        "words": "",
        "wave": saying.wave_id,
        "month": saying.year_month,
        "step": "new" if referred else "",
    }
    return new_event(
        tabs.REVIEWS,
        {**every, **fields},
        who=signed(who),
        at=at,
        record_id=saying.saying_id,
        previous=item.review.record if item.review else None,
    )
