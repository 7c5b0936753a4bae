"""A staff page against the least that could be done instead: in a browser.

    python -m benchmarks.pages [--rounds 9]

Turn by turn in one run: our page, cold, against a bare Streamlit page that draws the
same charts and words from constants; and a choice on it, until it is drawn, against a bare page
that draws both from constants. On the sample school, and on the same with 100,000 responses.
"""

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit

import pyarrow as pa
from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.Element_pb2 import Element

from benchmarks.figures import Figure, keep
from benchmarks.visitors import Server, serving, staff, streamlit_command
from lib.catalogue import FORM
from lib.workbook.connect import SAMPLE_FOLDER
from lib.workbook.protocol import Cell
from lib.workbook.sample import load
from lib.workbook.sqlite import SqliteWorkbook
from tests.browser.chromium import FLAGS, find
from tests.browser.conftest import SIZES

PAGES = ("voices", "trends", "priorities", "practice?practice=pace")
"""Voices first: it waits until every comment has been read, and then nothing goes on beside."""

CHOICE = "Grade"
COPIES = 40
COLD_TARGET, REDRAW_TARGET = 1.1, 1.3
PATIENCE_S = 600.0

DESK = SIZES["desk"]
END = "The end of the page"

Drawn = str | dict[str, Any]
"""What a bare page draws: words (or a drawing, which is words too), or a chart's specification."""

BARE = f"""
import json
from pathlib import Path
import streamlit as st

st.set_page_config(layout="wide")
drawn = json.loads((Path(__file__).parent / "drawn.json").read_text())
name = st.query_params.get("drawn", "")
if name == "choice":
    name = st.radio("Show by", ["Everybody", "{CHOICE}"], horizontal=True)
for said in drawn[name]:
    if isinstance(said, str):
        st.markdown(said, unsafe_allow_html=True)
    else:
        st.vega_lite_chart(spec=said)
st.markdown("## {END}: " + name)
"""


async def captured(server: Server, page: str) -> list[Drawn]:
    """What our page draws, as constants: its headings, words, drawings and charts."""
    kept: list[Element] = []
    parts = urlsplit(page)
    async with staff(server, parts.path, PATIENCE_S, query=parts.query, keep=kept) as went:
        if not went.served:
            raise SystemExit(f"{page} was not served: the benchmark says nothing.")
    return [drawn for element in kept if (drawn := _constant(element)) is not None]


def _constant(element: Element) -> Drawn | None:
    kind = element.WhichOneof("type")
    if kind == "markdown":
        return element.markdown.body
    if kind == "heading":
        return f"## {element.heading.body}"
    if kind == "vega_lite_chart":
        chart = element.vega_lite_chart
        return {**json.loads(chart.spec), "datasets": {d.name: _rows(d) for d in chart.datasets}}
    return None


def _rows(dataset: Any) -> list[dict[str, Any]]:
    frame = pa.ipc.open_stream(dataset.data.data).read_pandas()
    return list(json.loads(frame.to_json(orient="records", date_format="iso")))


async def constants_of(server: Server) -> dict[str, list[Drawn]]:
    """What our pages draw, by page; and Trends by what its figures are shown by."""
    drawn = {page: await captured(server, page) for page in PAGES}
    chosen = await captured(server, f"trends?by={CHOICE}")
    return {**drawn, "Everybody": drawn["trends"], CHOICE: chosen}


def opened(page: Page, address: str, until: str) -> float:
    """Seconds from asking for a page until it is complete and still."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(until, timeout=60_000, polling="raf")
    return time.perf_counter() - began


def ended(words: str) -> str:
    """A browser's condition: these words and every chart stand there, and the script is over."""
    busy = (
        "[data-testid=stStatusWidget]",
        "[data-testid=stSkeleton]",
        "[data-testid=stApp][data-test-script-state=running]",
        "[data-testid=stVegaLiteChart]:not(:has(canvas, svg))",
    )
    return (
        f"() => document.body?.innerText.includes({json.dumps(words)}) && "
        f"!document.querySelector({json.dumps(', '.join(busy))})"
    )


def cold(browser: Browser, address: str, until: str) -> tuple[float, float]:
    """One visit with an empty cache: seconds, and those that the page's thread was at work.

    The second says the same on a busy computer: it is processor time.
    """
    context = browser.new_context(viewport=DESK)
    try:
        page = context.new_page()
        meter = context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        took = opened(page, address, until)
        metrics = meter.send("Performance.getMetrics")["metrics"]
        return took, next(m["value"] for m in metrics if m["name"] == "TaskDuration")
    finally:
        context.close()


def redraw(page: Page, option: str, until: str) -> float:
    """Seconds from choosing what the figures are shown by until the page shows it."""
    choice = page.get_by_test_id("stRadio").get_by_text(option, exact=True)
    began = time.perf_counter()
    choice.click()
    page.wait_for_function(until, timeout=60_000, polling="raf")
    return time.perf_counter() - began


