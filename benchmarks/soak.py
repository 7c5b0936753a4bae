"""A long day in short: viewers of every kind, new answers, and a Google that fails at random.

    python -m benchmarks.soak [--minutes 30]

The app runs on a spreadsheet of a stand-in for Google. Students open their page, most of them for
the second time; staff open pages, stay a little and leave; an answer comes every few seconds;
now and then Google is slow, refuses, breaks off or answers with an error. Ends with 0 when no
public request failed and the app's memory stayed flat: the last fifth of the time within 10 % of
the second. Beside it runs the least that can be served, a bare route of Starlette, which is asked
now and then: where that one fails too, it was the computer.
"""

import argparse
import asyncio
import contextlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvloop

from benchmarks.figures import Figure, keep
from benchmarks.visitors import (
    BROWSER,
    ROOT,
    Server,
    ask,
    bare_starlette,
    keep_students_page,
    serving,
    staff,
    streamlit_command,
)
from lib.access import SCREENS
from tests.sheets.grid import LOCK, Tab
from tests.sheets.server import Fault, SheetsServer

KEY = "1SoakSoakSoakSoakSoakSoakSoakSoakSoak012345"
FORM = "Form Responses 1"
PRACTICES = 14
STUDENTS_A_SECOND, ANSWER_EVERY_S, STAFF_EVERY_S, TROUBLE_EVERY_S = 4.0, 5.0, 4.0, 30.0
FLAT = 1.10
TROUBLES = (
    Fault(status=500),
    Fault(status=503, times=3),
    Fault(status=429, times=2),
    Fault(status=403),
    Fault(breaks="reset", times=2),
    Fault(breaks="half"),
    Fault(breaks="hang", seconds=8.0),
    Fault(on="token", status=500),
)


@dataclass
class Day:
    """What has happened so far."""

    public: Counter[int] = field(default_factory=Counter)
    slowest_s: float = 0.0
    failed: list[str] = field(default_factory=list)
    sessions: int = 0
    incomplete: int = 0
    answers: int = 0
    troubles: int = 0
    memory: list[float] = field(default_factory=list)
    bare: int = 0
    bare_failed: int = 0
    bare_slowest_s: float = 0.0


def response(number: int, at: datetime) -> list[Any]:
    """One answer, but for its timestamp: a grade, ratings, and a comment from some."""
    ratings = [1 + (number * 7 + column * 3 + at.minute) % 5 for column in range(PRACTICES)]
    comment = f"More time to try again, please. {number}" if number % 5 == 0 else ""
    return [f"Grade {6 + number % 4}", *ratings, comment]


