"""A comment in every state appears where its state allows, and nowhere else; one key decides."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket, expect

from lib.access import SCREENS, Role, Screen
from lib.reader import Live
from lib.students_part import StudentPart
from lib.voices.conversations import HowMany, Kind, log
from lib.voices.panel import Part, Room, keep
from lib.voices.review import State
from lib.voices.review_queue import Item
from lib.voices.settle import settle
from lib.workbook import new_event, tabs
from lib.workbook.sqlite import Seed, SqliteWorkbook
from tests.browser.app import free_port, running_app
from tests.browser.conftest import Visit
from tests.browser.conftest import settle as settled
from tests.browser.test_roles import cookie, secrets
from tests.unit.said_people import read_all
from tests.unit.test_live import AT

pytestmark = pytest.mark.browser

NOW = datetime(2026, 3, 20, 10, 0)
HEADER = [
    "Timestamp",
    "How often? [We do it with our hands]",
    "What is not working for you in class?",
]
UNREAD = "zqunread labs would help more than slides"
PASSED = "zqpassed labs would help more than slides"
WRITTEN = "zqwritten labs would help more than slides"
EDITED = "zqedited labs help"
HELD = "zqheld labs would help more than slides"
REFERRED = "zqreferred labs are where somebody hurts me"
OPEN = "zqopenwave labs would help more than slides"
NOTE = "zqnote labs came up twice at lunch"
NOTE_PASSED = "zqheard labs came up twice at the gate"
LINE = "zqline labs are what we miss"
LINE_PASSED = "zqroom labs are what we miss"
PANEL = "panelofwords"
OTHERS = [f"more labs in period {n}, please" for n in range(1, 31)]

REVIEW, WORDS, TALKS = {"review"}, {"voices", "practice"}, {"conversations"}
MAY_BE_ON = {
    UNREAD: REVIEW,
    PASSED: REVIEW | WORDS,
    WRITTEN: REVIEW,
    EDITED: REVIEW | WORDS,
    HELD: REVIEW,
    REFERRED: {"safety"},
    OPEN: REVIEW,
    NOTE: REVIEW,
    NOTE_PASSED: REVIEW | TALKS,
    LINE: REVIEW,
    LINE_PASSED: REVIEW | TALKS | {"panel"},
}
READ_ELSEWHERE = {PASSED, OPEN, NOTE_PASSED, LINE_PASSED}
"""Passed words stand in a place of the review that this crawl does not open."""
"""The pages on which each canary may be, for those who have the page."""


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a closed wave and an open one, and a comment in every state."""
    file = tmp_path_factory.mktemp("words") / "workbook.sqlite"
    closed = [UNREAD, PASSED, WRITTEN, HELD, REFERRED, *OTHERS]
    rows = [
        [f"2/{1 + place % 27}/2026 9:{place:02}:00", 1 + place % 5, text]
        for place, text in enumerate(closed)
    ]
    rows.append(["3/10/2026 9:00:00", 4, OPEN])
    wave = {"opens": "2026-02-01T00:00:00", "closes": "2026-03-01T00:00:00", "label": "February"}
    now = {"opens": "2026-03-01T00:00:00", "closes": "", "label": "March"}
    asks = {"header": HEADER[1], "ordinal": "1", "role": "rating", "practice": "handson"}
    events = (
        new_event(tabs.WAVES, wave, who="it", at=AT, record_id="feb"),
        new_event(tabs.WAVES, now, who="it", at=AT, record_id="mar"),
        new_event(tabs.COLUMNS, asks, who="it", at=AT),
    )
    seed = Seed("Form Responses 1", HEADER, rows, events, "America/Chicago", NOW)
    opened = SqliteWorkbook(file, lambda: seed)
    school = Live(opened, NOW)
    school.look()
    stamp = {"today": NOW.date(), "who": "it", "at": AT}
    school.record(
        [
            log(
                on=NOW.date(),
                kind=Kind.INFORMAL_TALK,
                students=HowMany.A_FEW,
                standings={},
                student_part=StudentPart.ASKED,
                heard=heard,
                **stamp,
            )
            for heard in (NOTE, NOTE_PASSED)
        ]
    )
    room = keep(
        record_id=PANEL,
        on=NOW.date(),
        room=Room.STUDENTS,
        students=HowMany.A_FEW,
        wave="feb",
        guesses={},
        said={Part.CONCERN: {"handson": LINE}, Part.IDEA: {"handson": LINE_PASSED}},
        order=(),
        **stamp,
    )
    school.record([room])
    by_words = {item.saying.text: item for item in read_all(school).queue()}
    assert set(MAY_BE_ON) - {EDITED} <= set(by_words)

    def to(text: str, state: State, words: str = "") -> None:
        item: Item = by_words[text]
        events = settle(
            item,
            state,
            practices=["handson"],
            themes={},
            words=words,
            who="it",
            at=AT,
        )
        school.record(events)

    for text in (*READ_ELSEWHERE, *OTHERS):
        to(text, State.PASSED)
    to(WRITTEN, State.REDACTED, EDITED)
    to(HELD, State.HELD)
    to(REFERRED, State.REFERRED)
    return file


