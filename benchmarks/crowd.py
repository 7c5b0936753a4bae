"""Eight hundred phones in an assembly, and fifty staff: who is served, and after how long.

    python -m benchmarks.crowd [--short]

Everything runs on this computer: the app on its sample school, and beside it, in the same kind of
process, the least that could be served instead: the students' page as a bare route of Streamlit's
server, as a bare route of Starlette alone, and as a bare Streamlit page. Figures of one run may be
compared with each other; those of a busy computer with nothing else. ``--short`` leaves out the
smallest crowd, and what keeps a bare Streamlit page busy for minutes.
"""

import argparse
import contextlib
import resource
import statistics
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import uvloop

from benchmarks.figures import Figure, keep
from benchmarks.visitors import (
    BROWSER,
    Server,
    Visit,
    Visitor,
    arrive,
    bare_starlette,
    keep_students_page,
    percentile,
    phone,
    rate,
    serving,
    staff,
    streamlit_command,
    viewer,
)

ARRIVALS = ((100, 10.0), (1_000, 1.0), (3_000, 3.0))
WITHIN_S, OF_A_BARE_ROUTE = 1.0, 0.8
STAFF, STAFF_MORE_S = (50, 10.0), 2.0
ROUNDS, ROUND_S = 5, 3.0
GIVE_UP_S = 30.0
PLAIN: Mapping[str, str] = {"User-Agent": "phone"}

BARE_ROUTE = """
from pathlib import Path
from starlette.responses import Response
from starlette.routing import Route
from streamlit import App

HERE = Path(__file__).parent
BODY = (HERE / "students.html").read_bytes()

async def students(request):
    return Response(BODY, media_type="text/html; charset=utf-8")

app = App(HERE / "bare_page.py", routes=[Route("/students", students)])
"""
BARE_PAGE = """
from pathlib import Path
import streamlit as st

st.html((Path(__file__).parent / "students.html").read_text(encoding="utf-8"))
"""


@contextlib.contextmanager
def our_app(folder: Path) -> Iterator[Server]:
    """The app on the sample school."""
    with serving(
        streamlit_command("app.py"),
        ready="/healthz",
        log=folder / "app.log",
        environment={"SEAT_WORKBOOK": str(folder / "workbook.sqlite")},
    ) as server:
        yield server


@contextlib.contextmanager
def bare_route(folder: Path) -> Iterator[Server]:
    """Streamlit's server with a route for the same bytes, and a page of the same content."""
    script = str(folder / "bare_route.py")
    with serving(
        streamlit_command(script), ready="/_stcore/health", log=folder / "route.log"
    ) as server:
        yield server


def line(name: str, visits: list[Visit]) -> str:
    """One row of the table."""
    served = sum(visit.served for visit in visits)
    in_time = sum(visit.served and visit.seconds <= 1 for visit in visits) / len(visits)
    return (
        f"  {name:<34}{served:>7,}{percentile(visits, 50):>9.3f}{percentile(visits, 95):>9.3f}"
        f"{len(visits) - served:>10,}{in_time:>12.1%}"
    )


async def crowds(
    ours: Server, route: Server, starlette: Server, folder: Path, *, short: bool
) -> None:
    """Print how each crowd was served."""
    for count, seconds in ARRIVALS[short:]:
        print(f"\n{count:,} arrivals in {seconds:g} s")
        print(f"  {'':<34}{'served':>7}{'50 %':>9}{'95 %':>9}{'failures':>10}{'within 1 s':>12}")
        came = []
        for name, server in (
            ("the students' page", ours),
            ("bare route of Streamlit's server", route),
            ("bare route of Starlette", starlette),
        ):
            came.append(await arrive(phone(server, "/students"), count, seconds))
            print(line(name, came[-1]), flush=True)
        _keep_crowd(f"{count:,} phones in {seconds:g} s", *came)
        if short:
            continue
        # A server of its own each time: what one crowd leaves behind is not the next one's.
        with bare_route(folder) as fresh:
            page: Visitor = viewer(fresh, "", GIVE_UP_S)
            print(line("bare Streamlit page", await arrive(page, count, seconds)), flush=True)


