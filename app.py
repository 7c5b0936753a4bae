"""The server: Streamlit with the staff app, plus the students' page and a health check.

``streamlit run app.py`` finds ``app`` by itself.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import App

from lib import live, publish

logger = logging.getLogger(__name__)

SECURITY_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"x-frame-options": b"SAMEORIGIN",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
}
# The students' page needs nothing from anywhere, itself included: its style is in the file.
STUDENTS_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

# Made at the start, from nothing but our own words: it is there when all else fails.
NOT_YET = publish.render_instead(publish.Instead.BROKEN, publish.UNKNOWN)


class SecurityHeaders:
    """Adds the security headers to every HTTP answer that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the answer's first message."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _ in message["headers"]}
                extra = [(n, v) for n, v in SECURITY_HEADERS.items() if n not in present]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        if scope["type"] == "http":
            await self.app(scope, receive, send_with_headers)
        else:
            await self.app(scope, receive, send)


async def students(request: Request) -> Response:
    """Serve the page in the students' hands: the same bytes for everybody, from memory."""
    page = await asyncio.to_thread(live.students_page)
    if page is None:
        headers = {
            "retry-after": "30",
            "cache-control": "no-store",
            "content-security-policy": STUDENTS_POLICY,
        }
        return HTMLResponse(NOT_YET, status_code=503, headers=headers)
    headers = {
        "etag": page.etag,
        "cache-control": "no-cache",
        "content-security-policy": STUDENTS_POLICY,
    }
    if page.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(page.body, media_type="text/html; charset=utf-8", headers=headers)


async def healthz(request: Request) -> Response:  # noqa: ARG001  (a route gets the request)
    """Say whether the app is well, for a monitor."""
    health = await asyncio.to_thread(live.health)
    return JSONResponse(
        {"status": health.status, "source": health.source, "age_s": health.age_s},
        status_code=503 if health.status == "failing" else 200,
        headers={"cache-control": "no-store"},
    )


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[dict[str, Any]]:  # noqa: ARG001
    """Keep the workbook in step while the server runs, however many or few people look."""
    for missing in live.lacking():
        logger.warning("secrets.toml, sign-in: %s", missing)
    stop = live.keep_in_step()
    try:
        yield {}
    finally:
        stop()


app = App(
    Path(__file__).resolve().parent / "lib" / "frame.py",
    lifespan=lifespan,
    routes=[
        Route("/students", students, methods=["GET"]),
        Route("/healthz", healthz, methods=["GET"]),
    ],
    middleware=[Middleware(SecurityHeaders)],
)
