"""The app on a sheet at Google's limit: 500,000 answers x 20 columns, in seconds and memory.

    python -m benchmarks.large_sheet [ROWS]

A stand-in for Google serves the sheet from a process of its own. The real app, started as its
users start it, may hold no more than 4 GB of memory of its own (RLIMIT_DATA) and use two cores;
a browser opens its pages. Memory is the app's peak resident size (VmHWM), Google's is not in it.
"""

import json
import multiprocessing
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from lib.catalogue import FORM
from tests.browser.app import ROOT, free_port
from tests.browser.chromium import FLAGS, find
from tests.browser.conftest import settle
from tests.sheets.grid import LOCK
from tests.sheets.server import SheetsServer

KEY = "1BenchmarkBenchmarkBenchmarkBenchmark0123456"
TAB = "Form Responses 1"
COLUMNS = 20
MOST_MEMORY = 4 << 30
PATIENCE_S = 600
FIRST_DAY = 45_900.0
DAYS = 120
WORDS = ("time", "feedback", "choices", "labs", "quiet", "examples", "groups", "reading", "math")
WAVES = [
    ["event_id", "record_id", "revision", "at", "who", "label", "opens", "closes"],
    *(
        [f"e{n}", f"w{n}", "1", "2025-08-01T00:00:00+00:00", "it", f"Wave {n}", opens, closes]
        for n, (opens, closes) in enumerate(
            [
                ("2025-08-31T00:00:00", "2025-10-10T00:00:00"),
                ("2025-10-10T00:00:00", "2025-11-20T00:00:00"),
                ("2025-11-20T00:00:00", "2025-12-31T00:00:00"),
            ],
            start=1,
        )
    ),
]


@dataclass
class App:
    """The running app."""

    process: subprocess.Popen[bytes]
    address: str
    log: Path

    def memory(self, line: str) -> int:
        """A line of the process's status, in MB: VmRSS now, VmHWM at its highest."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(rf"{line}:\s+(\d+) kB", status)
        return int(found[1]) // 1024 if found else 0

    def worked(self) -> float:
        """Seconds of processor time so far; what else the machine does is not in them."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")

    def health(self) -> dict[str, Any]:
        """What /healthz says; waits for the first copy."""
        with urllib.request.urlopen(f"{self.address}/healthz", timeout=PATIENCE_S) as answer:
            return dict(json.load(answer))


