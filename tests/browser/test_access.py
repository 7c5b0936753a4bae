"""axe-core finds nothing on any page, in both themes, at desk and phone width."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe

from lib.access import SCREENS
from tests.browser.app import running_app
from tests.browser.conftest import SIZES, Visit, settle

pytestmark = pytest.mark.browser

PATHS = [(s.name, f"{s.path}?practice=calm" if s.name == "practice" else s.path) for s in SCREENS]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("access")) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "path"), PATHS, ids=[name for name, _ in PATHS])
def test_a_page_is_accessible(
    name: str, path: str, scheme: str, address: str, visit: Visit
) -> None:
    for size in SIZES:
        page = visit(f"{address}/{path}", size, scheme)
        settle(page)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], (name, size)
        wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
        assert not wide, f"{name} scrolls sideways at {size} size"
        page.context.close()
