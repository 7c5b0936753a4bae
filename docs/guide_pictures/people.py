"""What each guide shows of a page: where, seen by whom, and which part of it."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import Page

from docs.guide_pictures.keep import beside, keep
from tests.browser.conftest import settle

Act = Callable[[Page], None]

_TALL = 12_000
"""Pixels: higher than any page, for Streamlit scrolls inside a frame of its own."""


_AT_MOST = 10
"""How many comments are looked at for the drill: it is among the first."""


@dataclass(frozen=True)
class Part:
    """A part of a page: from the heading ``since`` (its top where ``since`` is "") for ``high``
    pixels.
    """

    high: int
    since: str = ""


@dataclass(frozen=True)
class Shot:
    """One picture. ``parts`` are put side by side. ``role`` is whom the page is looked at as;
    ``acts`` is done before.
    """

    name: str
    path: str
    parts: Sequence[Part]
    role: str = ""
    wide: int = 1280
    acts: Act = field(default=lambda _: None)


def _phone(name: str, *parts: Part) -> Shot:
    return Shot(name, "students", parts, wide=390)


def _drill(page: Page) -> None:
    """Begin a drill and find it in the review: the made-up words are all that a picture shows."""
    page.get_by_role("button", name="Begin a drill").click()
    page.get_by_role("button", name="Begin it").click()
    page.get_by_text("The drill waits in the review queue").wait_for()
    _review(page)


def _refer(page: Page) -> None:
    _review(page)
    page.get_by_role("button", name="Refer to the counselor").click()
    page.get_by_role("button", name="Yes, refer it").click()
    page.get_by_text("Referred: it is with the counselor").wait_for()
    page.get_by_role("link", name="Safety").first.click()
    page.get_by_role("heading", name="The school's protocol").wait_for()


def _review(page: Page) -> None:
    page.get_by_role("link", name="Voices").first.click()
    page.get_by_role("link", name="Open the review").click()
    page.get_by_role("button", name="Hold").wait_for()
    settle(page)
    for _ in range(_AT_MOST):
        if page.get_by_text("This is a drill").count():
            return
        page.get_by_test_id("stNumberInputStepUp").click()
        settle(page)
    raise LookupError("the drill is not in the review")


SAMPLE = (
    Shot("principal-home", "", [Part(760)]),
    Shot("principal-practice", "practice?practice=calm", [Part(820)]),
    Shot("principal-coverage", "trends", [Part(280, "Whom we have heard")]),
    Shot("teachers-students-page", "students", [Part(900)]),
    _phone("students-page", Part(844), Part(844, "Another try")),
    _phone("students-privacy", Part(560, "How to be heard"), Part(560, "What adults can see")),
    Shot("counselor-review", "safety", [Part(720)], role="Counselor", acts=_drill),
    Shot("counselor-safety", "safety", [Part(880)], role="Counselor", acts=_refer),
    Shot("coordinator-setup", "setup", [Part(860)]),
    Shot("coordinator-questions", "columns", [Part(900)]),
    Shot("set-up-script", "setup", [Part(300, "A form of your own")]),
    Shot("set-up-waves", "waves", [Part(420)]),
)
"""Of the sample school."""

BROKEN = (Shot("coordinator-broken", "setup", [Part(620)]),)
"""Of a school whose secrets file is half filled in."""


def take(page: Page, address: str, shot: Shot) -> None:
    """Open the page, do what is to be done first, and keep the picture."""
    page.set_viewport_size({"width": shot.wide, "height": _TALL})
    page.goto(f"{address}/{shot.path}")
    _ready(page)
    if shot.role:
        page.get_by_text(shot.role, exact=True).first.click()
        _ready(page)
    shot.acts(page)
    _ready(page)
    taken = [Image.open(io.BytesIO(_part(page, part, shot.wide))) for part in shot.parts]
    keep(shot.name, beside(taken) if len(taken) > 1 else taken[0])


def _part(page: Page, part: Part, wide: int) -> bytes:
    top = 0.0
    if part.since:
        box = page.get_by_role("heading", name=part.since).first.bounding_box()
        top = box["y"] - 24 if box else 0.0
    return page.screenshot(clip={"x": 0, "y": top, "width": wide, "height": part.high})


def _ready(page: Page) -> None:
    """Streamlit's pages settle; the students' page is there at once."""
    if page.locator("#root").count():
        settle(page)
