"""Texts and dates that people type, made safe to keep; and how a decision is said no to."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from lib.workbook.records import Event, Record, new_event

Records = Mapping[str, Record]
"""The records of one tab by record id, as ``lib.workbook.records.fold`` returns them."""

LIMITS: Mapping[str, int] = {
    "practice": 300,
    "wave": 120,
    "evidence": 900,
    "owner": 80,
    "done_when": 300,
    "reason": 300,
    "you_said": 280,
    "we_did": 400,
}
"""How many characters fit in each text, chosen so that a card or a phone can show all of it."""

_LABELS: Mapping[str, str] = {
    "done_when": "How we will know",
    "you_said": "What students said",
    "we_did": "What came of it",
}
# Embeddings, overrides and isolates: left open, they turn around the text that follows.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER_TEXT = frozenset({"Cs", "Cn", "Co"})


class PlanProblem(Exception):
    """A decision that cannot be taken as asked; both sentences are for a person to read."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do


def one_line(text: str) -> str:
    """Return the text without control characters, on one line, without spaces at its ends."""
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category == "Cc":
            kept.append(" ")
        elif category not in _NEVER_TEXT and char not in _TURNING:
            kept.append(char)
    return " ".join("".join(kept).split())


def written(column: str, text: str) -> str:
    """Clean a text that somebody typed for this column. Raises PlanProblem when it is too long."""
    clean = one_line(text)
    limit = LIMITS[column]
    if len(clean) > limit:
        label = _LABELS.get(column, column.capitalize())
        raise PlanProblem(
            f"“{label}” has {len(clean)} characters, and {limit} fit.", "Please say it shorter."
        )
    return clean


def fitted(column: str, text: str) -> str:
    """Clean a text that nobody is there to shorten, and cut it to fit this column."""
    clean = one_line(text)
    limit = LIMITS.get(column, 300)
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def stored(record: Record, column: str) -> str:
    """Read a text back: people can type anything into a sheet."""
    return fitted(column, record.fields.get(column, ""))


def stored_date(record: Record, column: str) -> date | None:
    """Read a day back; None where there is none or it is not a date."""
    text = one_line(record.fields.get(column, ""))
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


Kind = TypeVar("Kind", bound=str)


def stored_state(record: Record, column: str, kinds: type[Kind], otherwise: Kind) -> Kind:
    """Read one of a fixed set of words back; ``otherwise`` where it is none of them."""
    text = one_line(record.fields.get(column, "")).lower()
    try:
        return kinds(text)
    except ValueError:
        return otherwise


def decide(
    tab: str, fields: Mapping[str, str], *, who: str, at: datetime, previous: Record | None = None
) -> Event:
    """Make the event of a decision. Raises PlanProblem when it would change nothing."""
    if previous is not None and all(previous.fields.get(k, "") == v for k, v in fields.items()):
        raise PlanProblem("Nothing was changed, so nothing was saved.", "Change something first.")
    return new_event(tab, fields, who=one_line(who) or "unknown", at=at, previous=previous)


def fields_before(record: Record) -> Mapping[str, str] | None:
    """Return the columns as they would stand had the last event not happened; None for the first.

    Columns that the last event brought in come back empty.
    """
    if len(record.history) < 2:
        return None
    return {**dict.fromkeys(record.fields, ""), **record.history[-2].fields}
