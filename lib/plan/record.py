"""The decision record: every choice with who, when, what they saw and what they decided."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from lib.catalogue import called
from lib.decided import RecordsByTab, one_line
from lib.evidence.types import Evidence, WaveTable
from lib.plan.calendar import school_year, year_words
from lib.plan.focus import evidence_words
from lib.plan.history import LOST, Told, page_words, told
from lib.text import csv_cell
from lib.workbook import Event, Record, tabs

TABS: Mapping[str, str] = {
    tabs.FOCUS: "focus",
    tabs.SESSIONS: "PD session",
    tabs.PROMISES: "promise",
    tabs.PUBLISHED: "students' page",
    tabs.WAVES: "wave",
}
"""The tabs whose decisions are in the record, and what each is about."""

COLUMNS = ("when", "who", "about", "practice", "decided", "saw", "did it hold")


@dataclass(frozen=True)
class Choice:
    """One decision. ``at`` is the school's local time; ``practice`` a name, "" for none.

    ``what`` follows the name of who decided; ``saw`` is what the figures said then. ``held`` is
    false where somebody else decided at the same time and theirs held.
    """

    at: datetime
    who: str
    about: str
    practice: str
    what: str
    saw: str
    held: bool


def choices(
    records: RecordsByTab,
    words: Mapping[str, str],
    evidence: Evidence,
    zone: tzinfo,
    *,
    since: datetime | None = None,
) -> tuple[Choice, ...]:
    """Every decision in the tabs given, the newest first; with ``since`` none before it.

    ``words`` are what practices and waves are called by id; ``zone`` is the school's, and
    ``since`` its local time.
    """
    practice = {
        record_id: record.fields.get("practice", "")
        for record_id, record in records.get(tabs.FOCUS, {}).items()
    }

    def asked(event: Event) -> bool:
        return since is None or _local(event, zone) >= since

    found = [
        _choice(each, about, record, practice, words, evidence, zone)
        for tab, about in TABS.items()
        for record in records.get(tab, {}).values()
        if any(map(asked, record.history))
        for each in told(record, words)
        if asked(each.event)
    ]
    return tuple(sorted(found, key=lambda choice: choice.at, reverse=True))


def sentence(choice: Choice) -> str:
    """A decision without its day: "Ana chose it. Owner: Science team."."""
    return f"{choice.who} {choice.what}{'' if choice.held else LOST}"


def by_year(made: Iterable[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Decisions by school year, "2026 to 2027", in the order in which they come."""
    years = groupby(made, key=lambda choice: year_words(school_year(choice.at.date())))
    return tuple((name, tuple(of)) for name, of in years)


def to_csv(made: Iterable[Choice]) -> str:
    """The record as CSV, the newest first; no cell of it is taken for a formula."""
    out = io.StringIO(newline="")
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for choice in made:
        cells = (
            f"{choice.at:%Y-%m-%d %H:%M}",
            choice.who,
            choice.about,
            choice.practice,
            choice.what,
            choice.saw,
            "yes" if choice.held else "no",
        )
        sheet.writerow([csv_cell(one_line(cell)) for cell in cells])
    return out.getvalue()


def _choice(
    each: Told,
    about: str,
    record: Record,
    practice: Mapping[str, str],
    words: Mapping[str, str],
    evidence: Evidence,
    zone: tzinfo,
) -> Choice:
    fields = each.event.fields
    at = _local(each.event, zone)
    of = fields.get("practice") or practice.get(fields.get("focus", ""), "")
    return Choice(
        at=at,
        who=each.who,
        about=about,
        practice=one_line(called(of, words)) if of else "",
        what=_what(each, record),
        saw=_saw(each, of, evidence.waves, at, record),
        held=each.held,
    )


def _local(event: Event, zone: tzinfo) -> datetime:
    return event.at.astimezone(zone).replace(tzinfo=None)


def _what(each: Told, record: Record) -> str:
    event = each.event
    if event.tab == tabs.PUBLISHED:
        return page_words(event.fields, " of the students' page") + "."
    if event.tab == tabs.WAVES:
        label = one_line(event.fields.get("label", "")) or "a wave"
        before = record.before(event)
        closes, closed_before = (
            one_line(of.fields.get("closes", "")) if of else "" for of in (event, before)
        )
        if before is None:
            return f"{'set' if closes else 'opened'} {label}."
        return f"{'closed' if closes and not closed_before else 'changed'} {label}."
    return each.what


def _saw(
    each: Told, practice: str, waves: Sequence[WaveTable], at: datetime, record: Record
) -> str:
    """What the figures said: as frozen with a choice, else the newest wave closed by then."""
    if each.event.tab == tabs.FOCUS and record.before(each.event) is None:
        order = one_line(each.event.fields.get("students_order", ""))
        frozen = one_line(each.event.fields.get("evidence", ""))
        return f"{frozen} {order}".strip()
    closed = [t for t in waves if t.everybody and t.wave.closes and t.wave.closes <= at]
    if not closed:
        return ""
    if not practice:
        return f"{closed[-1].wave.label} was the newest wave."
    return evidence_words(closed[-1], practice)
