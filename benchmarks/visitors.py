"""Visitors of a server on loopback: phones that ask for one page, staff with a live session.

Lean enough that a thousand fit beside the server on two cores. A visit is timed from the moment
it was due, so that a server that makes others wait cannot hide it.
"""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin, Subprotocol

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
START_S = 180
BROWSER = {"Accept-Encoding": "gzip, deflate, br", "Accept": "text/html", "User-Agent": "phone"}


@dataclass(frozen=True)
class Server:
    """A server of ours that runs."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def memory_mb(self) -> float:
        """What it holds of the machine's memory now (Linux)."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def cpu_s(self) -> float:
        """How long it has kept a processor busy so far (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rpartition(")")[2]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Visit:
    """How one visit went: whether all that was asked for came, and after how many seconds.

    ``shape`` counts what a staff page placed, by kind of element.
    """

    served: bool
    seconds: float
    shape: tuple[tuple[str, int], ...] = ()


Visitor = Callable[[], Awaitable[Visit]]


def streamlit_command(script: str) -> Sequence[str]:
    """How Streamlit is started, but for its port."""
    return (sys.executable, "-m", "streamlit", "run", script, "--server.headless", "true")


@contextlib.contextmanager
def serving(
    command: Sequence[str],
    *,
    port_option: str = "--server.port",
    ready: str,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Start a server, wait until ``ready`` answers with 200, and stop it again."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [*command, port_option, str(port)],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
    try:
        server = Server(port, process.pid)
        _wait_for(f"{server.address}{ready}", process, log)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def bare_starlette(folder: Path) -> Iterator[Server]:
    """``folder/students.html`` as a route of Starlette alone, on the server that Streamlit uses."""
    (folder / "bare_starlette.py").write_text(BARE_STARLETTE, encoding="utf-8")
    command = (sys.executable, "-m", "uvicorn", "bare_starlette:app", "--app-dir", str(folder))
    with serving(
        (*command, "--no-access-log"),
        port_option="--port",
        ready="/students",
        log=folder / "starlette.log",
    ) as server:
        yield server


BARE_STARLETTE = """
from pathlib import Path
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

BODY = (Path(__file__).parent / "students.html").read_bytes()

async def students(request):
    return Response(BODY, media_type="text/html; charset=utf-8")

