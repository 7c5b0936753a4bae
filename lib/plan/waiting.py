"""What waits for the people who decide: said as sentences, the most urgent first."""

from collections.abc import Mapping, Sequence
from datetime import date

from lib.plan.focus import Focus, focuses, running
from lib.plan.promises import Promise, missing, promises
from lib.plan.sessions import next_session, sessions
from lib.text import count, join_words
from lib.workbook import Record, tabs


def waiting(
    records: Mapping[str, Mapping[str, Record]], names: Mapping[str, str], *, today: date
) -> tuple[str, ...]:
    """Say what needs doing, given all records by tab and the practices' names by id."""
    chosen = running(focuses(records.get(tabs.FOCUS, {})))
    planned = sessions(records.get(tabs.SESSIONS, {}))
    answered = promises(records.get(tabs.PROMISES, {}))
    said = [
        f"Look again at “{names.get(p.practice, p.practice)}”: its day was {_day(p.revisit)}."
        for p in answered
        if p.revisit and p.revisit <= today
    ]
    if not chosen:
        said.append("Choose the focus of the next PD under Priorities.")
    for focus in chosen:
        name = names.get(focus.practice, focus.practice)
        said += _of_focus(focus, name, answered)
        if next_session(focus.record_id, planned, today) is None:
            said.append(f"Set a PD session for “{name}”.")
    drafts = [p for p in answered if missing(p)]
    if drafts:
        said.append(f"{count(len(drafts), 'promise').capitalize()} cannot be published yet.")
    return tuple(said)


def next_date(
    records: Mapping[str, Mapping[str, Record]], names: Mapping[str, str], *, today: date
) -> str:
    """Say when the next PD session is, or that none is planned."""
    planned = sessions(records.get(tabs.SESSIONS, {}))
    coming = [
        (session.on, names.get(focus.practice, focus.practice), session.student_part.value)
        for focus in running(focuses(records.get(tabs.FOCUS, {})))
        if (session := next_session(focus.record_id, planned, today)) and session.on
    ]
    if not coming:
        return "No PD session is planned."
    on, name, part = min(coming)
    days = (on - today).days
    when = "today" if days == 0 else f"in {count(days, 'day')}"
    return f"{_day(on)}, {when}: “{name}”. Students: {part}."


def _of_focus(focus: Focus, name: str, answered: tuple[Promise, ...]) -> list[str]:
    said = []
    if not focus.owner:
        said.append(f"“{name}” has no owner yet.")
    if not any(p.focus == focus.record_id for p in answered):
        said.append(f"Tell students what becomes of “{name}”.")
    return said


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def headline(chosen: Sequence[Focus], names: Mapping[str, str]) -> str:
    """The plan in one sentence: what the running focus practices are."""
    if not chosen:
        return "No focus is chosen yet"
    words = join_words([names.get(focus.practice, focus.practice) for focus in chosen])
    return f"{words} {'is' if len(chosen) == 1 else 'are'} the focus now"
