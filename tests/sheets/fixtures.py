"""Fixtures for tests that need a Google spreadsheet."""

from collections.abc import Iterator

import pytest

from tests.sheets.server import SheetsServer


@pytest.fixture(scope="session")
def sheets_server() -> Iterator[SheetsServer]:
    """One stand-in for Google, for the whole run."""
    with SheetsServer() as server:
        yield server


@pytest.fixture
def sheets(sheets_server: SheetsServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SheetsServer]:
    """The stand-in with nothing in it, and this process led to it."""
    sheets_server.reset()
    for name, value in sheets_server.environment().items():
        monkeypatch.setenv(name, value)
    yield sheets_server
    sheets_server.clear_faults()
