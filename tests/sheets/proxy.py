"""An HTTP CONNECT proxy on loopback that ends TLS itself, as a school's filter does."""

import contextlib
import socket
import ssl
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn

HOSTS = (
    "sheets.googleapis.com",
    "oauth2.googleapis.com",
    "www.googleapis.com",
    "iamcredentials.googleapis.com",
)


@dataclass(frozen=True)
class Request:
    host: str
    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """``breaks`` is how the connection ends instead of a whole answer.

    reset: before any answer; half: in the middle of the body; hang: after ``seconds`` of silence.
    late: not at all, but the whole answer comes only after ``seconds``.
    """

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    breaks: str = ""
    seconds: float = 0.0


class Proxy(ThreadingMixIn, TCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(
        self, contexts: Mapping[str, ssl.SSLContext], answer: Callable[[Request], Answer]
    ) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.contexts = contexts
        self.answer = answer
        self.stopping = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what several tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Proxy
    host = ""

    def do_CONNECT(self) -> None:
        host = self.path.partition(":")[0]
        context = self.server.contexts.get(host)
        if context is None:
            self.send_error(403, "Forbidden by the test's proxy")
            return
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.host = host
        self.close_connection = False
        self._acknowledge_at_once()

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        self._acknowledge_at_once()
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = self.server.answer(
            Request(self.host, self.command, path, query, dict(self.headers.items()), body)
        )
        if answer.breaks in ("hang", "late"):
            end = time.monotonic() + answer.seconds
            while time.monotonic() < end and not self.server.stopping:
                time.sleep(0.02)
        if answer.breaks in ("hang", "reset"):
            self._reset()
            return
        reason = self.responses.get(answer.status, ("",))[0]
        head = [f"HTTP/1.1 {answer.status} {reason}", f"Content-Length: {len(answer.body)}"]
        head += [f"{name}: {value}" for name, value in answer.headers.items()]
        payload = answer.body
        if answer.breaks == "half":
            payload = payload[: len(payload) // 2]
            self.close_connection = True
        self.wfile.write("\r\n".join([*head, "", ""]).encode() + payload)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815  (names of http.server)

    def _acknowledge_at_once(self) -> None:
        """Spare each request with a body 40 ms: urllib3 leaves Nagle's algorithm on for proxies."""
        if hasattr(socket, "TCP_QUICKACK"):
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _reset(self) -> None:
        """Close so that the client sees a reset, not an orderly end."""
        self.close_connection = True
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def finish(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            super().finish()
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Tests read the server's own log instead."""
