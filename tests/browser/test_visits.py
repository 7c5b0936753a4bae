"""A visit finds nothing of the visit before it, though both share a browser's cache."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.browser.conftest import SIZES, Visit

pytestmark = pytest.mark.browser

KEPT = "[document.cookie, localStorage.getItem('kept'), sessionStorage.getItem('kept')]"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page of no app's."""
    folder: Path = tmp_path_factory.mktemp("visits")
    (folder / "page.html").write_text('<link rel="icon" href="data:,"><h1>Page</h1>')
    with ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/page.html"
        server.shutdown()
        thread.join()


def test_what_a_visit_leaves_is_gone_with_the_next(address: str, visit: Visit) -> None:
    page = visit(address, "phone")
    page.evaluate("""() => {
        document.cookie = 'kept=1';
        localStorage.setItem('kept', '1');
        sessionStorage.setItem('kept', '1');
    }""")
    assert page.evaluate(KEPT) == ["kept=1", "1", "1"]
    first = page.context
    page.close()
    page = visit(address)
    assert page.context == first
    assert page.viewport_size == SIZES["desk"]
    assert page.evaluate(KEPT) == ["", None, None]
    page.context.close()
    page = visit(address)
    assert page.context != first
    assert page.evaluate(KEPT) == ["", None, None]
