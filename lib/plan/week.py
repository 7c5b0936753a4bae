"""What is new this week: waves that closed, and what was decided."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from lib.decided import cut, day_words
from lib.evidence.types import Evidence
from lib.plan.record import Choice, sentence
from lib.text import count

WEEK = timedelta(days=7)

_MOST = 4
"""Decisions that are told; more are counted."""

_LONGEST = 90
"""Characters of a decision: the record has the rest."""


def new(made: Sequence[Choice], evidence: Evidence, *, now: datetime) -> tuple[str, ...]:
    """Say what is new since this time last week, the newest first; () where nothing is.

    ``made`` are the decisions that the viewer may see, newest first; ``now`` is local. A decision
    that did not hold is no news.
    """
    since = now - WEEK
    said = [
        f"{table.wave.label} closed on {day_words(table.wave.closes.date())}: its results are here."
        for table in reversed(evidence.waves)
        if table.everybody and table.wave.closes and since <= table.wave.closes <= now
    ]
    fresh = [choice for choice in made if choice.held and since <= choice.at]
    said += [_line(choice) for choice in fresh[:_MOST]]
    if len(fresh) > _MOST:
        said.append(f"And {count(len(fresh) - _MOST, 'more decision')}.")
    return tuple(said)


def _line(choice: Choice) -> str:
    on = f", {choice.practice}" if choice.practice else ""
    return f"{day_words(choice.at.date())}{on}: {cut(sentence(choice), _LONGEST)}"
