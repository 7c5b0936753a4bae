"""A browser for each file, and pages in it that remember what went wrong."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.chromium import FLAGS, find

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
"""What a phone's browser calls itself. Streamlit closes the menu behind a choice on those alone."""

BUSY = ("StatusWidget", "Skeleton", "AppSkeleton")

Visit = Callable[..., Page]

# Two of everything run on two cores: five seconds, the default, say more of the machine than of us.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser a file. Playwright leaves an event loop running in this thread while it lasts, so
    it must be gone when tests without a browser follow.
    """
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open an address in a fresh browser; the test fails if the page's console says an error.

    Close the page's context before the app is stopped: a page that has lost its app complains.
    """
    errors: list[str] = []
    contexts = []

    def open_page(
        address: str, size: str = "desk", scheme: str = "light", calls_itself: str | None = None
    ) -> Page:
        context = chromium.new_context(
            viewport=SIZES[size], color_scheme=scheme, user_agent=calls_itself
        )
        contexts.append(context)
        page = context.new_page()
        listen_for_errors(page, errors)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def listen_for_errors(page: Page, errors: list[str]) -> None:
    """Add to ``errors`` what the page's console says is one."""
    page.on("console", lambda m: errors.append(m.text) if _is_ours(m) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))


def _is_ours(message: ConsoleMessage) -> bool:
    """Whether a message is an error, and not Streamlit asking where it is served from.

    On a deep link its front end tries /trends/_stcore/... before /_stcore/...: two harmless 404s.
    """
    looking = "/_stcore/" in message.location.get("url", "") and "404" in message.text
    return message.type == "error" and not looking


def settle(page: Page, limit_s: float = 60) -> None:
    """Wait until Streamlit has stopped running and the page has stopped changing."""
    page.wait_for_selector('[data-testid="stMain"] h1', timeout=limit_s * 1000)
    busy = (
        '[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-testid="stAppSkeleton"]'
    )
    last, same = None, 0
    for _ in range(int(limit_s * 1000 / 150)):
        now = page.evaluate("document.body.innerText.length + ':' + document.all.length")
        same = same + 1 if now == last and not page.locator(busy).count() else 0
        if same >= 3:
            return
        last = now
        page.wait_for_timeout(150)
    raise AssertionError("the page never settled")
