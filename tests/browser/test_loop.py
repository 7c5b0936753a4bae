"""The whole loop, in a browser and through the Sheets protocol: students speak, adults answer,
the next form asks, students say whether it changed.
"""

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from lib.catalogue import CATALOGUE, FORM
from lib.workbook.tabs import KEY_COLUMNS, TABS, WAVES
from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle
from tests.browser.test_walk import KEY, OPEN, TAB
from tests.browser.walk import (
    DID,
    SAID,
    answer_students,
    choose_focus,
    publish_page,
    read_as_student,
    rows_of,
)
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.grid import LOCK, Serial, Spreadsheet
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

ANSWERS = 40
WOULD = "keep ten minutes for questions"
LOW = next(practice for practice in CATALOGUE if practice.practice_id == "talk")
SEEN_S = 120
"""New answers are read within half a minute; a loaded machine gets more."""


def now() -> datetime:
    """The school's local time, as its form would stamp an answer."""
    return datetime.now(ZoneInfo("America/New_York")).replace(tzinfo=None)


def answers(at: datetime, often: int, changed: tuple[int, int] = (0, 0)) -> list[list[object]]:
    """One wave of our own form: of its students ``often`` say often to the low practice.

    ``changed``: how many answer the follow-up with a lot and with a bit; where some do, the rest
    say not yet.
    """
    points = FORM.grid.points
    a_lot, a_bit = changed
    rows: list[list[object]] = []
    for i in range(ANSWERS):
        ratings = [
            points[(3 if i < often else 1) if practice is LOW else 3 + (i + place) % 2]
            if practice is LOW or (i + 3 * place) % 5
            else points[1]
            for place, practice in enumerate(CATALOGUE)
        ]
        follow_up = FORM.followup.options[0 if i < a_lot else 1 if i < a_lot + a_bit else 2]
        rows.append(
            [
                Serial.of(at),
                *(f"Grade {6 + i % 2}", "General", *ratings, "", "", "", "", "", "Agree", "Agree"),
                *([follow_up] if any(changed) else []),
            ]
        )
    return rows


def open_wave(opens: datetime) -> list[list[object]]:
    """The tab PD Waves with one open wave."""
    header = [*KEY_COLUMNS, *TABS[WAVES].columns]
    fields = {"label": "First form", "opens": opens.isoformat(timespec="seconds"), "closes": ""}
    key = ["a" * 32, "first", 1, "2026-01-01T00:00:00Z", "it"]
    return [header, [*key, *(fields[column] for column in TABS[WAVES].columns)]]


def test_the_loop_from_one_wave_to_the_verdict_of_the_next(
    sheets: SheetsServer, tmp_path: Path, visit: Visit
) -> None:
    began = now()
    spreadsheet = sheets.add_spreadsheet(
        KEY,
        {
            TAB: [list(FORM.headers()), *answers(began - timedelta(hours=1), often=8)],
            WAVES: open_wave(began - timedelta(days=1)),
        },
    )
    secrets = sheets.secrets_toml(KEY) + OPEN
    with running_app(tmp_path, secrets=secrets, environment=sheets.environment()) as address:
        close_wave(address, visit)
        name = choose_focus(address, visit)
        assert name == LOW.name
        plan_session(address, visit, began + timedelta(days=7))
        answer_students(address, visit, name, WOULD)
        first = read_as_student(address, visit)
        for words in (SAID, DID, name, "We have not asked you again", "20% of about 40 answers"):
            assert words in first, words
        assert [row["date"] for row in rows_of(spreadsheet, "PD Sessions")] == [
            (began + timedelta(days=7)).date().isoformat()
        ]
        asked = rows_of(spreadsheet, "PD Promises")[-1]["follow_up"]

        next_form_comes_back(spreadsheet, FORM.followup.title(asked))
        close_wave(address, visit)
        # A version is a snapshot: it says what it said until a person publishes the next.
        assert read_as_student(address, visit) == first
        staff = publish_page(address, visit)
        assert f"{name}: doing; students see the change" in staff
        second = read_as_student(address, visit)
    assert "changed a lot 55%, a bit 30%, not yet 15%" not in first.lower()
    for words in ("85% of about 40 answers", "55%", "version 2"):
        assert words in second.lower(), words
    assert "We have not asked you again" not in second
    states = [row["state"] for row in rows_of(spreadsheet, "PD Published")]
    assert states == ["published", "published"]


def close_wave(address: str, visit: Visit) -> None:
    """Close the open wave, once the app has read that answers came in for it."""
    give_up = time.monotonic() + SEEN_S
    while True:
        page = visit(f"{address}/waves")
        settle(page)
        ask = page.get_by_role("button", name="Close this wave now")
        if ask.count():
            break
        assert time.monotonic() < give_up, "the open wave was not seen"
        page.close()
        time.sleep(2)
    ask.click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("Its results are in Trends")).to_be_visible(timeout=60_000)
    settle(page)
    page.close()


def plan_session(address: str, visit: Visit, on: datetime) -> None:
    """Give the focus a PD session on this day, with students at the table."""
    page = visit(f"{address}/plan")
    settle(page)
    day = page.get_by_label("Next PD session").first
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type(f"{on:%m%d%Y}")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("is saved")).to_be_visible(timeout=30_000)
    settle(page)
    page.close()


def next_form_comes_back(spreadsheet: Spreadsheet, question: str) -> None:
    """The new question is a new column at the right, and a wave of answers comes in below."""
    with LOCK:
        form = spreadsheet.tab(TAB)
        form.put(0, len(FORM.headers()), question)
        for row in answers(now(), often=34, changed=(22, 12)):
            form.submit(*row[1:], at=now())
