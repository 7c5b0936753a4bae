"""A record's history in sentences, and the note when two people decided at once."""

from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo

from lib.plan.words import one_line
from lib.workbook.records import Event, Record

CONFLICT = "Somebody else changed this at the same time; the later change holds."
_QUOTED = 90


def conflict_note(record: Record) -> str:
    """Return the sentence to show when two people decided at the same time, else ""."""
    return CONFLICT if record.overwritten else ""


def lines(
    record: Record, *, names: Mapping[str, str] | None = None, zone: tzinfo = UTC
) -> tuple[str, ...]:
    """Say every event as one line, oldest first.

    "12 Oct 2026, PD team lead: owner changed from “Ana” to “Ben”". ``names`` gives the words for
    ids that stand in a column (practices, waves, focuses); ``zone`` is the school's time zone.
    """
    lost = {event.event_id for event in record.overwritten}
    return tuple(
        _line(event, before, names or {}, zone, held=event.event_id not in lost)
        for event, before in _with_state_before(record)
    )


def _with_state_before(record: Record) -> Iterator[tuple[Event, Event | None]]:
    """Pair each event with the one that held when it was made: the winner of an earlier revision.

    Two events of one revision were both made from the same state, so both are read against it.
    """
    for event in record.history:
        earlier = [e for e in record.history if e.revision < event.revision]
        yield event, (earlier[-1] if earlier else None)


def _line(
    event: Event, before: Event | None, names: Mapping[str, str], zone: tzinfo, *, held: bool
) -> str:
    local = event.at.astimezone(zone)
    when = f"{local.day} {local:%b %Y}"
    what = _changes(event, before, names) if before else _first(event, names)
    note = "" if held else " (did not hold: somebody else changed this at the same time)"
    return f"{when}, {one_line(event.who) or 'unknown'}: {what}{note}"


def _first(event: Event, names: Mapping[str, str]) -> str:
    parts = [
        f"{_label(column)} “{_words(value, names)}”"
        for column, value in event.fields.items()
        if _words(value, names)
    ]
    return f"written down with {', '.join(parts)}" if parts else "written down"


def _changes(event: Event, before: Event, names: Mapping[str, str]) -> str:
    said = []
    for column in dict.fromkeys((*before.fields, *event.fields)):
        old = _words(before.fields.get(column, ""), names)
        new = _words(event.fields.get(column, ""), names)
        if old == new:
            continue
        if not old:
            said.append(f"{_label(column)} set to “{new}”")
        elif not new:
            said.append(f"{_label(column)} emptied (it was “{old}”)")
        else:
            said.append(f"{_label(column)} changed from “{old}” to “{new}”")
    return "; ".join(said) or "saved without a change"


def _label(column: str) -> str:
    return column.replace("_", " ")


def _words(value: str, names: Mapping[str, str]) -> str:
    clean = names.get(value) or one_line(value)
    return clean if len(clean) <= _QUOTED else clean[: _QUOTED - 1].rstrip() + "…"
