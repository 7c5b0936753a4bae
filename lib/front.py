"""What the server answers by itself, before Streamlit: the students' page, health, wrong doors.

A crowd of phones comes through here, so every answer is made from memory: no thread, no lock, no
settings file. It wraps all of Streamlit's routes and adds the security headers to their answers.
"""

import asyncio
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import live, publish, step
from lib.access import SCREENS
from lib.publish.sent import StudentsPage

Headers = tuple[tuple[bytes, bytes], ...]

STUDENTS, HEALTH = "/students", "/healthz"

# The students' page needs nothing from anywhere, itself included: its style is in the file.
_CLOSED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
# Streamlit's front end, from here alone: Vega compiles its expressions, styles are inline, and a
# preview is a frame of its own. Nothing can be loaded from, or sent to, another site.
_STAFF = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "worker-src 'self' blob:; frame-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_ALWAYS: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_OURS: Headers = (*_ALWAYS, (b"content-security-policy", _CLOSED.encode()))
_STREAMLITS: Headers = (*_ALWAYS, (b"content-security-policy", _STAFF.encode()))
_HTML = (b"content-type", b"text/html; charset=utf-8")

_READ = ("GET", "HEAD")
_SCREENS = frozenset(f"/{screen.path}" for screen in SCREENS)
# Streamlit's own: its front end, the socket, uploads, sign-in. It checks their methods itself.
_ITS_OWN = ("/_stcore/", "/static/", "/media/", "/component/", "/auth/")
# How many look and the memory it takes: nobody's business on the open net. `/healthz` tells ours.
_ITS_METRICS = "/_stcore/metrics"
_ITS_FILES = frozenset({"/oauth2callback", "/favicon.png", "/manifest.json", "/index.html"})

_FIRST_COPY_S = 10.0
_LOOK_AGAIN_S = 0.5

_TAG = re.compile(r'(?:W/)?("[^"]*")')


@dataclass(frozen=True)
class Answer:
    """A whole answer; ``headers`` without those that every answer has."""

    status: HTTPStatus
    headers: Headers
    body: bytes = b""

    @cached_property
    def start(self) -> Message:
        """The answer's first message. An unchanged page has no length (RFC 9110, 8.6)."""
        headers = [*self.headers, *_OURS]
        if self.status is not HTTPStatus.NOT_MODIFIED:
            headers.append((b"content-length", str(len(self.body)).encode()))
        return {"type": "http.response.start", "status": int(self.status), "headers": headers}


class Front:
    """Answers what is ours, refuses what is nobody's, and passes the rest on to Streamlit."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on and add the headers to the answer's first message."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = await answer(scope["method"], scope["path"], scope["headers"])
        if found is not None:
            await _give(send, found, scope["method"])
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(name, value) for name, value in _STREAMLITS if name not in present]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        await self.app(scope, receive, send_with_headers)


async def answer(
    method: str, path: str, headers: Iterable[tuple[bytes, bytes]] = ()
) -> Answer | None:
    """The answer to a request, if it is ours to give; None where Streamlit gives it."""
    if path == STUDENTS and method in _READ:
        return await _students(headers)
    if path == _ITS_METRICS:
        return _NOT_HERE
    if path.startswith(_ITS_OWN) or path in _ITS_FILES:
        return None
    plain = path.rstrip("/") or "/"
    ours = plain in (STUDENTS, HEALTH)
    if not ours and plain not in _SCREENS:
        return _NOT_HERE
    if method not in _READ:
        return _NOT_SO
    if not ours:
        return None
    if path != plain:
        return Answer(HTTPStatus.PERMANENT_REDIRECT, ((b"location", plain.encode()),))
    return await _health()


async def _students(headers: Iterable[tuple[bytes, bytes]]) -> Answer:
    """The page in the students' hands: the same bytes for everybody."""
    page = live.students_page()
    if page is None:
        await _first_copy()
        page = live.students_page()
        if page is None:
            return _NOT_YET
    encodings, tags = _wishes(headers)
    ready = _forms(page)[accepts_gzip(encodings)]
    return ready.unchanged if tags and tag_matches(tags, ready.tag) else ready.whole


@dataclass(frozen=True)
class _Form:
    """One form of the page, packed or plain: its tag, all of it, and "you have it already"."""

    tag: str
    whole: Answer
    unchanged: Answer


