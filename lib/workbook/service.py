"""The calls to Google's Sheets API that the app makes, through gspread."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from cryptography.exceptions import UnsupportedAlgorithm
from google.oauth2.service_account import Credentials
from gspread.http_client import HTTPClient

from lib.workbook.account import Connection
from lib.workbook.faults import EXPECTED, bad_address, bad_key, explain
from lib.workbook.layout import LAYOUT_FIELDS, Layout, cells_of, parse_layout, tab_id
from lib.workbook.pace import Pace, patiently, shared_pace
from lib.workbook.protocol import Cell

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and to wait for each piece of the answer."""

NEW_TAB_ROWS, NEW_TAB_COLUMNS = 50, 26
"""The grid that a new tab of ours gets."""

Rows = list[list[Cell]]
T = TypeVar("T")


class Service:
    """One spreadsheet, by the service account of a connection. Every failure is a GoogleProblem.

    Reads are repeated when that may help; writes are not, since only the caller can tell
    whether the first try was applied.
    """

    def __init__(
        self, where: Connection, reads: Pace | None = None, writes: Pace | None = None
    ) -> None:
        self.email = where.client_email
        self._where = where
        self.reads = reads or shared_pace(self.email, "reads")
        self.writes = writes or shared_pace(self.email, "writes")

    def layout(self) -> Layout:
        """Read what tabs there are."""
        return self._read(
            lambda: parse_layout(
                self._http.fetch_sheet_metadata(self._key, {"fields": LAYOUT_FIELDS})
            )
        )

    def values(self, areas: Sequence[str]) -> list[Rows]:
        """Read several areas (A1 notation) in one request: numbers as numbers, dates as serials.

        Rows are ragged and empty ones at the end are left out, as Google sends them.
        """
        if not areas:
            return []
        options = {
            "valueRenderOption": "UNFORMATTED_VALUE",
            "dateTimeRenderOption": "SERIAL_NUMBER",
            "majorDimension": "ROWS",
        }
        return self._read(
            lambda: [
                part.get("values", [])
                for _, part in zip(
                    areas,
                    self._http.values_batch_get(self._key, list(areas), {**options})["valueRanges"],
                    strict=True,
                )
            ]
        )

    def append(self, tab: str, corner: str, rows: Sequence[Sequence[Cell]]) -> str:
        """Append rows below the table that has ``corner`` in it; returns where they landed."""
        return str(
            self._write(
                tab,
                lambda: self._http.values_append(
                    self._key,
                    cells_of(tab, corner),
                    {"valueInputOption": "RAW", "insertDataOption": "INSERT_ROWS"},
                    {"values": rows},
                )["updates"]["updatedRange"],
            )
        )

    def put(self, tab: str, corner: str, row: Sequence[Cell]) -> None:
        """Write one row of cells from ``corner`` to the right. For headers only."""
        self._write(
            tab,
            lambda: self._http.values_update(
                self._key,
                cells_of(tab, corner),
                {"valueInputOption": "RAW"},
                {"values": [list(row)]},
            ),
        )

    def add_tab(self, tab: str) -> None:
        """Make an empty tab whose first row stays in place when people scroll and sort."""
        properties = {
            "title": tab,
            "sheetId": tab_id(tab),
            "sheetType": "GRID",
            "gridProperties": {
                "rowCount": NEW_TAB_ROWS,
                "columnCount": NEW_TAB_COLUMNS,
                "frozenRowCount": 1,
            },
        }
        self._change(tab, {"addSheet": {"properties": properties}})

    def widen(self, tab: str, sheet_id: int, columns: int) -> None:
        """Give a tab's grid so many columns."""
        properties = {"sheetId": sheet_id, "gridProperties": {"columnCount": columns}}
        fields = "gridProperties/columnCount"
        self._change(tab, {"updateSheetProperties": {"properties": properties, "fields": fields}})

    def _change(self, tab: str, request: dict[str, Any]) -> None:
        self._write(tab, lambda: self._http.batch_update(self._key, {"requests": [request]}))

    def _read(self, call: Callable[[], T]) -> T:
        return patiently(lambda: self._explained(call), self.reads)

    def _write(self, tab: str, call: Callable[[], T]) -> T:
        self.writes.take_turn()
        return self._explained(call, tab)

    def _explained(self, call: Callable[[], T], tab: str | None = None) -> T:
        try:
            return call()
        except EXPECTED as error:
            # Not chained: what Google or the network said may hold a cell or a part of the key.
            raise explain(error, self.email, tab=tab) from None

    @property
    def _key(self) -> str:
        if self._where.key is None:
            raise bad_address()
        return self._where.key

    @cached_property
    def _http(self) -> HTTPClient:
        try:
            credentials = Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
                dict(self._where.account), scopes=SCOPES
            )
        except (ValueError, TypeError, LookupError, UnsupportedAlgorithm):
            raise bad_key() from None
        http = HTTPClient(credentials)
        http.set_timeout(TIMEOUT)
        return http
