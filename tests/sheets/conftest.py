"""What the tests of this folder share."""

from collections.abc import Callable
from typing import Any

import pytest

from lib.workbook import Contents, Event
from lib.workbook.connect import connection
from lib.workbook.google import GoogleWorkbook
from lib.workbook.pace import Pace
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.grid import Tab
from tests.sheets.server import SheetsServer, answers

__all__ = ["sheets", "sheets_server"]

KEY = "1AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg"
FORM = "Form Responses 1"
HEADER = ["Timestamp", "I get real choices", "What works for you?"]


class FakeTime:
    """Seconds that pass only when a test, or the code under test, lets them."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


Open = Callable[..., GoogleWorkbook]


@pytest.fixture
def open_sheet(sheets: SheetsServer, time: FakeTime) -> Open:
    """Opens the spreadsheet with paces of its own; keyword arguments go into the secrets."""

    def open_it(**more: str) -> GoogleWorkbook:
        where = connection(sheets.secrets(**{"key": KEY, **more}))
        assert where is not None
        return GoogleWorkbook(where, Pace(time.clock, time.sleep), Pace(time.clock, time.sleep))

    return open_it


@pytest.fixture
def form(sheets: SheetsServer) -> Tab:
    """A form's tab with 50 different answers, in a spreadsheet shared with the app."""
    rows = [[row[0], n % 5 + 1, f"answer {n}"] for n, row in enumerate(answers(50, []))]
    return sheets.add_spreadsheet(KEY, {FORM: [HEADER, *rows]}).tab(FORM)


class Mirror:
    """A reader as the app's is: keeps rows and events, as the contents tell it to."""

    def __init__(self) -> None:
        self.header: list[Any] = []
        self.rows: list[list[Any]] = []
        self.events: dict[str, Event] = {}
        self.full_readings = 0

    def take(self, contents: Contents) -> Contents:
        form = contents.form
        if form is not None and form.continues:
            assert form.first_row == len(self.rows) + 2
            assert list(form.header) == self.header
            self.rows += [list(row) for row in form.rows]
        elif form is not None:
            self.header = list(form.header)
            self.rows = [list(row) for row in form.rows]
            self.full_readings += 1
        self.events |= {event.event_id: event for event in contents.events}
        return contents