def spreadsheet(server: SheetsServer) -> Tab:
    """A school with a closed wave, an open one and a published page; returns the form's tab."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    closed, opened = now - timedelta(days=60), now - timedelta(days=30)
    header = ["Timestamp", "Grade", *(f"How often? [Practice {n}]" for n in range(PRACTICES))]
    stamp = [1, "2026-01-05T00:00:00+00:00", "it"]
    waves = [
        ["event_id", "record_id", "revision", "at", "who", "label", "opens", "closes"],
        ["e1", "w1", *stamp, "Before", closed.isoformat(), opened.isoformat()],
        ["e2", "w2", *stamp, "Now", opened.isoformat(), (now + timedelta(days=30)).isoformat()],
    ]
    page = json.loads((ROOT / "sample_data" / "students_page.json").read_text(encoding="utf-8"))
    published = [
        ["event_id", "record_id", "revision", "at", "who", "version", "state", "content"],
        ["e3", "students-page", *stamp, "1", "published", json.dumps(page, ensure_ascii=False)],
    ]
    tabs: dict[str, list[list[Any]]] = {
        FORM: [[*header, "In your own words"]],
        "PD Waves": waves,
        "PD Published": published,
    }
    tab = server.add_spreadsheet(KEY, tabs).tab(FORM)
    for number in range(400):
        at = closed + timedelta(minutes=number)
        tab.submit(*response(number, at), at=at)
    return tab


@contextlib.contextmanager
def app_on(server: SheetsServer, folder: Path) -> Iterator[Server]:
    """The app, led to the stand-in."""
    secrets = folder / "secrets.toml"
    secrets.write_text(f"{server.secrets_toml(KEY)}\n[access]\nopen = true\n", encoding="utf-8")
    with serving(
        (*streamlit_command("app.py"), "--secrets.files", str(secrets)),
        ready="/healthz",
        log=folder / "app.log",
        environment={**server.environment(), "SEAT_WORKBOOK": str(folder / "workbook.sqlite")},
    ) as app:
        yield app


async def students(app: Server, day: Day, chance: random.Random, tag: str) -> None:
    """A student opens the page; most have it already."""
    headers = {**BROWSER, "If-None-Match": tag} if chance.random() < 0.7 else BROWSER
    path = "/students" if chance.random() < 0.95 else "/healthz"
    began = time.perf_counter()
    try:
        status, _ = await ask(app, path, headers, give_up_s=10)
        day.public[status] += 1
        if status not in (200, 304):
            day.failed.append(f"{path}: {status}")
    except OSError as error:
        day.failed.append(f"{path}: {type(error).__name__}")
        print(f"{datetime.now():%H:%M:%S} {path}: {type(error).__name__}", flush=True)
    day.slowest_s = max(day.slowest_s, time.perf_counter() - began)


async def compared(bare: Server, day: Day) -> None:
    """Somebody opens the bare route."""
    began = time.perf_counter()
    day.bare += 1
    try:
        status, _ = await ask(bare, "/students", give_up_s=10)
        day.bare_failed += status != 200
    except OSError:
        day.bare_failed += 1
    day.bare_slowest_s = max(day.bare_slowest_s, time.perf_counter() - began)


async def colleague(app: Server, day: Day, chance: random.Random) -> None:
    """Somebody of the staff opens a page, looks at it for a while and leaves."""
    async with staff(app, chance.choice(SCREENS).path) as visit:
        day.sessions += 1
        day.incomplete += not visit.served
        await asyncio.sleep(chance.uniform(1, 15))


async def live_through(
    app: Server, bare: Server, tag: str, google: SheetsServer, tab: Tab, seconds: float
) -> Day:
    """Let the day go by; says how it goes now and then."""
    day, chance = Day(), random.Random(20261126)
    began = time.monotonic()

    async def every(pause: float, happen: Any) -> None:
        async with asyncio.TaskGroup() as going_on:
            while time.monotonic() - began < seconds:
                going_on.create_task(happen())
                await asyncio.sleep(chance.expovariate(1 / pause))

    async def answer_comes() -> None:
        now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        with LOCK:
            tab.submit(*response(day.answers, now), at=now)
        day.answers += 1

    async def trouble() -> None:
        google.fault(chance.choice(TROUBLES))
        day.troubles += 1

    async def weigh() -> None:
        while time.monotonic() - began < seconds:
            day.memory.append(app.memory_mb())
            if len(day.memory) % 60 == 1:
                print(
                    f"{(time.monotonic() - began) / 60:6.1f} min {day.memory[-1]:6.0f} MB "
                    f"{sum(day.public.values()):7,} public {len(day.failed)} failed "
                    f"{day.sessions:5,} sessions {day.answers:4} answers {day.troubles:3} troubles",
                    flush=True,
                )
            await asyncio.sleep(min(1.0, seconds / 50))

    await asyncio.gather(
        every(1 / STUDENTS_A_SECOND, lambda: students(app, day, chance, tag)),
        every(1.0, lambda: compared(bare, day)),
        every(STAFF_EVERY_S, lambda: colleague(app, day, chance)),
        every(ANSWER_EVERY_S, answer_comes),
        every(TROUBLE_EVERY_S, trouble),
        weigh(),
    )
    return day


def growth(memory: list[float]) -> float:
    """The last fifth's memory over the second fifth's; the first is for warming up."""
    fifth = len(memory) // 5
    return statistics.median(memory[-fifth:]) / statistics.median(memory[fifth : 2 * fifth])


def main() -> int:
    """Print how the day went."""
    parser = argparse.ArgumentParser(description="Mixed viewers while Google fails at random.")
    parser.add_argument("--minutes", type=float, default=30.0)
    seconds = parser.parse_args().minutes * 60
    with tempfile.TemporaryDirectory(prefix="soak-") as name, SheetsServer() as google:
        tab = spreadsheet(google)
        with app_on(google, Path(name)) as app:
            tag = keep_students_page(app, Path(name))
            with bare_starlette(Path(name)) as bare:
                day = uvloop.run(live_through(app, bare, tag, google, tab, seconds))
        log = (Path(name) / "app.log").read_text(encoding="utf-8")
    grown = growth(day.memory)
    counted = ", ".join(f"{n:,} x {status}" for status, n in sorted(day.public.items()))
    print(f"public requests: {counted}; {len(day.failed)} failed; slowest {day.slowest_s:.2f} s")
    for what, times in Counter(day.failed).items():
        print(f"  {times} x {what}")
    print(
        f"the bare route: {day.bare:,} requests; {day.bare_failed} failed; "
        f"slowest {day.bare_slowest_s:.2f} s"
    )
    print(f"staff sessions: {day.sessions:,}, {day.incomplete} of them incomplete")
    print(f"answers that came: {day.answers}; troubles of Google's: {day.troubles}")
    print(
        f"readings that failed: {log.count('reading failed')}; incidents: {log.count('incident ')}"
    )
    print(f"memory: {min(day.memory):.0f} to {max(day.memory):.0f} MB, {grown - 1:+.1%} over time")
    keep(Figure("a long day, memory", "early in it", grown, 1, "times", most=FLAT))
    well = not day.failed and not day.incomplete and grown <= FLAT
    print("well" if well else "NOT well")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
