"""The spreadsheet's tabs, without their cells."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lib.workbook.tabs import TABS

LAYOUT_FIELDS = (
    "properties(timeZone),"
    "sheets(properties(sheetId,title,gridProperties(rowCount,columnCount)),"
    "protectedRanges(range,warningOnly,requestingUserCanEdit))"
)
"""What is asked of spreadsheets.get. ``range`` is not read: it keeps a protection in the answer
whose other fields are both false, and then left out.
"""


@dataclass(frozen=True)
class Sheet:
    """One tab; ``rows`` and ``columns`` are the grid's, empty cells and all.

    ``closed`` is true when a protection keeps this account from writing somewhere in it.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    closed: bool = False


@dataclass(frozen=True)
class Layout:
    """The spreadsheet without its cells."""

    time_zone: str | None
    sheets: tuple[Sheet, ...]

    def titled(self, title: str) -> Sheet | None:
        """The tab with this title."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)

    def numbered(self, sheet_id: int | None) -> Sheet | None:
        """The tab with this id, which renaming does not change."""
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def ours(self, known: Mapping[str, int]) -> dict[str, Sheet]:
        """Our own tabs by the names we gave them; ``known`` maps more such names to sheet ids.

        A tab that people renamed is found by its id. One that people made themselves is not
        ours, whatever its title starts with.
        """
        named = {
            sheet.title: sheet
            for sheet in self.sheets
            if sheet.title in TABS or sheet.title in known or sheet.sheet_id == tab_id(sheet.title)
        }
        taken = {sheet.sheet_id for sheet in named.values()}
        for name in {*TABS, *known} - set(named):
            sheet = self.numbered(known.get(name, tab_id(name)))
            if sheet is not None and sheet.sheet_id not in taken:
                named[name] = sheet
        return named

    def others(self, known: Mapping[str, int]) -> tuple[Sheet, ...]:
        """The tabs that are not ours."""
        taken = {sheet.sheet_id for sheet in self.ours(known).values()}
        return tuple(sheet for sheet in self.sheets if sheet.sheet_id not in taken)


def tab_id(name: str) -> int:
    """The id that a tab of ours is made with, so that it is known again when it is renamed."""
    return zlib.crc32(name.encode()) & 0x7FFFFFFF


def parse_layout(answer: Mapping[str, Any]) -> Layout:
    """The layout out of spreadsheets.get. Tabs that hold a chart instead of cells are left out.

    Raises LookupError where the answer is none of Google's.
    """
    sheets = []
    for sheet in answer["sheets"]:
        properties = sheet["properties"]
        grid = properties.get("gridProperties")
        if grid is None:
            continue
        closed = any(
            not area.get("warningOnly") and not area.get("requestingUserCanEdit")
            for area in sheet.get("protectedRanges", ())
        )
        sheets.append(
            Sheet(
                sheet_id=int(properties.get("sheetId", 0)),
                title=str(properties["title"]),
                rows=int(grid.get("rowCount", 0)),
                columns=int(grid.get("columnCount", 0)),
                closed=closed,
            )
        )
    return Layout(answer.get("properties", {}).get("timeZone") or None, tuple(sheets))


def cells_of(title: str, area: str = "") -> str:
    """The A1 notation of an area of a tab; of the whole tab without ``area``."""
    quoted = "'" + title.replace("'", "''") + "'"
    return f"{quoted}!{area}" if area else quoted


def column_letters(position: int) -> str:
    """The letters of a column; ``position`` counts from 1."""
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