@contextmanager
def bare(folder: Path, constants: dict[str, list[Drawn]]) -> Iterator[Server]:
    """A bare Streamlit page that draws what is in ``constants``, by name."""
    (folder / "drawn.json").write_text(json.dumps(constants), encoding="utf-8")
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    command = streamlit_command(str(folder / "bare.py"))
    with serving(command, ready="/_stcore/health", log=folder / "bare.log") as server:
        yield server


@contextmanager
def ours(folder: Path, copies: int) -> Iterator[Server]:
    """Our app on the sample school, each answer ``copies`` times, a second apart, its words once.

    Reading words is work of the background: minutes of it would be in every figure.
    """
    file = folder / f"school-{copies}.sqlite"
    seed = load(SAMPLE_FOLDER)
    prompts = {seed.header.index(prompt.title) for prompt in FORM.prompts}

    def again(row: Sequence[Cell], copy: int) -> list[Cell]:
        wordless = ["" if at in prompts and copy else cell for at, cell in enumerate(row)]
        return [_later(str(row[0]), copy), *wordless[1:]]

    rows = [again(row, copy) for row in seed.rows for copy in range(copies)]
    SqliteWorkbook(file, lambda: replace(seed, rows=rows)).read()
    command = streamlit_command("app.py")
    environment = {"SEAT_WORKBOOK": str(file)}
    log = folder / f"ours-{copies}.log"
    with serving(command, ready="/students", log=log, environment=environment) as server:
        yield server


def _later(stamp: str, seconds: int) -> str:
    day, time_of_day = stamp.split(" ")
    hour, minute, _ = time_of_day.split(":")
    return f"{day} {hour}:{minute}:{seconds:02}"


def compare_cold(
    browser: Browser, servers: Sequence[Server], last: dict[str, str], school: str, rounds: int
) -> None:
    """Print each page of ours, cold, beside the bare one."""
    app, plain = servers
    for page in PAGES:
        ways = (
            (f"{app.address}/{page}", ended(last[page])),
            (f"{plain.address}/?{urlencode({'drawn': page})}", ended(f"{END}: {page}")),
        )
        took: tuple[list[float], ...] = ([], [])
        work: tuple[list[float], ...] = ([], [])
        for _ in range(rounds):
            for times, works, (address, until) in zip(took, work, ways, strict=True):
                seconds, busy = cold(browser, address, until)
                times.append(seconds)
                works.append(busy)
        name = page.partition("?")[0]
        say(f"{name}, cold, {school}", took, COLD_TARGET)
        mine, bare_ones = (median(works) for works in work)
        print(f"{'':8}the page's thread {mine:.2f} s, {bare_ones:.2f} s: {mine / bare_ones:.2f}")


def compare_choice(
    browser: Browser, servers: Sequence[Server], last: dict[str, str], school: str, rounds: int
) -> None:
    """Print a choice on our Trends beside one on the bare page."""
    app, plain = servers
    options = (CHOICE, "Everybody")
    ways = (
        (f"{app.address}/trends", {option: last[option] for option in options}),
        (f"{plain.address}/?drawn=choice", {option: f"{END}: {option}" for option in options}),
    )
    took: tuple[list[float], ...] = ([], [])
    for times, (address, words) in zip(took, ways, strict=True):
        context = browser.new_context(viewport=DESK)
        tab = context.new_page()
        opened(tab, address, ended(words["Everybody"]))
        for _ in range(rounds):
            times.extend(redraw(tab, option, ended(words[option])) for option in options)
        context.close()
    say(f"a choice on trends, {school}", took, REDRAW_TARGET)


def _last_words(said: Sequence[Drawn]) -> str:
    """Words by which the end of a page is known: those of its last heading."""
    titles = [x.removeprefix("## ") for x in said if isinstance(x, str) and x.startswith("## ")]
    return titles[-1].replace("\\", "")


def say(what: str, took: tuple[list[float], ...], target: float) -> None:
    """Print the medians and what one is to the other."""
    ours, theirs = (median(times) for times in took)
    print(f"{what:<44} ours {ours:.2f} s, bare {theirs:.2f} s: {ours / theirs:.2f}", flush=True)
    keep(Figure(what, "a bare page of the same", ours, theirs, most=target))


def main() -> None:
    """Compare on both schools."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="pages-") as kept:
        folder = Path(kept)
        for copies, school in ((1, "sample"), (COPIES, "100,000 responses")):
            with ours(folder, copies) as app:
                constants = asyncio.run(constants_of(app))
                last = {name: _last_words(said) for name, said in constants.items()}
                with (
                    bare(folder, constants) as plain,
                    sync_playwright() as play,
                    play.chromium.launch(executable_path=find(), args=list(FLAGS)) as browser,
                ):
                    compare_cold(browser, (app, plain), last, school, rounds)
                    compare_choice(browser, (app, plain), last, school, rounds)


if __name__ == "__main__":
    main()
