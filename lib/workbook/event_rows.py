"""Events as rows of a sheet and back.

A row is matched to its columns by header name, so people may move columns and add their own.
Every cell of ours is text and none is empty: Google takes a row with gaps for the edge of a
table and would put the next row elsewhere. An empty text is therefore written as "-", and a text
of n dashes as n + 1.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lib.workbook.protocol import Cell, WorkbookProblem
from lib.workbook.records import Event
from lib.workbook.tabs import KEY_COLUMNS, TABS
from lib.workbook.typed import ABOUT, typed_event

LONGEST_CELL = 50_000
"""Google refuses a longer text; it counts UTF-16 units."""

UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, and halves of characters: no file and no request can hold them."""

ROWS_NAMED = 5
"""How many unreadable rows a note names one by one."""


@dataclass(frozen=True)
class TabReading:
    """What one of our tabs holds. ``header_row`` counts from 1, and is None when there is none.

    ``unreadable`` are the sheet's row numbers of rows that hold something else than an event,
    ``typed`` those of rows that a person typed, ``doubled`` those of typed rows that a lower one
    contradicts.
    """

    header_row: int | None
    header: tuple[str, ...]
    events: tuple[Event, ...]
    unreadable: tuple[int, ...]
    typed: tuple[int, ...] = ()
    doubled: tuple[int, ...] = ()


def default_header(tab: str) -> tuple[str, ...]:
    """The header that a new tab gets."""
    return (*KEY_COLUMNS, *(TABS[tab].columns if tab in TABS else ()))


def header_names(row: Sequence[Cell]) -> tuple[str, ...]:
    """A header row's cells as names to match by."""
    return tuple(as_text(cell).strip().lower() for cell in row)


def is_header(row: Sequence[Cell]) -> bool:
    """Whether a row is the header of one of our tabs."""
    return set(KEY_COLUMNS) <= set(header_names(row))


def missing_columns(events: Sequence[Event], header: Sequence[str]) -> list[str]:
    """Columns that these events need and the header lacks, in the order they should have."""
    needed = dict.fromkeys(KEY_COLUMNS)
    for event in events:
        needed.update(dict.fromkeys(event.fields))
    return [name for name in needed if name.lower() not in header]


def to_row(event: Event, header: Sequence[str]) -> list[str | None]:
    """The event's cells in the header's order; None (leave alone) in a column not ours."""
    texts = {
        **{name.lower(): value for name, value in event.fields.items()},
        "event_id": event.event_id,
        "record_id": event.record_id,
        "revision": str(event.revision),
        "at": event.at.astimezone(UTC).isoformat(),
        "who": event.who,
    }
    ours = {*texts, *default_header(event.tab)}
    cells: list[str | None] = []
    for name in header:
        cells.append(_write(texts.pop(name, "")) if name in ours else None)
        ours.discard(name)
    return cells


def read_tab(tab: str, rows: Sequence[Sequence[Cell]]) -> TabReading:
    """Read all rows of a tab, wherever its header has been moved to by a sort."""
    at = next((i for i, row in enumerate(rows) if is_header(row)), None)
    if at is None:
        return TabReading(None, (), (), ())
    header = header_names(rows[at])
    # Rows above hold events only after a sort; a title that somebody put there is no damage.
    titles = [[] if _is_title(row) else row for row in rows[:at]]
    above = read_rows(tab, header, titles, 1)
    below = read_rows(tab, header, rows[at + 1 :], at + 2)
    return TabReading(
        at + 1,
        header,
        above.events + below.events,
        above.unreadable + below.unreadable,
        above.typed + below.typed,
        below.doubled,
    )


def read_rows(
    tab: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], first_row: int
) -> TabReading:
    """Read rows whose header is known; ``first_row`` is the sheet row of the first of them."""
    events, unreadable = [], []
    typed: dict[int, Event] = {}
    for number, row in enumerate(rows, start=first_row):
        if not any(as_text(cell).strip() for cell in row):
            continue
        texts = _texts(header, row)
        if (event := _event(tab, texts)) is not None:
            events.append(event)
        elif (event := typed_event(tab, texts, number)) is not None:
            typed[number] = event
        else:
            unreadable.append(number)
    holds = {event.event_id: event for event in typed.values()}
    doubled = [n for n, event in typed.items() if event.fields != holds[event.event_id].fields]
    return TabReading(
        1,
        tuple(header),
        (*events, *holds.values()),
        tuple(unreadable),
        tuple(typed),
        tuple(doubled),
    )