def response(number: int, of: int) -> list[Any]:
    """One answer: when, two groups, fourteen frequencies, trust, and words from every fifth."""
    ratings = [FORM.grid.points[(number * 7 + at * 3 + number // 11) % 5] for at in range(14)]
    words = " ".join(WORDS[(number // 7**at) % len(WORDS)] for at in range(6))
    comment = f"I would like more {words}, number {number}" if number % 5 == 0 else ""
    return [
        FIRST_DAY + DAYS * number / of,
        f"Grade {6 + number % 7}",
        f"Program {number % 4}",
        *ratings,
        1 + number % 5,
        comment,
        "" if number % 50 else f"Thank you {number}",
    ]


def serve(rows: int, pipe: Pipe) -> None:
    """The stand-in's process; answers "submit" and "calls" until it is told to "stop"."""
    asked = [text for text in FORM.headers() if "[" in text][:14]
    header = ["Timestamp", "What grade are you in?", "Which program are you in?", *asked]
    header += ["I felt OK answering honestly", "What should change?", "Anything else?"]
    with SheetsServer() as server:
        table = [header, *(response(n, rows) for n in range(rows))]
        tab = server.add_spreadsheet(KEY, {TAB: table, "PD Waves": WAVES}).tab(TAB)
        tab.column_count = COLUMNS
        pipe.send((server.environment(), server.secrets_toml(KEY)))
        while (wish := pipe.recv()) != "stop":
            with LOCK:
                if wish == "submit":
                    for n in range(10):
                        tab.submit(*response(n, rows)[1:])
                pipe.send((len(server.operations()), server.bytes))


def ask(pipe: Pipe, wish: str) -> tuple[int, int]:
    """The stand-in's calls and bytes so far."""
    pipe.send(wish)
    calls, size = pipe.recv()
    return calls, size


@contextmanager
def running(folder: Path, secrets: str, environment: dict[str, str]) -> Iterator[App]:
    """Start the app under its limit, and end it."""
    (folder / "secrets.toml").write_text(f"{secrets}\n[access]\nopen = true\n", encoding="utf-8")
    port, log = free_port(), folder / "app.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "streamlit", "run", "app.py"),
                *("--server.port", str(port), "--server.headless", "true"),
                *("--server.address", "127.0.0.1"),
                *("--secrets.files", str(folder / "secrets.toml")),
            ],
            cwd=ROOT,
            env={**os.environ, **environment, "SEAT_WORKBOOK": str(folder / "workbook.sqlite")},
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY)),
        )
    try:
        yield App(process, f"http://127.0.0.1:{port}", log)
    finally:
        process.terminate()
        process.wait(timeout=30)


def until(true: Callable[[], bool], app: App, pause: float = 0.1) -> float:
    """The seconds until something is so; ends the run where it never is."""
    began = time.perf_counter()
    while not true():
        if app.process.poll() is not None or time.perf_counter() - began > PATIENCE_S:
            sys.exit(f"the app did not get there:\n{app.log.read_text(encoding='utf-8')[-3000:]}")
        time.sleep(pause)
    return time.perf_counter() - began


def listening(app: App) -> bool:
    """Whether the server answers at all."""
    try:
        with urllib.request.urlopen(f"{app.address}/_stcore/health", timeout=2):
            return True
    except OSError:
        return False


def while_it_loads(page: Page, app: App) -> list[str]:
    """What the progress bar says, each new sentence once, until the page has its title."""
    said: list[str] = []

    def done() -> bool:
        # In one step: between two the bar may be gone.
        text = page.evaluate("document.querySelector('[data-testid=stProgress]')?.innerText ?? ''")
        if text.strip() and text not in said:
            said.append(text)
        return page.locator('[data-testid="stMain"] h1').count() > 0

    until(done, app)
    return said


def opened(page: Page, address: str) -> float:
    """The seconds until a page is complete."""
    began = time.perf_counter()
    page.goto(address)
    settle(page, 120)
    return time.perf_counter() - began


def ten_new(app: App, pipe: Pipe) -> tuple[float, float, int]:
    """From Google's answer with ten new rows to the new copy: seconds, those of the processor,
    and the answer's bytes.
    """
    until(lambda: 2 <= app.health()["age_s"] <= 12, app)
    calls, size = ask(pipe, "submit")
    until(lambda: ask(pipe, "calls")[0] > calls, app, 0.02)
    before = app.worked()
    seconds = until(lambda: app.health()["age_s"] <= 1, app, 0.05)
    return seconds, app.worked() - before, ask(pipe, "calls")[1] - size


def main() -> None:
    """Print the figures."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    pipe, far_end = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(
        target=serve, args=(rows, far_end), daemon=True
    )
    server.start()
    environment, secrets = pipe.recv()
    print(f"{rows:,} answers x {COLUMNS} columns, {os.cpu_count()} cores")
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), secrets, environment) as app,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = browser.new_page()
        until(lambda: listening(app), app)
        print(f"before reading: {app.memory('VmRSS'):,} MB")
        began = time.perf_counter()
        page.goto(app.address)
        said = while_it_loads(page, app)
        seconds = time.perf_counter() - began
        print(f"first page, sheet and all: {seconds:.1f} s, {app.worked():.1f} s of processor time")
        print(f"the progress bar said {len(said)} things, such as: {' | '.join(said[:2])}")
        print(f"then: {app.memory('VmRSS'):,} MB, at most {app.memory('VmHWM'):,} MB")
        print(f"Google was asked {ask(pipe, 'calls')[0]} times")
        for name in ("", "trends", "priorities", "setup", "columns"):
            first, again = (opened(page, f"{app.address}/{name}") for _ in range(2))
            print(f"{name or 'home'}: {first:.1f} s, again {again:.1f} s")
        seconds, worked, size = ten_new(app, pipe)
        print(
            f"ten new rows: {size:,} bytes, in the app after {seconds:.1f} s, "
            f"{worked:.1f} s of processor time"
        )
        print(f"home: {opened(page, app.address):.1f} s")
        print(f"in all: at most {app.memory('VmHWM'):,} MB")
        browser.close()
    pipe.send("stop")
    server.join()


if __name__ == "__main__":
    main()
