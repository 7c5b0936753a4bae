"""The main job, walked in a browser: from form answers to a chosen focus and the students' page.

The walk takes any form's rows, so that it can be tried on real ones too.
"""

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from lib.access import SCREENS
from tests.browser.conftest import SIZES, Visit, settle
from tests.sheets.grid import Spreadsheet

SAID = "You said the seminars need more time to talk."
DID = "From Monday each seminar keeps ten minutes for your questions."


def look_at_every_page(address: str, visit: Visit) -> dict[str, str]:
    """Open every page at desk and phone width; returns what each says at desk width."""
    said = {}
    for target in SCREENS:
        page = visit(f"{address}/{target.path}")
        for pixels in SIZES.values():
            page.set_viewport_size(pixels)
            settle(page)
            assert page.locator('[data-testid="stException"]').count() == 0, target.name
            assert "Something went wrong" not in page.inner_text("body"), target.name
            said.setdefault(target.name, page.inner_text("body"))
        page.close()
    return said


def choose_focus(address: str, visit: Visit) -> str:
    """Choose the first practice under Priorities; returns its name."""
    page = visit(f"{address}/priorities")
    settle(page)
    row = page.locator('[class*="st-key-row-"]:has(button)').first
    name = row.locator("a").first.inner_text()
    row.get_by_role("button", name="Choose as focus").click()
    expect(page.get_by_text("is a focus now")).to_be_visible(timeout=30_000)
    settle(page)
    page.close()
    return name


def answer_students(address: str, visit: Visit, name: str, follow_up: str = "") -> None:
    """Write what was said and done about the focus, and publish the page.

    ``follow_up`` is what the next form asks about, after "We said we would".
    """
    page = visit(f"{address}/you-said-we-did")
    settle(page)
    page.get_by_label("You said", exact=True).first.fill(SAID)
    page.get_by_label("Where it stands").first.click()
    page.get_by_role("option", name="doing").click()
    page.get_by_label("We did, we are doing").first.fill(DID)
    if follow_up:
        page.get_by_role("textbox", name="For the next form").first.fill(follow_up)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("is saved")).to_be_visible(timeout=30_000)
    settle(page)
    page.close()
    publish_page(address, visit)


def publish_page(address: str, visit: Visit) -> str:
    """Publish what is written now; returns what the page said before that."""
    page = visit(f"{address}/you-said-we-did")
    settle(page)
    said = page.inner_text("body")
    page.get_by_role("button", name="Publish this page").click()
    expect(page.get_by_text("Published. Students see it")).to_be_visible(timeout=30_000)
    settle(page)
    page.close()
    return said


def read_as_student(address: str, visit: Visit) -> str:
    page: Page = visit(f"{address}/students", "phone")
    said = page.inner_text("body")
    page.close()
    return said


def walk(
    address: str, visit: Visit, spreadsheet: Spreadsheet, form: Sequence[Sequence[Any]], title: str
) -> dict[str, str]:
    """Walk the whole line; returns what each page said at the beginning."""
    before = read_as_student(address, visit)
    assert SAID not in before
    pages = look_at_every_page(address, visit)
    name = choose_focus(address, visit)
    rows = rows_of(spreadsheet, "PD Focus")
    assert [row["state"] for row in rows] == ["running"]
    assert rows[0]["evidence"]
    answer_students(address, visit, name)
    assert [row["you_said"] for row in rows_of(spreadsheet, "PD Promises")] == [SAID]
    assert [row["state"] for row in rows_of(spreadsheet, "PD Published")] == ["published"]
    seen = read_as_student(address, visit)
    assert SAID in seen
    assert DID in seen
    assert name in seen
    untouched = spreadsheet.tab(title).rows
    assert [list(row) for row in untouched] == [list(row) for row in form]
    return pages


def rows_of(spreadsheet: Spreadsheet, title: str) -> list[dict[str, Any]]:
    """The rows of one of our tabs as they stand in the spreadsheet, by column."""
    header, *rows = spreadsheet.tab(title).rows
    return [dict(zip(header, row, strict=False)) for row in rows]
