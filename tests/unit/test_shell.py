"""Streamlit's front end, packed; and a page that announces what it needs."""

import asyncio
import gzip
import re
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import file_util

from lib import shell
from lib.access import SCREENS

PROGRAM = b'import{a}from"./shared.B2.js";import"./alone.C3.js";export{a};' + b"/* words */" * 99
INDEX = '<html><head><link rel="modulepreload" href="./static/js/shared.B2.js"></head><body>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A front end with one program that pages need, one that it imports, and one that all have."""
    js = tmp_path / "static" / "js"
    js.mkdir(parents=True)
    (js / "Html.A1.js").write_bytes(PROGRAM)
    (js / "shared.B2.js").write_text("export const a=1;")
    (js / "alone.C3.js").write_text('import("./Later.D4.js")')
    (js / "Later.D4.js").write_text("")
    (tmp_path / "static" / "font.woff2").write_bytes(b"font")
    (tmp_path / "index.html").write_text(INDEX)
    return tmp_path


def fetch(
    folder: Path, path: str, method: str = "GET", *, app: shell.Shell | None = None, **headers: str
) -> tuple[dict[str, str], bytes]:
    """One request; ({}, b"Streamlit") where it is passed on."""
    sent: list[Message] = []

    async def streamlit(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "headers": []})
        await send({"type": "http.response.body", "body": b"Streamlit"})

    async def send(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        return {"type": "http.request"}

    lines = [(name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": lines}
    found = app or shell.Shell(streamlit, folder)
    asyncio.run(found(scope, nothing, send))
    return {n.decode(): v.decode() for n, v in sent[0]["headers"]}, sent[1]["body"]


def test_a_program_comes_packed_and_is_kept_for_a_year(folder: Path) -> None:
    headers, body = fetch(folder, "/static/js/Html.A1.js", accept_encoding="gzip, br")
    assert gzip.decompress(body) == PROGRAM
    assert headers == {
        "content-type": "text/javascript; charset=utf-8",
        "content-encoding": "gzip",
        "content-length": str(len(body)),
        "cache-control": "public, immutable, max-age=31536000",
        "vary": "accept-encoding",
    }


def test_it_is_packed_once(folder: Path) -> None:
    app = shell.Shell(lambda *_: pytest.fail("Streamlit was asked"), folder)
    first = fetch(folder, "/static/js/Html.A1.js", app=app, accept_encoding="gzip")
    (folder / "static/js/Html.A1.js").unlink()
    assert fetch(folder, "/static/js/Html.A1.js", app=app, accept_encoding="gzip") == first


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/js/Html.A1.js", "GET", {}),
        ("/static/js/Html.A1.js", "GET", {"accept_encoding": "gzip;q=0"}),
        ("/static/js/Html.A1.js", "GET", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/js/Html.A1.js", "HEAD", {"accept_encoding": "gzip"}),
        ("/static/js/../../index.html", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/none.js", "GET", {"accept_encoding": "gzip"}),
        ("/static/font.woff2", "GET", {"accept_encoding": "gzip"}),
        ("/_stcore/health", "GET", {"accept_encoding": "gzip"}),
        ("/trends", "GET", {}),
        ("/trends", "POST", {"accept_encoding": "gzip"}),
    ],
)
def test_what_is_not_ours_is_streamlits(
    folder: Path, path: str, method: str, headers: dict[str, str]
) -> None:
    assert fetch(folder, path, method, **headers) == ({}, b"Streamlit")


def test_a_program_that_an_update_took_away_is_streamlits_to_miss(folder: Path) -> None:
    async def gone(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "headers": [(b"x", b"not found")]})
        await send({"type": "http.response.body", "body": b""})

    app = shell.Shell(gone, folder)
    (folder / "static/js/Html.A1.js").unlink()
    headers, _ = fetch(folder, "/static/js/Html.A1.js", app=app, accept_encoding="gzip")
    assert headers == {"x": "not found"}


@pytest.mark.parametrize("path", [f"/{screen.path}" for screen in SCREENS])
def test_a_page_announces_what_it_needs_once_and_where_the_server_is(
    folder: Path, path: str
) -> None:
    headers, body = fetch(folder, path, accept_encoding="gzip")
    said = gzip.decompress(body).decode()
    assert re.findall(r'href="\./static/js/([^"]+)"', said) == [
        "shared.B2.js",
        "Html.A1.js",
        "alone.C3.js",
    ]
    assert "BACKEND_BASE_URL:new URL('.',location).href}</script>" in said
    assert said.endswith("</head><body>")
    assert headers["cache-control"] == "no-cache"


def test_the_installed_streamlit_has_all_that_is_announced() -> None:
    """Fails after an update that renames a program: then its name here is to be mended."""
    folder = Path(file_util.get_static_dir())
    names = shell.needed(folder / "static" / "js")
    assert [name.split(".")[0] for name in names[: len(shell.NEEDED)]] == list(shell.NEEDED)
    said = shell.page(folder)
    for address in re.findall(r'href="\./(static/[^"]+)"', said):
        assert (folder / address).is_file(), address
    assert shell.FONT in said
    entry = re.search(r'src="\./(static/js/index\.[^"]+)"', said)
    assert entry
    assert "window.__streamlit" in (folder / entry[1]).read_text(encoding="utf-8")
    assert "BACKEND_BASE_URL" in (folder / entry[1]).read_text(encoding="utf-8")
