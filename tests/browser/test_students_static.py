"""The students' page in a browser: accessible, readable on any screen and on paper, and alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lib import front
from lib.publish import Instead, PublicPage, offered, render, render_instead
from lib.publish.languages import ENGLISH
from lib.publish.school import Meeting
from tests.unit.publish.catalogues import pseudo_arabic
from tests.unit.publish.pages import ON, SCHOOL, public_page, public_promise

pytestmark = pytest.mark.browser

LONG = "Wirtschaftsinformatikunterrichtsrückmeldungen" * 3


def shown(page: PublicPage) -> bytes:
    return render(page, today=ON)


SPANISH = {lang.code: lang for lang in offered()}["es"]
FULL = replace(
    public_page(*(public_promise(i) for i in range(5))),
    panels=(Meeting(date(2027, 2, 10), "library, at lunch"),),
)
PAGES = {
    "full": shown(FULL),
    "long words": shown(public_page(public_promise(1, LONG), text=LONG)),
    "right to left": shown(public_page(public_promise(4, "شكرا لكم"), text="شكرا لكم")),
    "spanish": render(FULL, today=ON, language=SPANISH, switch=offered()),
    "no promise": shown(public_page()),
    "nothing published": render_instead(Instead.NOT_YET, SCHOOL),
    "not ready": front._not_yet(ENGLISH).body,
    "no such page": front._NOT_HERE.body,
    "only to be read": front._NOT_SO.body,
}
MIRRORED = "all of it right to left"
NAMES = [*PAGES, MIRRORED]
SIZES = {"desk": (1280, 800), "phone": (390, 844), "small phone, or desk at 400 %": (320, 640)}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("students")
    addresses = {}
    arabic = pseudo_arabic(folder / "locale")
    mirrored = render(FULL, today=ON, language=arabic, switch=(*offered(), arabic))
    for number, (name, body) in enumerate({**PAGES, MIRRORED: mirrored}.items()):
        file: Path = folder / f"{number}.html"
        file.write_bytes(body)
        addresses[name] = file.as_uri()
    return addresses


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    own = chromium.new_context()
    yield own
    own.close()


def look(
    context: BrowserContext, address: str, size: str, scheme: Literal["light", "dark"] = "light"
) -> Page:
    page = context.new_page()
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "size"), [("full", "desk"), *((name, "phone") for name in NAMES)])
def test_axe_finds_nothing(
    context: BrowserContext,
    files: dict[str, str],
    name: str,
    size: str,
    scheme: Literal["light", "dark"],
) -> None:
    page = look(context, files[name], size, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("size", list(SIZES))
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_over_the_edge(
    context: BrowserContext, files: dict[str, str], name: str, size: str
) -> None:
    page = look(context, files[name], size)
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]


@pytest.mark.parametrize("name", ["full", "spanish"])
def test_letters_twice_as_large_still_fit(
    context: BrowserContext, files: dict[str, str], name: str
) -> None:
    page = look(context, files[name], "phone")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]


def test_without_styles_no_picture_takes_the_page(
    context: BrowserContext, files: dict[str, str]
) -> None:
    page = look(context, files["full"], "phone")
    page.evaluate("document.querySelectorAll('style').forEach(style => style.remove())")
    tall = page.evaluate("[...document.querySelectorAll('svg')].map(svg => svg.clientHeight)")
    assert max(tall) < 200
    assert sorted(tall)[len(tall) // 2] <= 20


def test_from_right_to_left_the_page_starts_on_the_right(
    context: BrowserContext, files: dict[str, str]
) -> None:
    page = look(context, files[MIRRORED], "desk")
    places = page.evaluate(
        """() => ['.school', '.languages', '.trend text'].map(
            q => document.querySelector(q).getBoundingClientRect().left)"""
    )
    school, languages, axis = places
    assert school > 640 > languages
    assert page.locator(".trend text").first.evaluate("e => getComputedStyle(e).direction") == "ltr"
    assert axis < 640, "the trend stands in the second column, which is on the left here"


def test_the_page_asks_for_nothing_and_complains_of_nothing(
    context: BrowserContext, files: dict[str, str]
) -> None:
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(files["full"])
    page.wait_for_timeout(100)
    assert [url for url in asked if not url.startswith("data:")] == [files["full"]]
    assert complaints == []


def test_without_scripts_the_reasons_open_by_key(chromium: Browser, files: dict[str, str]) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["full"])
    reason = page.get_by_text("You told us in Spring 2025, in about 290 answers.").first
    assert not reason.is_visible()
    page.locator("summary").first.press("Enter")
    expect(reason).to_be_visible()
    context.close()


def test_on_paper_the_reasons_are_open_and_all_is_black_on_white(
    context: BrowserContext, files: dict[str, str]
) -> None:
    page = look(context, files["full"], "desk", "dark")
    page.emulate_media(media="print", color_scheme="dark")
    shown = page.evaluate(
        """() => ({
            reasons: [...document.querySelectorAll('details p')].every(p => p.offsetHeight > 0),
            links: document.querySelector('nav').offsetHeight,
            paper: getComputedStyle(document.body).backgroundColor,
            inks: [...new Set([...document.querySelectorAll('h1, h1 span, .said, .ours h3')]
                .map(e => getComputedStyle(e).color))],
        })"""
    )
    assert shown == {
        "reasons": True,
        "links": 0,
        "paper": "rgb(255, 255, 255)",
        "inks": ["rgb(0, 0, 0)"],
    }


def test_a_trend_is_an_image_with_a_name_and_a_description(
    context: BrowserContext, files: dict[str, str]
) -> None:
    page = look(context, files["full"], "phone")
    pictures = page.get_by_role("img", name="Positive answers in each wave")
    assert pictures.count() == 5
    snapshot = page.locator("body").aria_snapshot()
    assert "You said" in snapshot
    client = context.new_cdp_session(page)
    nodes = client.send("Accessibility.getFullAXTree")["nodes"]
    said = {n.get("description", {}).get("value", "") for n in nodes}
    assert any(text.startswith("Fall 2023: 40%;") for text in said)
