"""What students say, walked at desk and phone width: log, hold a panel, review, refer, drill."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.app import running_app
from tests.browser.conftest import PHONE, SIZES, Visit, settle

pytestmark = pytest.mark.browser

PROJECTOR = {"width": 1920, "height": 1080}


@pytest.fixture(scope="module")
def sample_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_app(tmp_path_factory.mktemp("walk")) as address:
        yield address


def go(page: Page, name: str, size: str) -> None:
    """Choose a page in the menu, which a phone has behind a button and puts away by itself."""
    if size == "phone":
        page.get_by_test_id("stExpandSidebarButton").click()
        page.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
    else:
        menu = page.get_by_role("navigation", name="App pages")
        menu.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**/{name.lower()}")
    settle(page)
    if size == "phone":
        expect(page.get_by_test_id("stExpandSidebarButton")).to_be_visible()


def press(page: Page, name: str, then: str) -> None:
    """Press a button and wait for what it says. Behind its name may stand its key."""
    page.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first.click()
    expect(page.get_by_text(then).first).to_be_visible()
    settle(page)


def log_a_talk(page: Page) -> None:
    page.get_by_role("button", name="Calm time to work").click()
    standing = page.get_by_role("radiogroup", name="Calm time to work")
    standing.get_by_text("Isn't working").click()
    page.get_by_label("What did you hear?").fill("Phones are louder than we are.")
    press(page, "Save", "Saved. What was heard waits for a person to read it.")


def hold_a_panel(page: Page, size: str) -> None:
    page.get_by_role("link", name="Hold a panel, or a staff meeting").click()
    page.wait_for_url("**/panel")
    press(page, "Begin", "Practice 1 of 14")
    before = page.inner_text("body")
    assert "The room guessed" not in before
    press(page, "Our guess is 50%: show us", "The room guessed 50%")
    if size == "desk":
        page.set_viewport_size(PROJECTOR)
        following = page.get_by_role("button", name="Next", exact=True)
        expect(following).to_be_in_viewport(ratio=1)
        page.set_viewport_size(SIZES[size])
    page.get_by_label("What worries us?").fill("Nobody says it aloud.")
    press(page, "Next", "Practice 2 of 14")
    page.reload()
    settle(page)
    press(page, "Back", "The room guessed 50%")
    expect(page.get_by_label("What worries us?")).to_have_value("Nobody says it aloud.")
    press(page, "To the order", "What matters most?")
    press(page, "Another try", "1. Another try")
    press(page, "Save the panel", "Thank you. What you said is kept")


def refer_the_drill(page: Page, size: str) -> None:
    go(page, "Safety", size)
    page.get_by_role("button", name="Begin a drill").click()
    press(page, "Begin it", "The drill waits in the review queue now.")
    go(page, "Voices", size)
    page.get_by_role("link", name="Open the review").click()
    page.wait_for_url("**/review")
    settle(page)
    press(page, "Hold", "Held: nobody else sees it.")
    for _ in range(4):
        if page.get_by_text("Drill: made up to try the chain").count():
            break
        page.get_by_test_id("stNumberInputStepUp").click()
        settle(page)
    press(page, "Refer to the counselor", "Refer it?")
    press(page, "Yes, refer it", "it is with the counselor")
    press(page, "Pass", "Passed. U takes it back.")
    go(page, "Safety", size)
    expect(page.get_by_text("drill").first).to_be_visible()
    press(page, "I have seen it", "The chain works.")


@pytest.mark.parametrize("size", list(SIZES))
def test_voices_from_a_talk_to_the_counselor(size: str, sample_app: str, visit: Visit) -> None:
    itself = PHONE if size == "phone" else None
    page = visit(f"{sample_app}/conversations", size, calls_itself=itself)
    settle(page)
    log_a_talk(page)
    hold_a_panel(page, size)
    go(page, "Priorities", size)
    expect(page.get_by_text("put first what matters most: 1 Another try.")).to_be_visible()
    page.get_by_text("Counselor", exact=True).click()
    settle(page)
    refer_the_drill(page, size)
    sideways = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
    assert not sideways
    page.close()
