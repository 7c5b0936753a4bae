"""A button that is pressed twice, while the first press is still being saved, decides once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle
from tests.browser.test_walk import KEY, OPEN, TAB, evaluations
from tests.browser.walk import rows_of
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import Fault, SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser


def press_twice(page: Page, name: str, sheets: SheetsServer) -> None:
    """Two clicks, the second while Google is still taking in what the first one decided."""
    sheets.fault(Fault(on="append", breaks="late", seconds=1.5))
    button = page.get_by_role("button", name=name).first
    button.click()
    page.wait_for_timeout(400)
    button.click(timeout=3_000, no_wait_after=True)


def test_pressed_twice_it_is_decided_once(
    sheets: SheetsServer, tmp_path: Path, visit: Visit
) -> None:
    spreadsheet = sheets.add_spreadsheet(KEY, {TAB: evaluations()})
    secrets = sheets.secrets_toml(KEY) + OPEN
    with running_app(tmp_path, secrets=secrets, environment=sheets.environment()) as address:
        page = visit(f"{address}/priorities")
        settle(page)
        press_twice(page, "Choose as focus", sheets)
        expect(page.get_by_text("is a focus now")).to_be_visible(timeout=30_000)
        settle(page)
        page.goto(f"{address}/plan")
        settle(page)
        page.get_by_label("Owner").fill("Ana")
        press_twice(page, "Save", sheets)
        expect(page.get_by_text("is saved")).to_be_visible(timeout=30_000)
        settle(page)
        assert "Somebody else changed this" not in page.inner_text("body")
        page.goto(f"{address}/you-said-we-did")
        settle(page)
        page.get_by_label("You said", exact=True).first.fill("More time to talk.")
        press_twice(page, "Save", sheets)
        settle(page)
        page.close()
    assert [row["owner"] for row in rows_of(spreadsheet, "PD Focus")] == ["-", "Ana"]
    assert [row["you_said"] for row in rows_of(spreadsheet, "PD Promises")] == [
        "More time to talk."
    ]
