"""How decisions are taken: texts and dates that people type made safe to keep, and a clear no."""

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from lib.text import count
from lib.workbook.records import Event, Record, new_event
from lib.workbook.serials import from_serial

Records = Mapping[str, Record]
"""The records of one tab by record id."""

RecordsByTab = Mapping[str, Records]
"""All decisions, by tab and record id, as ``lib.workbook.records.fold`` returns them."""

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""No school plans for another day: outside of them it is a slip, and some software fails on it."""

# Embeddings, overrides and isolates: left open, they turn around the text that follows.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NEVER_TEXT = frozenset({"Cs", "Cn", "Co"})


class DecisionProblem(Exception):
    """A decision that cannot be taken as asked; both sentences are for a person to read."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do


def nothing_changed() -> DecisionProblem:
    """What is raised where saving would change nothing."""
    return DecisionProblem("Nothing was changed, so nothing was saved.", "Change something first.")


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


def signed(who: str) -> str:
    """What a decision is signed with: a name that is safe to keep, never an empty one."""
    return one_line(who) or "unknown"


def within(name: str, text: str, limit: int) -> str:
    """Clean a text that somebody typed. Raises DecisionProblem when it is too long.

    ``name`` is what its field is called on screen.
    """
    clean = one_line(text)
    if len(clean) > limit:
        raise DecisionProblem(
            f"“{name}” has {len(clean)} characters, and {limit} fit.", "Please say it shorter."
        )
    return clean


def cut(text: str, limit: int) -> str:
    """Clean a text that nobody is there to shorten, and cut it to fit."""
    clean = one_line(text)
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def written_date(day: date) -> str:
    """Write a day that somebody picked. Raises DecisionProblem where it can only be a slip."""
    if not EARLIEST <= day <= LATEST:
        raise DecisionProblem(
            f"Nobody plans for the year {day.year}.",
            f"Pick a day between {EARLIEST.year} and {LATEST.year}.",
        )
    return day.isoformat()


def stored_date(record: Record, column: str) -> date | None:
    """Read a day back; None where there is none or it is not a date of our times."""
    return as_date(record.fields.get(column, ""))


def as_date(text: str) -> date | None:
    """Read a day as it is kept (ISO 8601), or as Google counts one that a person typed there.

    None where it is none or not one of our times.
    """
    clean = one_line(text)
    if (typed := from_serial(clean)) is not None:
        return typed.date()
    try:
        day = date.fromisoformat(clean)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def day_words(day: date) -> str:
    """A day as people in the US write it: "Feb 10, 2027"."""
    return f"{day:%b} {day.day}, {day.year}"


def span(days: int) -> str:
    """A stretch of time in the unit that people would use: "13 days", "6 weeks", "2 years"."""
    if days < 14:
        return count(days, "day")
    if days < 14 * 7:
        return count(days // 7, "week")
    if days < 2 * 365:
        return count(days // 30, "month")
    return count(days // 365, "year")


Kind = TypeVar("Kind", bound=str)


def stored_state(record: Record, column: str, kinds: type[Kind], otherwise: Kind) -> Kind:
    """Read one of a fixed set of words back; ``otherwise`` where it is none of them."""
    text = one_line(record.fields.get(column, "")).lower()
    try:
        return kinds(text)
    except ValueError:
        return otherwise


def decide(
    tab: str,
    fields: Mapping[str, str],
    *,
    who: str,
    at: datetime,
    record_id: str | None = None,
    previous: Record | None = None,
) -> Event:
    """Make the event of a decision. Raises DecisionProblem when it would change nothing.

    ``record_id`` names a new record.
    """
    if previous is not None and all(previous.fields.get(k, "") == v for k, v in fields.items()):
        raise nothing_changed()
    return new_event(tab, fields, who=signed(who), at=at, record_id=record_id, previous=previous)


def fields_before(record: Record) -> Mapping[str, str] | None:
    """Return the columns as they would stand had the last event not happened; None for the first.

    Columns that the last event brought in come back empty. What lost against another decision
    never comes back.
    """
    before = record.before(record.latest)
    return {**dict.fromkeys(record.fields, ""), **before.fields} if before else None
