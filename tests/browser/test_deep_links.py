"""A fresh server, and the first thing it is asked for is a page deep inside."""

from pathlib import Path

import pytest
from playwright.sync_api import WebSocket, expect

from lib.access import SCREENS
from tests.browser.app import free_port, running_app
from tests.browser.conftest import Visit, settle

pytestmark = pytest.mark.browser

AUTH = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "seat"
client_secret = "not a real one"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def port() -> int:
    """One port for all three servers: the browser need not read the front end for each."""
    return free_port()


@pytest.mark.parametrize("first", ["home", "practice", "safety"])
def test_a_cold_deep_link_shows_nothing_protected(
    first: str, port: int, tmp_path: Path, visit: Visit
) -> None:
    """Three are the first that a new server is asked for, and so are five others in test_roles.py;
    every page is asked of one that runs.
    """
    cold = next(s for s in SCREENS if s.name == first)
    others = [s for s in SCREENS if s != cold] if first == "practice" else []
    with running_app(tmp_path, secrets=AUTH, port=port) as address:
        for target in (cold, *others):
            frames: list[str] = []
            page = visit("about:blank")
            page.on("websocket", lambda socket, to=frames: listen(socket, to))
            page.goto(f"{address}/{target.path}")
            expect(page.get_by_text("Sign in to see this school")).to_be_visible(timeout=60_000)
            settle(page)
            said = page.inner_text("body")
            assert "Page not found" not in said
            assert frames
            everything = said + "".join(frames)
            assert "%" not in said
            assert "Quillhaven" not in everything
            assert "favorable" not in everything
            page.close()


def listen(socket: WebSocket, frames: list[str]) -> None:
    socket.on("framereceived", lambda data: frames.append(repr(data)))