@pytest.fixture(scope="module")
def served(workbook: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """One app for all roles: its address and its log."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    here = {"SEAT_WORKBOOK": str(workbook)}
    signed = secrets(f"http://127.0.0.1:{port}")
    with running_app(folder, secrets=signed, port=port, environment=here) as address:
        yield address, folder / "app.log"


def on(target: Screen, page: Page) -> None:
    """Look into every corner of a page that holds words."""
    if target.name == "conversations":
        for button in page.get_by_role("button", name="Correct").all():
            button.click()
            settled(page)
    if target.name == "review":
        for place in ("Passed with other words", "Held", "Waiting"):
            page.get_by_text(re.compile(rf"^{place} \(")).click()
            settled(page)
            for _ in range(3):
                more = page.get_by_test_id("stNumberInputStepUp")
                if not more.count() or more.is_disabled():
                    break
                more.click()
                settled(page)
    if target.name == "voices":
        page.get_by_label("Words to look for").fill("zq")
        page.keyboard.press("Enter")
        settled(page)


@pytest.mark.parametrize("role", list(Role))
def test_a_comment_is_where_its_state_allows_and_nowhere_else(
    role: Role, served: tuple[str, Path], visit: Visit
) -> None:
    address, log_file = served
    got: dict[str, str] = {}
    frames: list[str] = []

    def listen(socket: WebSocket) -> None:
        mine = frames
        socket.on("framereceived", lambda data: mine.append(repr(data)))

    # One browser for a role, loaded anew for each page: its files come from the browser's cache.
    page = visit("about:blank")
    value = cookie(address, role)
    page.context.add_cookies([{"name": "_streamlit_user", "value": value, "url": address}])
    page.on("websocket", listen)
    for target in SCREENS:
        frames = []
        page.goto(f"{address}/{target.path}?practice=handson&held={PANEL}")
        settled(page)
        if role in target.roles:
            on(target, page)
        downloads = page.get_by_test_id("stDownloadButton").get_by_role("button")
        for place in range(downloads.count()):
            with page.expect_download() as kept:
                downloads.nth(place).click()
            frames.append(Path(kept.value.path()).read_text(encoding="utf-8"))
        got[target.name] = "".join(frames) + page.content()
    for path in ("students", "healthz"):
        page.goto(f"{address}/{path}")
        got[path] = page.content()
    page.close()
    got["log"] = log_file.read_text(encoding="utf-8")
    # Who has no Home, or another role's page, is led to their own: the page itself counts.
    led = {"home": {"review"} if role is Role.REVIEWER else set()}
    found = {
        text: {name for name, said in got.items() if text.split()[0] in said} for text in MAY_BE_ON
    }
    for text, pages in MAY_BE_ON.items():
        mine = {target.name for target in SCREENS if role in target.roles and target.name in pages}
        also = {name for name, to in led.items() if to & mine}
        assert found[text] <= mine | also, text
        expected = mine - {"review"} if text in READ_ELSEWHERE else mine
        assert expected <= found[text], text


@pytest.fixture
def sample_app(tmp_path: Path) -> Iterator[str]:
    with running_app(tmp_path) as address:
        yield address


def waits(page: Page) -> int:
    return int(page.locator("h1").inner_text().split()[0])


def wait_for(page: Page, number: int) -> None:
    """Wait until so many are left; the old title may stand beside the new one for a moment."""
    title = page.get_by_role("heading", level=1, name=re.compile(f"^{number} comments"))
    expect(title.first).to_be_visible()
    # A key that is pressed while the next comment is being drawn is nobody's: a reader reads first.
    settled(page)


def test_a_reviewer_decides_with_one_key_each(sample_app: str, visit: Visit) -> None:
    page = visit(sample_app)
    settled(page)
    page.get_by_text("Counselor", exact=True).click()
    for _ in range(60):
        if page.get_by_role("link", name="Open the review").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
        settled(page)
        page.get_by_text("Counselor", exact=True).click()
        settled(page)
    page.get_by_role("link", name="Open the review").click()
    page.wait_for_url("**/review")
    settled(page)
    before = waits(page)
    page.keyboard.press("f")
    expect(page.get_by_text("Refer it?")).to_be_visible()
    settled(page)
    page.keyboard.press("n")
    expect(page.get_by_text("Refer it?")).to_have_count(0)
    settled(page)
    page.keyboard.press("f")
    expect(page.get_by_text("Refer it?")).to_be_visible()
    settled(page)
    page.keyboard.press("y")
    expect(page.get_by_text("it is with the counselor")).to_be_visible()
    settled(page)
    assert waits(page) == before - 1
    for done in range(1, 11):
        page.keyboard.press("p" if done % 2 else "h")
        wait_for(page, before - 1 - done)
    page.keyboard.press("u")
    wait_for(page, before - 10)
    page.keyboard.press("e")
    box = page.get_by_label("Words to show")
    expect(box).to_be_visible()
    box.fill("happy words with p, h, f and u in them")
    settled(page)
    assert waits(page) == before - 10
    page.get_by_role("button", name="Pass these words").click()
    wait_for(page, before - 11)
    page.close()
