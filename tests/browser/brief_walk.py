"""A PD team's walk on the sample school: from opening the app to a brief to print.

The browser test walks it, and so does docs/guide_pictures, which takes the guide's pictures:
what the guide shows is what the test has seen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import settle

OWNER = "Two teachers and the student council"
DONE_WHEN = "Six in ten say they get real choices."
ON, AGAIN = "03/03/2027", "06/09/2027"

Look = Callable[[str, Page], None]


@dataclass(frozen=True)
class Walked:
    """What the walk came to: the practice's name, its evidence on the card, and the two files."""

    practice: str
    evidence: str
    word: Path
    pdf: Path


def walk(page: Page, folder: Path, look: Look) -> Walked:
    """Walk from the open Home page; ``look`` is told the name of each step when it is reached."""
    settle(page)
    look("home", page)
    page.get_by_role("link", name="Priorities").first.click()
    page.wait_for_selector('[class*="st-key-row-"] button')
    settle(page)
    look("priorities", page)
    row = page.locator('[class*="st-key-row-"]:has(button)').first
    practice = row.locator("a").first.inner_text()
    row.get_by_role("button", name="Choose as focus").click()
    expect(page.get_by_text("is a focus now")).to_be_visible()
    page.get_by_role("link", name="Plan", exact=True).first.click()
    card = page.locator('[class*="st-key-focus-"]', has=page.get_by_role("link", name=practice))
    expect(card).to_be_visible()
    settle(page)
    card.get_by_label("Owner").fill(OWNER)
    card.get_by_label("How we will know").fill(DONE_WHEN)
    fill_day(page, card.get_by_test_id("stDateInput").first, ON)
    card.get_by_text("What students prefer, and when to check").click()
    fill_day(page, card.get_by_test_id("stDateInput").nth(1), AGAIN)
    look("plan", page)
    card.get_by_role("button", name="Save").click()
    expect(page.get_by_text("is saved")).to_be_visible()
    settle(page)
    look("saved", page)
    card.get_by_role("link", name="PD session of").click()
    page.get_by_role("button", name="Make the agenda").click()
    expect(page.get_by_text("60 of 60 minutes.")).to_be_visible()
    settle(page)
    look("agenda", page)
    page.get_by_role("link", name="The plan", exact=True).click()
    expect(card).to_be_visible()
    settle(page)
    evidence = card.get_by_text("not favorable").first.inner_text()
    files = []
    for label in ("Word", "PDF"):
        with page.expect_download() as waiting:
            card.get_by_role("button", name=f"Brief ({label})").click()
        files.append(folder / waiting.value.suggested_filename)
        waiting.value.save_as(files[-1])
    return Walked(practice, evidence, *files)


def fill_day(page: Page, field: Locator, day: str) -> None:
    """Type a day, "03/03/2027", into a field for days: it is made of three numbers."""
    field.get_by_role("spinbutton").first.click()
    page.keyboard.type(day.replace("/", ""))
    page.keyboard.press("Escape")
