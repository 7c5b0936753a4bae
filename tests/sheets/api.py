"""The calls of the Sheets API v4 that gspread makes for us, on spreadsheets in memory."""

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, unquote

from tests.sheets import a1, errors
from tests.sheets.errors import ApiError
from tests.sheets.grid import Cell, Serial, Spreadsheet, Tab, trimmed
from tests.sheets.table import find_table

LIMIT_CELLS = 10_000_000
LIMIT_CHARACTERS = 50_000

ROUTES: list[tuple[str, str, re.Pattern[str]]] = [
    ("GET", "batchGet", re.compile(r"/v4/spreadsheets/([^/:]+)/values:batchGet")),
    ("POST", "append", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+):append")),
    ("GET", "values", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+)")),
    ("PUT", "update", re.compile(r"/v4/spreadsheets/([^/:]+)/values/(.+)")),
    ("POST", "batchUpdate", re.compile(r"/v4/spreadsheets/([^/:]+):batchUpdate")),
    ("GET", "get", re.compile(r"/v4/spreadsheets/([^/:]+)")),
]
READS = frozenset({"batchGet", "values", "get"})
WRITES = frozenset({"append", "update", "batchUpdate"})


def route(method: str, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Which operation a request is, with the spreadsheet's key and the range in its path."""
    for wanted, operation, pattern in ROUTES:
        match = pattern.fullmatch(path)
        if match and wanted == method:
            return operation, tuple(unquote(group) for group in match.groups())
    return None


def perform(
    operation: str, sheet: Spreadsheet, arguments: tuple[str, ...], query: str, body: bytes
) -> dict[str, Any]:
    """Carry out one operation. Raises ApiError, and then nothing was changed."""
    options = parse_qs(query)
    if operation in ("append", "update", "batchUpdate"):
        try:
            content = json.loads(body or b"{}")
        except ValueError:
            raise ApiError(400, "Invalid JSON payload received. Unexpected token.") from None
        if operation == "batchUpdate":
            return batch_update(sheet, content)
        change = append if operation == "append" else update
        return change(sheet, arguments[0], options, content)
    if operation == "batchGet":
        return {
            "spreadsheetId": sheet.key,
            "valueRanges": [read(sheet, text, options) for text in options.get("ranges", [])],
        }
    if operation == "values":
        return read(sheet, arguments[0], options)
    return get(sheet, options)


def get(sheet: Spreadsheet, options: dict[str, list[str]]) -> dict[str, Any]:
    answer = {
        "spreadsheetId": sheet.key,
        "properties": {
            "title": sheet.title,
            "locale": sheet.locale,
            "autoRecalc": "ON_CHANGE",
            "timeZone": sheet.time_zone,
        },
        "sheets": [_sheet(tab, index) for index, tab in enumerate(sheet.tabs)],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{sheet.key}/edit",
    }
    mask = options.get("fields", [""])[0]
    return masked(answer, mask) if mask else answer


def _sheet(tab: Tab, index: int) -> dict[str, Any]:
    grid = {"rowCount": tab.row_count, "columnCount": tab.column_count}
    if tab.frozen:
        grid["frozenRowCount"] = tab.frozen
    described: dict[str, Any] = {
        "properties": {
            "sheetId": tab.sheet_id,
            "title": tab.title,
            "index": index,
            "sheetType": "GRID",
            "gridProperties": grid,
        }
    }
    if tab.protected:
        described["protectedRanges"] = [{"protectedRangeId": 1, "range": {"sheetId": tab.sheet_id}}]
    return described


def masked(value: Any, mask: str) -> Any:
    """Keep the fields that a mask such as ``a(b,c.d),e`` names."""
    if isinstance(value, list):
        return [masked(item, mask) for item in value]
    kept = {}
    for part in _split(mask):
        name = re.match(r"\w+", part)
        if name is None:
            raise ApiError(400, "Request contains an invalid argument.")
        rest = part[name.end() :]
        inner = rest[1:-1] if rest.startswith("(") else rest.removeprefix(".")
        if name[0] in value:
            kept[name[0]] = masked(value[name[0]], inner) if inner else value[name[0]]
    return kept


def _split(mask: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for at, sign in enumerate(mask + ","):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append(mask[start:at])
            start = at + 1
    return parts


def _area(sheet: Spreadsheet, text: str) -> tuple[Tab, a1.Area]:
    try:
        area = a1.parse(text, sheet.titles)
    except a1.BadRange:
        raise ApiError(400, f"Unable to parse range: {text}") from None
    tab = sheet.tabs[0] if area.title is None else sheet.tab(area.title)
    if area.top >= tab.row_count or area.left >= tab.column_count:
        cells = text.rpartition("!")[2]
        raise ApiError(
            400,
            f"Range ({a1.quoted(tab.title)}!{cells}) exceeds grid limits. Max rows: "
            f"{tab.row_count}, max columns: {tab.column_count}",
        )
    return tab, area


def read(sheet: Spreadsheet, text: str, options: dict[str, list[str]]) -> dict[str, Any]:
    tab, area = _area(sheet, text)
    bottom = min(area.bottom or tab.row_count, tab.row_count)
    right = min(area.right or tab.column_count, tab.column_count)
    answer: dict[str, Any] = {
        "range": a1.written(tab.title, area.top, area.left, bottom, right),
        "majorDimension": "ROWS",
    }
    formatted = options.get("valueRenderOption", ["FORMATTED_VALUE"])[0] == "FORMATTED_VALUE"
    rows = []
    for row in tab.rows[area.top : bottom]:
        cells = trimmed(row[area.left : right])
        rows.append([_shown(cell, sheet.locale) for cell in cells] if formatted else cells)
    while rows and not rows[-1]:
        rows.pop()
    if rows:
        answer["values"] = rows
    return answer


def _shown(cell: Cell, locale: str) -> str:
    if isinstance(cell, Serial):
        return cell.shown(locale)
    if isinstance(cell, bool):
        return str(cell).upper()
    return "" if cell is None else str(cell)


def _incoming(
    options: dict[str, list[str]], content: dict[str, Any]
) -> tuple[list[list[Cell]], bool]:
    """The values of a write, checked; and whether they are to be taken as typed by a person."""
    option = options.get("valueInputOption", [""])[0]
    if option not in ("RAW", "USER_ENTERED"):
        raise ApiError(400, "'valueInputOption' is required but not specified")
    rows = content.get("values", [])
    for row in rows:
        if not isinstance(row, list):
            raise ApiError(400, "Invalid value at 'data.values' (type.googleapis.com/...)")
        for cell in row:
            if isinstance(cell, list | dict):
                raise ApiError(400, f"Invalid values[0][0]: {type(cell).__name__}_value")
            if isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 > LIMIT_CHARACTERS:
                raise ApiError(400, errors.TOO_LONG)
    return rows, option == "USER_ENTERED"


def _enter(sheet: Spreadsheet, tab: Tab, row: int, column: int, cell: Cell, *, typed: bool) -> None:
    if cell is None:
        return
    if typed and isinstance(cell, str):
        if cell.startswith("=") and len(cell) > 1:
            sheet.formulas += 1
            cell = "#ERROR!"
        elif re.fullmatch(r"[+-]?\d+(\.\d+)?", cell):
            cell = float(cell) if "." in cell else int(cell)
    tab.put(row, column, cell)


def _guard(sheet: Spreadsheet, tab: Tab, more_rows: int) -> None:
    if tab.protected:
        raise ApiError(400, errors.PROTECTED)
    cells = sum(t.row_count * t.column_count for t in sheet.tabs)
    if cells + more_rows * tab.column_count > LIMIT_CELLS:
        raise ApiError(400, errors.TOO_MANY_CELLS)


def update(
    sheet: Spreadsheet, text: str, options: dict[str, list[str]], content: dict[str, Any]
) -> dict[str, Any]:
    tab, area = _area(sheet, text)
    rows, typed = _incoming(options, content)
    _guard(sheet, tab, 0)
    single = area.bottom == area.top + 1 and area.right == area.left + 1
    bottom = tab.row_count if single else min(area.bottom or tab.row_count, tab.row_count)
    right = tab.column_count if single else min(area.right or tab.column_count, tab.column_count)
    for number, row in enumerate(rows, start=area.top):
        if number >= bottom:
            raise _outside(text, f"row [{number + 1}]")
        if area.left + len(row) > right:
            raise _outside(text, f"column [{a1.letters(right)}]")
    for number, row in enumerate(rows, start=area.top):
        for offset, cell in enumerate(row):
            _enter(sheet, tab, number, area.left + offset, cell, typed=typed)
    return _updated(sheet, tab, area.top, area.left, rows)


def _outside(text: str, where: str) -> ApiError:
    return ApiError(400, f"Requested writing within range [{text}], but tried writing to {where}")


def append(
    sheet: Spreadsheet, text: str, options: dict[str, list[str]], content: dict[str, Any]
) -> dict[str, Any]:
    tab, area = _area(sheet, text)
    rows, typed = _incoming(options, content)
    insert = options.get("insertDataOption", ["OVERWRITE"])[0] == "INSERT_ROWS"
    table = find_table(tab, area)
    top, left = (area.top, area.left) if table is None else (table.bottom, table.left)
    more = len(rows) if insert and table else max(0, top + len(rows) - tab.row_count)
    _guard(sheet, tab, more)
    if insert and table:
        tab.rows[top:top] = [[] for _ in rows]
    tab.row_count += more
    for number, row in enumerate(rows, start=top):
        for offset, cell in enumerate(row):
            _enter(sheet, tab, number, left + offset, cell, typed=typed)
    answer: dict[str, Any] = {
        "spreadsheetId": sheet.key,
        "updates": _updated(sheet, tab, top, left, rows),
    }
    if table:
        answer["tableRange"] = a1.written(
            tab.title, table.top, table.left, table.bottom, table.right
        )
    return answer


def _updated(
    sheet: Spreadsheet, tab: Tab, top: int, left: int, rows: list[list[Cell]]
) -> dict[str, Any]:
    written = [[cell for cell in row if cell is not None] for row in rows]
    width = max((len(row) for row in rows), default=1)
    return {
        "spreadsheetId": sheet.key,
        "updatedRange": a1.written(tab.title, top, left, top + max(1, len(rows)), left + width),
        "updatedRows": sum(1 for row in written if row),
        "updatedColumns": max((len(row) for row in written), default=0),
        "updatedCells": sum(len(row) for row in written),
    }


def batch_update(sheet: Spreadsheet, content: dict[str, Any]) -> dict[str, Any]:
    """All requests or none."""
    replies, undo = [], list(sheet.tabs)
    for index, request in enumerate(content.get("requests", [])):
        ((kind, body),) = request.items()
        try:
            if kind not in CHANGES:
                raise ApiError(
                    400, f"Invalid JSON payload received. Unknown name \"{kind}\" at 'requests'"
                )
            replies.append(CHANGES[kind](sheet, body))
        except ApiError as error:
            sheet.tabs[:] = undo
            message = str(error)
            raise ApiError(error.code, f"Invalid requests[{index}].{kind}: {message}") from None
    return {"spreadsheetId": sheet.key, "replies": replies}


def _add_sheet(sheet: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    properties = body.get("properties", {})
    title = properties.get("title", f"Sheet{len(sheet.tabs) + 1}")
    if title.casefold() in (other.casefold() for other in sheet.titles):
        raise ApiError(
            400,
            f'A sheet with the name "{title}" already exists. Please enter another name.',
        )
    sheet_id = properties.get("sheetId")
    if any(tab.sheet_id == sheet_id for tab in sheet.tabs):
        raise ApiError(
            400, f"Sheet with id {sheet_id} already exists. Please enter another sheet id."
        )
    grid = properties.get("gridProperties", {})
    tab = sheet.add_tab(title, sheet_id=sheet_id)
    tab.row_count = grid.get("rowCount", 1000)
    tab.column_count = grid.get("columnCount", 26)
    tab.frozen = grid.get("frozenRowCount", 0)
    return {"addSheet": _sheet(tab, len(sheet.tabs) - 1)}


def _update_properties(sheet: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    properties = body["properties"]
    tab = next((t for t in sheet.tabs if t.sheet_id == properties.get("sheetId")), None)
    if tab is None:
        raise ApiError(400, f"No grid with id: {properties.get('sheetId')}")
    _guard(sheet, tab, 0)
    fields = body.get("fields", "")
    grid = properties.get("gridProperties", {})
    if "rowCount" in fields:
        tab.row_count = grid["rowCount"]
        del tab.rows[tab.row_count :]
    if "columnCount" in fields:
        tab.column_count = grid["columnCount"]
        for row in tab.rows:
            del row[tab.column_count :]
    if "title" in fields:
        tab.title = properties["title"]
    return {}


def _delete_sheet(sheet: Spreadsheet, body: dict[str, Any]) -> dict[str, Any]:
    tab = next((t for t in sheet.tabs if t.sheet_id == body.get("sheetId")), None)
    if tab is None:
        raise ApiError(400, f"No sheet with id: {body.get('sheetId')}")
    sheet.tabs.remove(tab)
    return {}


CHANGES: dict[str, Callable[[Spreadsheet, dict[str, Any]], dict[str, Any]]] = {
    "addSheet": _add_sheet,
    "updateSheetProperties": _update_properties,
    "deleteSheet": _delete_sheet,
}
