"""A record's history in sentences, and the note when two people decided at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo

from lib.catalogue import called
from lib.decided import as_date, cut, day_words, one_line
from lib.plan.words import label
from lib.workbook import tabs
from lib.workbook.records import Event, Record

CONFLICT = "Somebody else changed this at the same time; the later change holds."
LOST = " This did not hold: somebody else changed it at the same time."

_BEGINS: Mapping[str, str] = {tabs.FOCUS: "chose it", tabs.PROMISES: "wrote it"}
_STATES: Mapping[tuple[str, str], str] = {
    (tabs.FOCUS, "running"): "reopened {}",
    (tabs.FOCUS, "finished"): "finished {}",
    (tabs.FOCUS, "dropped"): "dropped {}",
    (tabs.SESSIONS, "planned"): "planned {} again",
    (tabs.SESSIONS, "cancelled"): "called {} off",
}
_PAGE_STATES: Mapping[str, str] = {
    "published": "published {}",
    "approved": "approved {}",
    "withdrawn": "took {} down",
    "proposed": "asked for approval of {}",
    "taken back": "took the question about {} back",
}
"""The states in PD Published: of the students' page, and of a version that waits for approval."""

_PLAIN_AT_FIRST = frozenset(
    {"practice", "state", "wave", "evidence", "focus", "date", "student_part"}
)
"""Columns that the first line need not repeat: the card shows them, or its verb says them."""

_NEVER_SAID = frozenset({"fingerprint", "quotes"})
"""Columns that say nothing to people."""

_DAYS = frozenset({"date", "revisit", "recheck"})

_LONGEST = 400
"""Characters: the longest text that anybody can type here."""

_RECALLED = 90
"""Characters that recall a text which an earlier line says in full."""


def conflict_note(record: Record) -> str:
    """Return the sentence to show when two people decided at the same time, else ""."""
    return CONFLICT if record.overwritten else ""


@dataclass(frozen=True)
class Told:
    """One event in words: ``what`` follows the name of who did it. ``held``: it was not lost."""

    event: Event
    who: str
    what: str
    held: bool


def told(record: Record, names: Mapping[str, str]) -> tuple[Told, ...]:
    """Every event of a record in words, each read against the one it was made from."""
    lost = record.overwritten
    return tuple(
        Told(
            event,
            one_line(event.who) or "Somebody",
            _later(event, before, names) if before else _first(event, names),
            event not in lost,
        )
        for event in record.history
        for before in [record.before(event)]
    )


def lines(
    *records: Record, names: Mapping[str, str] | None = None, zone: tzinfo = UTC
) -> tuple[str, ...]:
    """Say every event of these records as one line, oldest first, and which of them did not hold.

    "Oct 12, 2026: PD team lead changed it: owner is now “Ben” (was “Ana”)." ``names`` gives the
    words for the ids of practices and waves; ``zone`` is the school's time zone.
    """
    found = [each for record in records for each in told(record, names or {})]
    if len(records) > 1:
        found.sort(key=lambda each: each.event.at)
    return tuple(
        f"{day_words(each.event.at.astimezone(zone).date())}: {each.who} {each.what}"
        f"{'' if each.held else LOST}"
        for each in found
    )


def page_words(fields: Mapping[str, str], of: str = "") -> str:
    """What a row of PD Published did with the students' page: "asked for approval of version 3".

    ``of`` follows the version, where the page is to be named.
    """
    said = _PAGE_STATES.get(one_line(fields.get("state", "")).lower(), "changed {}")
    number = one_line(fields.get("version", "")) or "without a number"
    return said.format(f"version {number}{of}")


def changes(
    after: Mapping[str, str], before: Mapping[str, str], names: Mapping[str, str]
) -> tuple[str, ...]:
    """Say what differs between two states of a record, a phrase for each column.

    "owner is now “Ben” (was “Ana”)", "day is now Feb 10, 2027".
    """
    said = []
    for column in dict.fromkeys((*before, *after)):
        if column in _NEVER_SAID:
            continue
        if column == "agenda":
            # A whole page of text: that it changed is enough, and the session shows it.
            was_kept, kept = before.get(column, ""), after.get(column, "")
            if was_kept != kept:
                became = "changed" if was_kept and kept else "new" if kept else "gone"
                said.append(f"the agenda is {became}")
            continue
        old, new = (_words(column, fields.get(column, ""), names) for fields in (before, after))
        if old != new:
            name = label(column)
            now = _quoted(column, new, _LONGEST) if new else "empty"
            was = f" (was {_quoted(column, old, _RECALLED)})" if old else ""
            said.append(f"{name[:1].lower()}{name[1:]} is now {now}{was}")
    return tuple(said)


def _first(event: Event, names: Mapping[str, str]) -> str:
    if event.tab == tabs.SESSIONS:
        day, part = as_date(event.fields.get("date", "")), event.fields.get("student_part", "")
        on = f" for {day_words(day)}" if day else ""
        students = f", students {one_line(part)}" if one_line(part) else ""
        return f"planned a PD session{on}{students}."
    said = [f"{_BEGINS.get(event.tab, 'wrote it')}."]
    for column, value in event.fields.items():
        words = _words(column, value, names)
        if words and column not in _PLAIN_AT_FIRST | _NEVER_SAID:
            said.append(f"{label(column)}: {_ended(cut(words, _LONGEST))}")
    return " ".join(said)


def _later(event: Event, before: Event, names: Mapping[str, str]) -> str:
    it = _it(before)
    after, old = dict(event.fields), dict(before.fields)
    state = one_line(after.get("state", "")).lower()
    verb = _STATES.get((event.tab, state)) if state != old.get("state") else None
    if verb is None:
        changed = "; ".join(changes(after, old, names))
        return f"changed {it}: {_ended(changed)}" if changed else f"saved {it} without a change."
    # The reason belongs to the state: a new one is told with it, and the one before goes with it.
    reason, reason_before = (one_line(fields.pop("reason", "")) for fields in (after, old))
    after.pop("state")
    old.pop("state", None)
    said = [f"{verb.format(it)}."]
    if reason and reason != reason_before:
        said.append(f"Reason: {_ended(cut(reason, _LONGEST))}")
    said += [_ended(f"{phrase[:1].upper()}{phrase[1:]}") for phrase in changes(after, old, names)]
    return " ".join(said)


def _it(event: Event) -> str:
    if event.tab != tabs.SESSIONS:
        return "it"
    day = as_date(event.fields.get("date", ""))
    return f"the PD session of {day_words(day)}" if day else "a PD session"


def _words(column: str, value: str, names: Mapping[str, str]) -> str:
    if column == "practice" and value and names:
        return one_line(called(value, names))
    if column in {"wave", "baseline"} and value in names:
        return one_line(names[value])
    day = as_date(value) if column in _DAYS else None
    return day_words(day) if day else one_line(value)


def _quoted(column: str, words: str, longest: int) -> str:
    return words if column in _DAYS else f"“{cut(words, longest)}”"


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…", ".”")) else f"{sentence}."
