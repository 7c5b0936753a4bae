"""Two copies of the app on one spreadsheet: what one decides, the other shows within 30 seconds."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle
from tests.browser.test_server import fetch
from tests.browser.test_walk import KEY, OPEN, TAB, evaluations
from tests.browser.walk import DID, answer_students, choose_focus
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

UNPUBLISHED = "From Tuesday each seminar begins with your questions."

PROMISED_S = 30
NEW_TAB_S = 90
"""The first decision of its kind makes a tab, which the other copy looks for once a minute."""


def within(seconds: float, happened: Callable[[], bool]) -> None:
    """Look again and again until it has happened. The page itself is quick: it is not counted."""
    give_up = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < give_up, f"not within {seconds} s"
        time.sleep(0.5)


def test_two_copies_agree(sheets: SheetsServer, tmp_path: Path, visit: Visit) -> None:
    sheets.add_spreadsheet(KEY, {TAB: evaluations()})
    secrets = sheets.secrets_toml(KEY) + OPEN
    with ExitStack() as running:
        one, two = (
            running.enter_context(
                running_app(folder, secrets=secrets, environment=sheets.environment())
            )
            for folder in (tmp_path / "one", tmp_path / "two")
            if folder.mkdir() is None
        )

        def on_both(sentence: str) -> list[bool]:
            return [sentence.encode() in fetch(f"{at}/students")[2] for at in (one, two)]

        assert on_both(DID) == [False, False]
        name = choose_focus(one, visit)

        answer_students(one, visit, name)
        within(NEW_TAB_S, lambda: on_both(DID) == [True, True])
        # The focus was chosen before that, so the other copy has it too.
        page = visit(f"{two}/plan")
        settle(page)
        assert name in page.inner_text("body")
        page.close()
        tags = {fetch(f"{at}/students")[1]["etag"] for at in (one, two)}
        assert len(tags) == 1, "a phone that comes to the other copy is sent the page again"

        write_without_publishing(one, visit, name)
        decide(two, visit, "Withdraw", "Withdrawn. Students no longer see it")
        within(PROMISED_S, lambda: on_both(DID) == [False, False])
        assert on_both(UNPUBLISHED) == [False, False]
        decide(one, visit, "Publish this page", "Published. Students see it")
        within(PROMISED_S, lambda: on_both(UNPUBLISHED) == [True, True])
        decide(one, visit, "Withdraw", "Withdrawn. Students no longer see it")
        within(PROMISED_S, lambda: on_both(UNPUBLISHED) == [False, False])


def write_without_publishing(copy: str, visit: Visit, name: str) -> None:
    """Change the answer on a practice, which no student is to read before it is published."""
    page = visit(f"{copy}/you-said-we-did")
    settle(page)
    page.locator("summary", has_text=name).first.click()
    page.get_by_label("We did, we are doing").first.fill(UNPUBLISHED)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("is saved")).to_be_visible(timeout=30_000)
    settle(page)
    page.close()


def decide(copy: str, visit: Visit, button: str, then: str) -> None:
    """Press a button of You said, we did in one copy."""
    page = visit(f"{copy}/you-said-we-did")
    settle(page)
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text(then)).to_be_visible(timeout=30_000)
    page.close()
