"""A long sheet behind a slow Google: the first visitor sees how far the reading has come."""

import re
import time
from pathlib import Path

import pytest

from tests.browser.app import running_app
from tests.browser.conftest import Visit
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import Fault, SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

KEY = "1SlowCdEfGhIjKlMnOpQrStUvWxYz0123456789abcde"
OPEN = "\n[access]\nopen = true\n"
HEADER = ["Timestamp", "Grade", "Rate your classes [I get real choices]"]


def test_a_progress_bar_counts_the_rows_read_and_then_makes_room_for_the_page(
    sheets: SheetsServer, tmp_path: Path, visit: Visit
) -> None:
    rows = [[46_000 + n / 1440, f"Grade {6 + n % 2}", 1 + n % 5] for n in range(1199)]
    tab = sheets.add_spreadsheet(KEY, {"Form Responses 1": [HEADER, *rows]}).tab("Form Responses 1")
    # A grid so wide that 200 rows are one page: six requests.
    tab.column_count, tab.row_count = 2000, 1200
    sheets.fault(Fault(on="batchGet", run=lambda: time.sleep(3), times=99))
    said: list[str] = []
    with running_app(
        tmp_path, secrets=sheets.secrets_toml(KEY) + OPEN, environment=sheets.environment()
    ) as address:
        page = visit(address)
        bar, title = page.get_by_test_id("stProgress"), page.locator('[data-testid="stMain"] h1')
        until = time.monotonic() + 60
        while not title.count() and time.monotonic() < until:
            said += bar.all_inner_texts()
            page.wait_for_timeout(100)
        assert title.count() == 1
        page.wait_for_timeout(500)
        assert bar.count() == 0
        page.close()
    counted = [re.fullmatch(r"Reading the sheet: ([\d,]+) of 1,199 rows", text) for text in said]
    read = [int(found[1].replace(",", "")) for found in counted if found]
    assert len(set(read)) >= 3
    assert read == sorted(read)
