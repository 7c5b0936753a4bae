"""Streamlit's front end as our server hands it out: packed, and with what a page needs announced.

Streamlit sends its programs as they lie on the disk, for to pack them anew for each browser would
cost more than it spares: 2.4 megabytes before a first page stands. Packed once, they are 0.6. A
browser learns of the last of them only while it draws, one after the other; and at any address but
the first it looks for the server below that address before it looks at the root.
"""

import asyncio
import gzip
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from lib.access import SCREENS
from lib.front import accepts_gzip

NEEDED = ("Html", "PageLink", "Button", "Radio", "rehype-raw", "hastscript", "web-namespaces")
"""The programs of the kinds of element that nearly every staff page places."""
FONT = "SourceSerifVariable-Roman"
"""The font of every title."""

_KINDS = {".js": b"text/javascript; charset=utf-8", ".css": b"text/css; charset=utf-8"}
_HTML = b"text/html; charset=utf-8"
_A_YEAR, _ASK_AGAIN = b"public, immutable, max-age=31536000", b"no-cache"
"""As Streamlit says itself: a program that changes gets another name, the page does not."""
_PAGES = frozenset(f"/{screen.path}" for screen in SCREENS)
_IMPORTED = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_SERVER_IS_HERE = (
    "<script>window.__streamlit={BACKEND_BASE_URL:new URL('.',location).href}</script>"
)
"""Below a host's own path too: each page is one level below the server."""


class Shell:
    """Answers for Streamlit's pages, programs and styles where a browser takes them packed."""

    def __init__(self, app: ASGIApp, folder: Path | None = None) -> None:
        self.app = app
        where = folder or Path(file_util.get_static_dir())
        self._files = packable(where)
        self._page = gzip.compress(page(where).encode(), mtime=0)
        self._kept: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on: what is asked for in parts, or plain, is Streamlit's.

        A program that an update has just taken away is, too.
        """
        path = scope["path"] if scope["type"] == "http" and scope["method"] == "GET" else ""
        if (path in _PAGES or path in self._files) and _takes_packed(Headers(scope=scope)):
            if path in _PAGES:
                await _give(send, self._page, _HTML, _ASK_AGAIN)
                return
            body = await self._packed(path)
            if body is not None:
                await _give(send, body, _KINDS[self._files[path].suffix], _A_YEAR)
                return
        await self.app(scope, receive, send)

    async def _packed(self, path: str) -> bytes | None:
        if path not in self._kept:
            try:
                self._kept[path] = await asyncio.to_thread(_pack, self._files[path])
            except OSError:
                return None
        return self._kept[path]


def packable(folder: Path) -> dict[str, Path]:
    """The programs and styles in ``folder``, by the address under which Streamlit has them."""
    found = (file for file in (folder / "static").rglob("*") if file.suffix in _KINDS)
    return {f"/{file.relative_to(folder).as_posix()}": file for file in found}


def page(folder: Path) -> str:
    """Streamlit's page (``index.html`` in ``folder``), saying where the server is and what to load.

    What another version of Streamlit has under no such name is not announced.
    """
    html = (folder / "index.html").read_text(encoding="utf-8")
    links = [
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">'
        for name in needed(folder / "static" / "js")
        if name not in html
    ]
    links += [
        f'<link rel="preload" href="./static/media/{font.name}" as="font" type="font/woff2" '
        "crossorigin>"
        for font in (folder / "static" / "media").glob(f"{FONT}.*woff2")
    ]
    return html.replace("</head>", "".join((_SERVER_IS_HERE, *links, "</head>")), 1)


def needed(folder: Path) -> tuple[str, ...]:
    """The names of the files of ``NEEDED`` in ``folder``, and of all that they import."""
    found = [file.name for name in NEEDED for file in folder.glob(f"{name}.*.js")]
    for name in found:  # it grows meanwhile
        imported = _IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
        found += [other for other in dict.fromkeys(imported) if other not in found]
    return tuple(found)


def _takes_packed(headers: Headers) -> bool:
    return accepts_gzip(",".join(headers.getlist("accept-encoding"))) and "range" not in headers


def _pack(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)


async def _give(send: Send, body: bytes, kind: bytes, cache: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-encoding", b"gzip"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", cache),
        (b"vary", b"accept-encoding"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
