"""Rows that people type into our tabs themselves: settings, groups, staff names, practices.

Such a row has no event id, no record id, no revision and no time. It is read as the first
revision of a record, whose ids are made from what the row is about, so that every reading gives
the same event. What people change in the sheet is changed here.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from lib.catalogue import CATALOGUE
from lib.workbook.records import Event
from lib.workbook.tabs import GROUPS, KEY_COLUMNS, PRACTICES, ROSTER, SETTINGS, TABS

SHEET = "sheet"
"""Who decided what somebody typed, unless the row says who."""

ABOUT: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("name",),
    PRACTICES: ("name",),
    GROUPS: ("grouping", "label"),
    ROSTER: ("name",),
}
"""The tabs that people may type into, and the columns that say what a row is about."""

SEVERAL = frozenset({"contact", "help line", "student panel"})
"""Settings of which a school has as many as it likes: each value is one of its own."""

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""Typed rows count as this old, the lower ones as a little later: whatever the app decided of the
same record came after.
"""

_KNOWN: Mapping[str, str] = {each.name.casefold(): each.practice_id for each in CATALOGUE}

_MARKS = re.compile("[\u0300-\u036f]")
_NOT_WORD = re.compile(r"[\W_]+")


def typed_event(tab: str, texts: Mapping[str, str], row: int) -> Event | None:
    """The event in a row that a person typed; None where it is no such row.

    ``texts`` are its cells by header, ``row`` is its number in the sheet.
    """
    if tab not in ABOUT or any(texts.get(key, "").strip() for key in KEY_COLUMNS[:-1]):
        return None
    about = [" ".join(texts.get(name, "").split()) for name in ABOUT[tab]]
    if not all(about):
        return None
    if tab != GROUPS:  # a group's label is an answer of the form, to the letter
        about = [text.casefold() for text in about]
    if tab == SETTINGS and about[0] in SEVERAL:
        about.append(" ".join(texts.get("value", "").split()))
    printed = sha256("\n".join([tab, *about]).encode("utf-8", "surrogatepass")).hexdigest()
    record_id = _practice_id(about[0]) if tab == PRACTICES else ""
    return Event(
        tab=tab,
        event_id=f"{SHEET}-{printed[:26]}",
        record_id=record_id or printed[:12],
        revision=1,
        at=LONG_AGO + timedelta(seconds=row),
        who=texts.get("who", "").strip() or SHEET,
        fields={name: texts[name] for name in TABS[tab].columns if name in texts},
    )


def _practice_id(name: str) -> str:
    """The catalogue's id where the name is one of its own, so that past answers still count.

    Else the name's words in small letters, without accents and signs, joined by hyphens.
    """
    if name in _KNOWN:
        return _KNOWN[name]
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", name))
    words = _NOT_WORD.sub("-", unicodedata.normalize("NFC", plain))
    return words[:60].strip("-")
