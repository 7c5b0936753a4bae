"""What keeping in step with a large sheet costs: bytes, calls and seconds, side by side.

    python -m benchmarks.refresh [ROWS]

A stand-in for Google serves a form's tab of ROWS answers (100,000 unless given) and 20 columns
from a process of its own. The usual way of Streamlit's tutorials, a cached full
``get_all_records`` that is read again each time its ttl runs out, is measured beside ours.
Sizes are those of the answers' bodies, not compressed.
"""

import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection as Pipe
from typing import Any

import gspread
from google.oauth2.service_account import Credentials

from benchmarks.figures import Figure, keep
from lib.workbook.account import connection
from lib.workbook.google import GoogleWorkbook
from tests.sheets.grid import LOCK
from tests.sheets.server import SCOPE, SheetsServer

KEY = "1BenchmarkBenchmarkBenchmarkBenchmark0123456"
FORM = "Form Responses 1"
COLUMNS = 20
TEN_OF_FULL = 0.01
LABELS = ("Always", "Often", "Sometimes", "Rarely", "Never")
COMMENT = "More time to try again after feedback"


@dataclass(frozen=True)
class Cost:
    """What one way of reading cost."""

    name: str
    rows: int
    calls: int
    bytes: int
    seconds: float


def response(number: int) -> list[Any]:
    """One answer: a timestamp, a group, frequencies, and a comment from every fifth student."""
    ratings = [LABELS[(number * 7 + column * 3) % 5] for column in range(COLUMNS - 3)]
    comment = f"{COMMENT} {number}" if number % 5 == 0 else ""
    return [44_000 + number / 400, f"Grade {6 + number % 7}", *ratings, comment]


def serve(rows: int, pipe: Pipe) -> None:
    """The stand-in's process: answers "submit" and "cost" until it is told to "stop"."""
    with SheetsServer() as server:
        header = ["Timestamp", "Grade", *(f"Practice {n + 1}" for n in range(17)), "In your words"]
        tab = server.add_spreadsheet(
            KEY, {FORM: [header, *(response(n) for n in range(rows))]}
        ).tab(FORM)
        tab.column_count = COLUMNS
        pipe.send((server.environment(), server.secrets(KEY)))
        made = rows
        while (wish := pipe.recv()) != "stop":
            with LOCK:
                if wish == "submit":
                    for _ in range(10):
                        tab.submit(*response(made)[1:])
                        made += 1
                pipe.send((len(server.operations()), server.bytes))


def measure(name: str, read: Callable[[], int], pipe: Pipe) -> Cost:
    """Read once; ``read`` returns how many rows came."""
    calls, size = ask(pipe, "cost")
    began = time.perf_counter()
    rows = read()
    seconds = time.perf_counter() - began
    calls_after, size_after = ask(pipe, "cost")
    return Cost(name, rows, calls_after - calls, size_after - size, seconds)


def ask(pipe: Pipe, wish: str) -> tuple[int, int]:
    """The stand-in's calls and bytes so far."""
    pipe.send(wish)
    calls, size = pipe.recv()
    return calls, size


def tutorial(secrets: dict[str, Any]) -> int:
    """One ttl of the usual way."""
    fields = {**secrets["connections"]["gsheets"]}
    client = gspread.authorize(Credentials.from_service_account_info(fields, scopes=[SCOPE]))
    return len(client.open_by_key(KEY).worksheet(FORM).get_all_records())


def main() -> None:
    """Print the table."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    pipe, far_end = multiprocessing.Pipe()
    server = multiprocessing.get_context("fork").Process(target=serve, args=(rows, far_end))
    server.start()
    environment, secrets = pipe.recv()
    os.environ.update(environment)
    where = connection(secrets)
    if where is None:
        raise SystemExit("the stand-in named no spreadsheet")
    book = GoogleWorkbook(where)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    def read() -> int:
        form = book.read().form
        return len(form.rows) if form else 0

    costs = [measure("full read", read, pipe)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    costs.append(measure("nothing new", read, pipe))
    ask(pipe, "submit")
    costs.append(measure("ten new rows", read, pipe))
    costs.append(measure("tutorial, every ttl", lambda: tutorial(secrets), pipe))
    print(f"{rows:,} answers, {COLUMNS} columns")
    print(f"{'':<20}{'rows':>9}{'calls':>7}{'bytes':>13}{'of full':>9}{'seconds':>9}")
    for cost in costs:
        share = cost.bytes / costs[0].bytes
        print(
            f"{cost.name:<20}{cost.rows:>9,}{cost.calls:>7}{cost.bytes:>13,}{share:>9.3%}"
            f"{cost.seconds:>9.2f}"
        )
    full, _, ten, usual = costs
    keep(Figure("ten new answers", "a full read", ten.bytes, full.bytes, "bytes", TEN_OF_FULL))
    keep(Figure("ten new answers", "the tutorials’ way", ten.bytes, usual.bytes, "bytes"))
    keep(Figure("ten new answers, read", "the tutorials’ way", ten.seconds, usual.seconds))
    keep(Figure("first full read", "the tutorials’ way", full.seconds, usual.seconds))
    print(f"memory of the reader: {memory // 1024} MB before, {peak // 1024} MB at most")
    pipe.send("stop")
    server.join()


if __name__ == "__main__":
    main()
