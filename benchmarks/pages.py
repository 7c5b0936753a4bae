"""A staff page against the least that could be done instead: ``python -m benchmarks.pages``.

In a browser, turn by turn in one run: our page, cold, against a bare Streamlit page that draws the
same charts and words from constants; and a choice on it, until it is drawn, against a bare page
that draws both from constants. On the sample school, and on the same with 100,000 responses.
"""

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.proto.Element_pb2 import Element

from benchmarks.visitors import Server, serving, staff, streamlit_command
from lib.workbook.connect import SAMPLE_FOLDER
from lib.workbook.sample import load
from lib.workbook.sqlite import SqliteWorkbook
from tests.browser.chromium import FLAGS, find

PAGES = ("trends", "priorities", "practice?practice=pace", "voices")
CHOICE = "Grade"
ROUNDS = 9
COPIES = 40
COLD_TARGET, REDRAW_TARGET = 1.1, 1.3
END = "The end of the page"

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
    st.markdown(said, unsafe_allow_html=True)
st.markdown("## {END}: " + name)
"""


async def captured(server: Server, page: str) -> list[str]:
    """What our page draws, as constants: its headings, words and drawings."""
    kept: list[Element] = []
    parts = urlsplit(page)
    async with staff(server, parts.path, query=parts.query, keep=kept) as went:
        assert went.served, page
    return [
        element.markdown.body if element.HasField("markdown") else f"## {element.heading.body}"
        for element in kept
        if element.WhichOneof("type") in ("markdown", "heading")
    ]


def opened(page: Page, address: str, until: str) -> float:
    """Seconds from asking for a page until it is complete and still."""
    began = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(until, timeout=60_000, polling="raf")
    return time.perf_counter() - began


def ended(words: str) -> str:
    """A browser's condition: these words stand on the page, and the script is over."""
    return (
        f"() => document.body.innerText.includes({json.dumps(words)}) && "
        "!document.querySelector('[data-testid=stStatusWidget],[data-testid=stSkeleton]') && "
        "!document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    )


def cold(browser: Browser, address: str, until: str) -> float:
    """One visit with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    try:
        return opened(context.new_page(), address, until)
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
def bare(folder: Path, constants: dict[str, list[str]]) -> Iterator[Server]:
    """A bare Streamlit page that draws what is in ``constants``, by name."""
    (folder / "drawn.json").write_text(json.dumps(constants), encoding="utf-8")
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    command = streamlit_command(str(folder / "bare.py"))
    with serving(command, ready="/_stcore/health", log=folder / "bare.log") as server:
        yield server


@contextmanager
def ours(folder: Path, copies: int) -> Iterator[Server]:
    """Our app on the sample school, each answer ``copies`` times, a second apart."""
    file = folder / f"school-{copies}.sqlite"
    seed = load(SAMPLE_FOLDER)
    rows = [[_later(str(row[0]), copy), *row[1:]] for row in seed.rows for copy in range(copies)]
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


def compare(browser: Browser, app: Server, folder: Path, school: str) -> None:
    """Print each page of ours beside the bare one, and a choice on Trends beside the bare one's."""
    constants = {page: asyncio.run(captured(app, page)) for page in PAGES}
    choice = f"trends?by={CHOICE}"
    constants |= {"Everybody": constants["trends"], CHOICE: asyncio.run(captured(app, choice))}
    with bare(folder, constants) as plain:
        for page in PAGES:
            last = _last_words(constants[page])
            until = {"ours": ended(last), "bare": ended(f"{END}: {page}")}
            where = {
                "ours": f"{app.address}/{page}",
                "bare": f"{plain.address}/?{urlencode({'drawn': page})}",
            }
            took: dict[str, list[float]] = {"ours": [], "bare": []}
            for _ in range(ROUNDS):
                for one, times in took.items():
                    times.append(cold(browser, where[one], until[one]))
            say(f"{school}: {page.partition('?')[0]}, cold", took, COLD_TARGET)
        took = {"ours": [], "bare": []}
        for one, address in (("ours", app.address), ("bare", plain.address)):
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            tab = context.new_page()
            first = "trends" if one == "ours" else "?drawn=choice"
            words = {
                option: _last_words(constants[option]) if one == "ours" else f"{END}: {option}"
                for option in ("Everybody", CHOICE)
            }
            opened(tab, f"{address}/{first}", ended(words["Everybody"]))
            for number in range(2 * ROUNDS):
                option = CHOICE if number % 2 == 0 else "Everybody"
                took[one].append(redraw(tab, option, ended(words[option])))
            context.close()
        say(f"{school}: a choice on trends", took, REDRAW_TARGET)


def _last_words(said: Sequence[str]) -> str:
    """Words by which the end of a page is known: those of its last heading."""
    titles = [words.removeprefix("## ") for words in said if words.startswith("## ")]
    return titles[-1].replace("\\", "")


def say(what: str, took: dict[str, list[float]], target: float) -> None:
    """Print the medians and what one is to the other."""
    mine, theirs = median(took["ours"]), median(took["bare"])
    met = "met" if mine / theirs <= target else "MISSED"
    sys.stdout.write(
        f"{what:<44} ours {mine:.2f} s, bare {theirs:.2f} s: {mine / theirs:.2f} "
        f"(target {target}: {met})\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Compare on both schools."""
    with (
        tempfile.TemporaryDirectory() as kept,
        sync_playwright() as play,
        play.chromium.launch(executable_path=find(), args=list(FLAGS)) as browser,
    ):
        folder = Path(kept)
        for copies, school in ((1, "sample"), (COPIES, "100,000 responses")):
            with ours(folder, copies) as app:
                compare(browser, app, folder, school)


if __name__ == "__main__":
    main()
