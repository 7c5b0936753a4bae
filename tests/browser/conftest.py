"""A browser for each file, and pages in it that remember what went wrong."""

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.chromium import FLAGS, find

SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/130.0.0.0 Mobile Safari/537.36"
)
"""What a phone's browser calls itself. Streamlit closes the menu behind a choice on those alone."""

BUSY = ("StatusWidget", "Skeleton", "AppSkeleton")

Visit = Callable[..., Page]
Scheme = Literal["light", "dark"]
Profiles = dict[tuple[Scheme, str | None], BrowserContext]

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


@pytest.fixture(scope="module")
def profiles(chromium: Browser) -> Profiles:
    """The contexts of a file by color scheme and by what the browser calls itself.

    A context keeps the front end's files, some megabytes, that each new one would read and compile
    anew: half the work of opening a page. The next visit finds none of its cookies.
    """
    return {}


def _profile(
    profiles: Profiles, chromium: Browser, scheme: Scheme, calls_itself: str | None
) -> BrowserContext:
    """A context in which nobody has been, as far as a page can tell."""
    which = (scheme, calls_itself)
    if which not in profiles:
        profiles[which] = chromium.new_context(
            color_scheme=scheme, user_agent=calls_itself, reduced_motion="reduce"
        )
        # A test that leaves more behind than what is emptied here closes its context itself.
        profiles[which].on("close", lambda _: profiles.pop(which))
    return profiles[which]


@pytest.fixture
def visit(chromium: Browser, profiles: Profiles) -> Iterator[Visit]:
    """Open an address as one who was never there; the test fails if the console says an error.

    Close the page before the app is stopped: a page that has lost its app complains.
    """
    errors: list[str] = []

    def open_page(
        address: str, size: str = "desk", scheme: Scheme = "light", calls_itself: str | None = None
    ) -> Page:
        context = _profile(profiles, chromium, scheme, calls_itself)
        page = context.new_page()
        forget(page)
        page.set_viewport_size(SIZES[size])
        listen_for_errors(page, errors)
        page.goto(address)
        return page

    yield open_page
    for context in list(profiles.values()):
        for page in context.pages:
            page.close()
    assert errors == []


def forget(page: Page) -> None:
    """Empty what the page's context keeps for sites: cookies and stored values, not their files."""
    session = page.context.new_cdp_session(page)
    kept = "cookies,local_storage,indexeddb,service_workers,cache_storage"
    session.send("Storage.clearDataForOrigin", {"origin": "*", "storageTypes": kept})
    session.detach()
    page.context.clear_cookies()


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