@lru_cache(maxsize=1)
def _forms(page: StudentsPage) -> tuple[_Form, _Form]:
    """The page's plain and packed form, made ready once for everybody."""

    def ready(body: bytes, tag: str, *more: tuple[bytes, bytes]) -> _Form:
        about: Headers = (
            (b"etag", tag.encode()),
            (b"cache-control", b"no-cache"),
            (b"vary", b"accept-encoding"),
        )
        whole = Answer(HTTPStatus.OK, (*about, *more, _HTML), body)
        return _Form(tag, whole, Answer(HTTPStatus.NOT_MODIFIED, about))

    return (
        ready(page.body, page.etag),
        ready(page.packed, page.packed_etag, (b"content-encoding", b"gzip")),
    )


async def _health() -> Answer:
    """Whether the app is well, for a monitor."""
    await _first_copy()
    health = live.health()
    said = {"status": health.status, "source": health.source, "age_s": health.age_s}
    return Answer(
        HTTPStatus.SERVICE_UNAVAILABLE if health.status == "failing" else HTTPStatus.OK,
        ((b"content-type", b"application/json"), (b"cache-control", b"no-store")),
        json.dumps(said).encode(),
    )


async def _first_copy() -> None:
    """Wait a little for the first reading of a server that has just started."""
    loop = asyncio.get_running_loop()
    give_up = loop.time() + _FIRST_COPY_S
    while step.starting() and loop.time() < give_up:
        await asyncio.sleep(_LOOK_AGAIN_S)


@lru_cache(maxsize=64)  # browsers of one kind say the same
def accepts_gzip(accept_encoding: str) -> bool:
    """Whether a browser takes gzip, by its Accept-Encoding (RFC 9110, 12.5.3)."""
    weights: dict[str, bool] = {}
    for part in accept_encoding.lower().split(","):
        coding, *parameters = (word.strip() for word in part.split(";"))
        refused = any(re.fullmatch(r"q\s*=\s*0(\.0*)?", word) for word in parameters)
        weights[coding] = not refused
    for coding in ("gzip", "x-gzip", "*"):
        if coding in weights:
            return weights[coding]
    return False


def tag_matches(if_none_match: str, tag: str) -> bool:
    """Whether If-None-Match names a tag, compared weakly (RFC 9110, 13.1.2)."""
    return if_none_match.strip() == "*" or tag in _TAG.findall(if_none_match)


def _wishes(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, str]:
    """Accept-Encoding and If-None-Match; several lines of one name are one list."""
    encodings = tags = b""
    for name, value in headers:
        if name == b"accept-encoding":
            encodings = encodings + b", " + value if encodings else value
        elif name == b"if-none-match":
            tags = tags + b", " + value if tags else value
    return encodings.decode("latin-1"), tags.decode("latin-1")


async def _give(send: Send, found: Answer, method: str) -> None:
    await send(found.start)
    body = b"" if method == "HEAD" else found.body
    await send({"type": "http.response.body", "body": body})


def _page(title: str, says: str) -> bytes:
    """A small page of a sentence. It never reloads by itself: that takes a page from its reader."""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>:root{{color-scheme:light dark}}"
        "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;"
        "padding:0 1rem;color:#0B0C0C;background:#FBFAF7}a{color:#0F5C63}"
        "@media(prefers-color-scheme:dark){body{color:#F1EFE9;background:#14171A}"
        f"a{{color:#8FD3D9}}}}</style><main><h1>{title}</h1><p>{says}</p></main>"
    ).encode()


# Made at the start, from nothing but our own words: it helps when all else fails.
_NOT_YET = Answer(
    HTTPStatus.SERVICE_UNAVAILABLE,
    (_HTML, (b"retry-after", b"10"), (b"cache-control", b"no-store")),
    publish.render_instead(publish.Instead.BROKEN, publish.UNKNOWN),
)
_NOT_HERE = Answer(
    HTTPStatus.NOT_FOUND,
    (_HTML, (b"cache-control", b"no-store")),
    _page(
        "There is no such page",
        'Students find theirs at <a href="/students">the students’ page</a>, staff at '
        '<a href="/">the start page</a>.',
    ),
)
_NOT_SO = Answer(
    HTTPStatus.METHOD_NOT_ALLOWED,
    (_HTML, (b"allow", b"GET, HEAD"), (b"cache-control", b"no-store")),
    _page("This page can only be read", "Nothing can be sent to it."),
)
