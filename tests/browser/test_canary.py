"""Planted identities and comments: nowhere on disk, in a log, in our tabs, or on any wire."""

from pathlib import Path

import pytest

from lib.access import SCREENS
from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

KEY = "1CaNaRyCdEfGhIjKlMnOpQrStUvWxYz0123456789abc"
TAB = "Form Responses 1"
OPEN = "\n[access]\nopen = true\n"
HEADER = [
    "Timestamp",
    "Email Address",
    "Your full name",
    "Phone number",
    "Student ID",
    "Grade",
    "How often? [Mr. Zebedee Canarius explains well]",
    "How often? [Mr. Zebedee Canarius listens]",
    "What should change?",
]
CANARIES = (
    "canary.child@example.org",
    "Canaria Quetzalcoatl",
    "555-013-7799",
    "88412907",
    "Canarius",
    "please read my canary words",
)
PASTED = range(3, 9)
"""Answers that were pasted again: the block is left out, and its name must tell nobody's."""

WAVES = [
    ["event_id", "record_id", "revision", "at", "who", "label", "opens", "closes"],
    [
        *("e1", "w1", "1", "2026-01-05T00:00:00+00:00", "it", "Winter"),
        *("2025-12-01T00:00:00", "2026-01-01T00:00:00"),
    ],
]


def form() -> list[list[object]]:
    """Forty answers; every one carries every identity."""
    rows: list[list[object]] = [list(HEADER)]
    for i in (*range(40), *PASTED):
        rows.append(
            [
                *(46000.5 + i / 1000, CANARIES[0], CANARIES[1], CANARIES[2], int(CANARIES[3])),
                *(f"Grade {6 + i % 2}", 1 + i % 5, 1 + i % 4, f"{CANARIES[5]} {i}"),
            ]
        )
    return rows


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]


def test_planted_identities_are_nowhere(sheets: SheetsServer, tmp_path: Path, visit: Visit) -> None:
    spreadsheet = sheets.add_spreadsheet(KEY, {TAB: form(), "PD Waves": WAVES})
    wires: list[str] = []

    def wire(data: object) -> None:
        wires.append(repr(data))

    with running_app(
        tmp_path, secrets=sheets.secrets_toml(KEY) + OPEN, environment=sheets.environment()
    ) as address:
        for path in (*(s.path for s in SCREENS), "students", "healthz"):
            page = visit("about:blank")
            page.on("websocket", lambda socket: socket.on("framereceived", wire))
            page.on("response", lambda answer: wires.append(answer.url))
            page.goto(f"{address}/{path}")
            if path not in ("students", "healthz"):
                settle(page)
            if path == "setup":
                page.get_by_role("button", name="Leave the copy out").click()
                page.get_by_text("A pasted block of 6 rows is left out.").wait_for()
                page.get_by_role("button", name="History").click()
                page.get_by_text("wrote it").wait_for()
            if path == "columns":
                page.get_by_role("button", name="This is right").click()
                page.get_by_text("Every question is written down.").wait_for()
            wires.append(page.content())
            page.close()
        said = "".join(wires)
    assert "About 45 answers" in said  # frozen before the copy was left out
    assert found_in(said) == []
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    kept = {file.name: file.read_bytes().decode("latin-1") for file in files}
    assert any(name.startswith("last-good-") for name in kept)
    assert any(".sqlite" in name for name in kept)
    assert "app.log" in kept
    assert {name: found_in(text) for name, text in kept.items() if found_in(text)} == {}
    ours = [tab for tab in spreadsheet.tabs if tab.title.startswith("PD ")]
    assert {"PD Evidence", "PD Columns", "PD Settings"} <= {tab.title for tab in ours}
    assert found_in(repr([tab.rows for tab in ours])) == []


def test_the_search_finds_what_is_there() -> None:
    assert found_in(repr(form())) == list(CANARIES)
