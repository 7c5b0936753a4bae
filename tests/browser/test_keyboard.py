"""Every task of the school's year with the keyboard alone: no test here has a mouse."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle

pytestmark = pytest.mark.browser

FAR = 250
"""More presses of Tab than any page has things to stop at."""


@pytest.fixture(scope="module")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("keys")) as address:
        yield address


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until the wanted thing has the focus, and see that the focus can be seen."""
    for _ in range(FAR):
        page.keyboard.press(key)
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def press(page: Page, name: str, role: Literal["button", "link"] = "button") -> None:
    """Come to a button or a link with Tab, and press it with Enter."""
    named = page.get_by_role(role, name=re.compile(f"^{re.escape(name)}"))
    reach(page, named.filter(visible=True).first)
    page.keyboard.press("Enter")


def write(page: Page, label: str, text: str, *, exact: bool = False) -> None:
    """Come to a field with Tab and type."""
    reach(page, page.get_by_label(label, exact=exact).filter(visible=True).first)
    page.keyboard.type(text)


def said(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible()
    settle(page)


def test_a_focus_is_chosen_and_planned(sample_app: str, visit: Visit) -> None:
    page = visit(sample_app)
    settle(page)
    press(page, "Priorities", "link")
    page.wait_for_url("**/priorities")
    settle(page)
    press(page, "Choose as focus")
    said(page, "is a focus now")
    press(page, "Plan", "link")
    page.wait_for_url("**/plan")
    settle(page)
    write(page, "Owner", "Two teachers")
    write(page, "How we will know", "Six in ten say so.")
    press(page, "Save")
    said(page, "is saved")


def test_a_talk_is_logged_and_a_comment_decided_as_another_role(
    sample_app: str, visit: Visit
) -> None:
    page = visit(f"{sample_app}/conversations")
    settle(page)
    # Choices that look like buttons are one stop: arrows go from one to the next.
    reach(page, page.get_by_role("button", name="Clear goals"))
    reach(page, page.get_by_role("button", name="Calm time to work"), "ArrowRight")
    page.keyboard.press("Enter")
    settle(page)
    standing = page.get_by_role("radiogroup", name="Calm time to work").get_by_role("radio")
    reach(page, standing.first)
    page.keyboard.press("ArrowRight")
    settle(page)
    write(page, "What did you hear?", "Phones are louder than we are.")
    press(page, "Save")
    said(page, "Saved. What was heard waits for a person to read it.")
    reach(page, page.get_by_role("radio", name="Principal"))
    page.keyboard.press("ArrowRight")
    settle(page)
    page.keyboard.press("ArrowRight")
    settle(page)
    press(page, "Safety", "link")
    page.wait_for_url("**/safety")
    settle(page)


def test_a_wave_is_closed_and_the_page_published(sample_app: str, visit: Visit) -> None:
    page = visit(f"{sample_app}/waves")
    settle(page)
    press(page, "Close this wave now")
    press(page, "Close it")
    said(page, "is closed. Its results are in Trends.")
    page.goto(f"{sample_app}/you-said-we-did")
    settle(page)
    reach(page, page.locator("summary").filter(has_text="Feedback in time"))
    page.keyboard.press("Enter")
    write(page, "You said", " It is loud.", exact=True)
    press(page, "Save")
    said(page, "is saved")
    press(page, "Publish this page")
    said(page, "Published. Students see it")
    page.goto(f"{sample_app}/trends")
    settle(page)
    reach(page, page.get_by_role("radio", name="Everybody"))
    page.keyboard.press("ArrowRight")
    said(page, "Every group and wave as a table")
    reach(page, page.locator("summary").filter(has_text="Every group and wave as a table"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("region", name="by group"))
