"""axe-core finds nothing on any page, in both themes, at desk and phone width."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from lib.access import SCREENS
from tests.browser.app import running_app
from tests.browser.conftest import SIZES, listen_for_errors, settle

pytestmark = pytest.mark.browser

PATHS = [(s.name, f"{s.path}?practice=calm" if s.name == "practice" else s.path) for s in SCREENS]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("access")) as address:
        yield address


@pytest.fixture(scope="module", params=["light", "dark"])
def window(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """One window for all pages of a theme: what the browser has read once it need not read anew."""
    context = chromium.new_context(color_scheme=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("name", "path"), PATHS, ids=[name for name, _ in PATHS])
def test_a_page_is_accessible(name: str, path: str, address: str, window: Page) -> None:
    errors: list[str] = []
    listen_for_errors(window, errors)
    window.goto(f"{address}/{path}")
    for size, pixels in SIZES.items():
        window.set_viewport_size(pixels)
        settle(window)
        found = Axe().run(window).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], (name, size)
        wide = window.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not wide, f"{name} scrolls sideways at {size} size"
    assert errors == []


def test_what_is_said_of_a_practice_stands_together_on_a_phone(address: str, window: Page) -> None:
    window.set_viewport_size(SIZES["phone"])
    window.goto(f"{address}/priorities")
    settle(window)
    rows = window.locator('[class*="st-key-row-"]').evaluate_all(
        """rows => rows.map(row => [...row.querySelectorAll('[data-testid="stColumn"]')]
            .map(column => column.getBoundingClientRect()).filter(box => box.height)
            .map(box => [box.top, box.bottom]))"""
    )
    assert len(rows) > 1
    within = [low[0] - high[1] for row in rows for high, low in pairwise(row)]
    between = [below[0][0] - above[-1][1] for above, below in pairwise(rows)]
    assert max(within) < min(between)