def note(tab: str, rows: Sequence[int]) -> str:
    """The sentence about rows of a tab that could not be read."""
    word = "row" if len(rows) == 1 else "rows"
    typed = (
        f" In a row of your own fill in {' and '.join(ABOUT[tab])}, and leave those four empty."
        if tab in ABOUT
        else ""
    )
    return (
        f"In the tab {tab}, {word} {_listed(rows)} cannot be read: event_id, record_id, revision "
        f"or at is missing or was changed. Undo the change in the sheet, or delete the {word}."
        f"{typed}"
    )


def doubled_note(tab: str, rows: Sequence[int]) -> str:
    """The sentence about typed rows that a lower one contradicts."""
    one = len(rows) == 1
    return (
        f"In the tab {tab}, {'row' if one else 'rows'} {_listed(rows)} and a lower row say "
        "different things of the same; the lower one counts. Delete the one that is wrong."
    )


def check_texts(events: Sequence[Event]) -> None:
    """Raise WorkbookProblem where a text is too long for a cell, or holds what no cell can."""
    for event in events:
        for name, value in {**event.fields, "who": event.who}.items():
            if len(value.encode("utf-16-le", "surrogatepass")) // 2 >= LONGEST_CELL:
                raise WorkbookProblem(
                    f"The text for “{name}” is too long: a cell in Google Sheets holds fewer "
                    "than 50,000 characters.",
                    "Shorten it and save again.",
                    refused=True,
                )
            if UNKEEPABLE.search(value):
                raise WorkbookProblem(
                    f"The text for “{name}” holds a sign that no spreadsheet can keep.",
                    "It may be half of an emoji, or invisible: type the text again instead of "
                    "pasting it, and save again.",
                    refused=True,
                )


def as_text(cell: Cell) -> str:
    """A cell as text: 3.0 as "3", truth values as Google shows them, an empty cell as ""."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _listed(rows: Sequence[int]) -> str:
    named = ", ".join(str(row) for row in rows[:ROWS_NAMED])
    return f"{named} and {len(rows) - ROWS_NAMED} more" if len(rows) > ROWS_NAMED else named


def _is_title(row: Sequence[Cell]) -> bool:
    return sum(as_text(cell).strip() != "" for cell in row) < len(KEY_COLUMNS)


def _write(text: str) -> str:
    return text + "-" if not text.strip("-") else text


def _read(text: str) -> str:
    return text[:-1] if text and not text.strip("-") else text


def _texts(header: Sequence[str], row: Sequence[Cell]) -> dict[str, str]:
    """A row's cells by their headers; of two columns with the same header, the left one."""
    texts: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        texts.setdefault(name, _read(as_text(cell)))
    return texts


def _event(tab: str, texts: Mapping[str, str]) -> Event | None:
    try:
        at = datetime.fromisoformat(texts["at"])
        event_id, record_id = texts["event_id"], texts["record_id"]
        revision = int(texts["revision"])
    except (KeyError, ValueError):
        return None
    # Near the ends of what a computer can count, no other time zone has that moment.
    if not event_id or not record_id or at.tzinfo is None or not 1900 <= at.year < 2200:
        return None
    return Event(
        tab=tab,
        event_id=event_id,
        record_id=record_id,
        revision=revision,
        at=at.astimezone(UTC),
        who=texts.get("who", ""),
        fields=_fields(tab, texts),
    )


def _fields(tab: str, texts: Mapping[str, str]) -> dict[str, str]:
    """The readable columns; where the tab's columns are known, people's own are left out."""
    if tab in TABS:
        return {name: texts[name] for name in TABS[tab].columns if name in texts}
    return {name: text for name, text in texts.items() if name and name not in KEY_COLUMNS}
