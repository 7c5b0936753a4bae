"""One press of a reviewer: the decision about a saying, and which practices it is about."""

from collections.abc import Sequence
from datetime import datetime

from lib.decided import Records
from lib.voices.review import Item, State, decide
from lib.voices.suggest import Suggestion
from lib.voices.themes import ANY, change_word, correct
from lib.workbook.records import Event


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

    ``twins`` (``lib.voices.review.twins``) go the same way.
    """
    decided = [decide(each, state, words=words, who=who, at=at) for each in (item, *twins)]
    return [*decided, *tag(item, practices=practices, themes=themes, who=who, at=at)]


def tag(
    item: Item, *, practices: Sequence[str], themes: Records, who: str, at: datetime
) -> list[Event]:
    """What says which practices a saying is about; nothing where that is known already."""
    if not retagged(item, practices):
        return []
    return [correct(item.saying_id, practices, themes, who=who, at=at)]


def retagged(item: Item, practices: Sequence[str]) -> bool:
    """Whether somebody says that a saying is about other practices than it is known to be."""
    return set(practices) != set(item.practices)


def add_word(suggestion: Suggestion, themes: Records, *, who: str, at: datetime) -> Event:
    """Put a suggested word into its practice's list. Raises DecisionProblem."""
    return change_word(suggestion.practice, ANY, suggestion.word, themes, add=True, who=who, at=at)