app = Starlette(routes=[Route("/students", students)])
"""


def keep_students_page(app: Server, folder: Path) -> str:
    """Put the app's students' page into ``folder/students.html``; returns its tag, packed."""
    with urllib.request.urlopen(f"{app.address}/students", timeout=60) as answer:
        (folder / "students.html").write_bytes(answer.read())
    packed = urllib.request.Request(f"{app.address}/students", headers=dict(BROWSER))
    with urllib.request.urlopen(packed, timeout=60) as answer:
        return str(answer.headers["etag"])


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself:\n{log.read_text(encoding='utf-8')}")
        try:
            with urllib.request.urlopen(url, timeout=START_S):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the server did not start:\n{log.read_text(encoding='utf-8')}")


class _Phone(asyncio.Protocol):
    """One request on a connection of its own; ``answer`` gets status and size of the body."""

    def __init__(self, request: bytes) -> None:
        self.answer: asyncio.Future[tuple[int, int]] = asyncio.get_running_loop().create_future()
        self._request = request
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.WriteTransport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(b"\r\n\r\n")
        if not found or self.answer.done():
            return
        lines = head.lower().split(b"\r\n")
        length = next((int(x[15:]) for x in lines if x.startswith(b"content-length:")), None)
        status = int(lines[0].split()[1])
        ended = status == 304 or (length is None and body.endswith(b"0\r\n\r\n"))
        if ended or (length is not None and len(body) >= length):
            self.answer.set_result((status, len(body)))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.answer.done():
            self.answer.set_exception(exc or ConnectionError("closed too early"))


async def ask(
    server: Server, path: str, headers: Mapping[str, str] = BROWSER, *, give_up_s: float = 30.0
) -> tuple[int, int]:
    """Ask for a page on a fresh connection; returns status and size. Raises OSError."""
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}:{server.port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    request = "\r\n".join([*lines, "", ""]).encode()
    async with asyncio.timeout(give_up_s):
        transport, phone = await asyncio.get_running_loop().create_connection(
            lambda: _Phone(request), HOST, server.port
        )
        try:
            return await phone.answer
        finally:
            transport.close()


async def arrive(visit: Visitor, count: int, seconds: float) -> list[Visit]:
    """Let ``count`` visitors arrive at even steps within ``seconds``, whoever is still waiting."""
    began = time.perf_counter()

    async def come(due: float) -> Visit:
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        late = time.perf_counter() - due
        went = await visit()
        return Visit(went.served, late + went.seconds, went.shape)

    return await asyncio.gather(*(come(began + seconds * i / count) for i in range(count)))


def phone(server: Server, path: str, headers: Mapping[str, str] = BROWSER) -> Visitor:
    """A student who opens a page."""

    async def visit() -> Visit:
        began = time.perf_counter()
        try:
            status, size = await ask(server, path, headers)
        except OSError:  # TimeoutError is one
            return Visit(served=False, seconds=time.perf_counter() - began)
        return Visit(status == 200 and size > 0, time.perf_counter() - began)

    return visit


async def rate(server: Server, path: str, headers: Mapping[str, str], seconds: float) -> float:
    """Pages a second that a server gives when 64 visitors follow one another without a pause."""
    served = 0
    until = time.perf_counter() + seconds

    async def follow() -> None:
        nonlocal served
        while time.perf_counter() < until:
            status, _ = await ask(server, path, headers)
            served += status == 200

    await asyncio.gather(*(follow() for _ in range(64)))
    return served / seconds


@contextlib.asynccontextmanager
async def staff(
    server: Server,
    page: str,
    give_up_s: float = 60.0,
    *,
    query: str = "",
    keep: list[Element] | None = None,
) -> AsyncIterator[Visit]:
    """Open a staff page as Streamlit's front end does, and stay until the block ends.

    What the page places is added to ``keep``, where given.
    """
    began = time.perf_counter()
    async with contextlib.AsyncExitStack() as stay:
        try:
            async with asyncio.timeout(give_up_s):
                for path in ("/", "/_stcore/health", "/_stcore/host-config"):
                    await ask(server, path)
                socket = await stay.enter_async_context(
                    connect(
                        f"ws://{HOST}:{server.port}/_stcore/stream",
                        subprotocols=[Subprotocol("streamlit")],
                        origin=Origin(server.address),
                        max_size=None,
                        compression=None,
                        open_timeout=give_up_s,
                    )
                )
                start = BackMsg()
                start.rerun_script.page_name = page
                start.rerun_script.query_string = query
                await socket.send(start.SerializeToString())
                shape: Counter[str] = Counter()
                served = False
                async for message in socket:
                    said = ForwardMsg.FromString(message)  # type: ignore[arg-type]
                    kind = said.WhichOneof("type")
                    if kind == "delta" and said.delta.WhichOneof("type") == "new_element":
                        shape[str(said.delta.new_element.WhichOneof("type"))] += 1
                        if keep is not None:
                            keep.append(said.delta.new_element)
                    if kind == "script_finished":
                        served = said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
                        break
            visit = Visit(served, time.perf_counter() - began, tuple(sorted(shape.items())))
        except (OSError, WebSocketException):
            visit = Visit(served=False, seconds=time.perf_counter() - began)
        yield visit


def viewer(server: Server, page: str, give_up_s: float = 60.0, *, query: str = "") -> Visitor:
    """Somebody who opens a staff page, and leaves when it is complete."""

    async def visit() -> Visit:
        async with staff(server, page, give_up_s, query=query) as went:
            return went

    return visit


def percentile(visits: Sequence[Visit], share: int) -> float:
    """Seconds within which this share (percent) of the visits that were served were over."""
    served = [visit.seconds for visit in visits if visit.served]
    return float(np.percentile(served, share)) if served else float("nan")