def _keep_crowd(crowd: str, ours: list[Visit], route: list[Visit], bare: list[Visit]) -> None:
    served, in_time = sum(visit.served for visit in ours), percentile(ours, 95)
    keep(Figure(f"{crowd}, served", "all of them", served, len(ours), "phones", least=1))
    keep(Figure(f"{crowd}, 95 % within", "promised", in_time, WITHIN_S, most=1))
    for against, visits in (("bare route of Streamlit", route), ("of Starlette", bare)):
        keep(Figure(f"{crowd}, 95 % within", against, in_time, percentile(visits, 95)))


async def rates(ours: Server, route: Server, starlette: Server, rounds: int) -> None:
    """Print pages a second, one server after the other, round by round."""
    print(f"\nPages a second, 64 visitors at a time, median of {rounds} rounds of {ROUND_S:g} s")
    print(f"  {'':<34}{'packed':>9}{'of ours':>9}{'plain':>9}{'of ours':>9}{'CPU, ms':>9}")
    servers = {
        "the students' page": ours,
        "bare route of Streamlit's server": route,
        "bare route of Starlette": starlette,
    }
    found: dict[tuple[str, int], list[float]] = {}
    busy: dict[str, list[float]] = {}
    for _ in range(rounds):
        for way, headers in enumerate((BROWSER, PLAIN)):
            for name, server in servers.items():
                before = server.cpu_s()
                served = await rate(server, "/students", headers, ROUND_S)
                if headers is PLAIN:
                    used = (server.cpu_s() - before) / (served * ROUND_S)
                    busy.setdefault(name, []).append(1_000 * used)
                found.setdefault((name, way), []).append(served)
    middle = {key: statistics.median(values) for key, values in found.items()}
    ours_at = [middle["the students' page", way] for way in (0, 1)]
    for name in servers:
        pages = [middle[name, way] for way in (0, 1)]
        cells = [f"{p:>9.0f}{own / p:>9.2f}" for p, own in zip(pages, ours_at, strict=True)]
        print(f"  {name:<34}{''.join(cells)}{statistics.median(busy[name]):>9.2f}")
        for how, own, its in zip(("packed", "plain"), ours_at, pages, strict=True):
            if name != "the students' page":
                what = f"students’ pages a second, {how}"
                keep(Figure(what, name, own, its, "pages", least=OF_A_BARE_ROUTE))
    print("  of ours: the rate of the students' page, divided by this one; the target is 0.80")
    print("  CPU: what a plain page costs the server, which a busy computer does not change much")


async def colleagues(ours: Server) -> None:
    """Print how fifty staff arrive on Trends, against one alone."""
    count, seconds = STAFF
    alone = [await viewer(ours, "trends")() for _ in range(5)]
    print(f"\nTrends, a live session each: {count} staff arriving in {seconds:g} s")
    async with contextlib.AsyncExitStack() as stay:
        visits = await arrive(
            lambda: stay.enter_async_context(staff(ours, "trends")), count, seconds
        )
    whole = max(alone, key=lambda visit: sum(n for _, n in visit.shape)).shape
    complete = [
        v for v in visits if v.served and dict(v.shape)["markdown"] == dict(whole)["markdown"]
    ]
    one, many = percentile(alone, 50), percentile(visits, 95)
    print(f"  one alone (median of {len(alone)})          {one:>8.2f} s")
    print(f"  {count} arriving, 50 % within      {percentile(visits, 50):>8.2f} s")
    print(f"  {count} arriving, 95 % within      {many:>8.2f} s, {many - one:+.2f} s (target: +2)")
    print(f"  complete                      {len(complete):>8} of {count}")
    what, promised = f"{count} staff in {seconds:g} s, 95 % complete", one + STAFF_MORE_S
    keep(Figure(what, f"one alone and {STAFF_MORE_S:g} s", many, promised, most=1))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    short = parser.parse_args().short
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, 20_000)), hard))
    with tempfile.TemporaryDirectory(prefix="crowd-") as name:
        folder = Path(name)
        with our_app(folder) as ours:
            keep_students_page(ours, folder)
            (folder / "bare_route.py").write_text(BARE_ROUTE, encoding="utf-8")
            (folder / "bare_page.py").write_text(BARE_PAGE, encoding="utf-8")
            size = (folder / "students.html").stat().st_size
            print(f"The students' page has {size:,} bytes.")
            with bare_route(folder) as route, bare_starlette(folder) as starlette:
                uvloop.run(crowds(ours, route, starlette, folder, short=short))
                uvloop.run(rates(ours, route, starlette, 3 if short else ROUNDS))
            uvloop.run(colleagues(ours))


if __name__ == "__main__":
    main()
