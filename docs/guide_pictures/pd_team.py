"""The PD team's walk, step by step: what its guide shows is what the browser test has seen."""

import subprocess
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from docs.guide_pictures.keep import beside, keep
from tests.browser.brief_walk import walk
from tests.browser.conftest import settle

CARD = '[class*="st-key-focus-"]'
WINDOW = {"width": 1280, "height": 800}
WHOLE = {**WINDOW, "height": 2600}


def walk_and_look(page: Page, folder: Path) -> None:
    """Walk from the open Home page and keep a picture of each step; files go to ``folder``."""
    brief(walk(page, folder, look).pdf)


def look(step: str, page: Page) -> None:
    """Keep a picture of one step of the walk."""
    page.set_viewport_size(WINDOW if step in ("home", "priorities") else WHOLE)
    settle(page)
    if step == "saved":
        data = page.locator(CARD).last.screenshot()
    elif step == "agenda":
        top = page.get_by_role("heading", name="Agenda").bounding_box()
        clip = {"x": 40, "y": top["y"] - 20 if top else 0, "width": 1200, "height": 800}
        data = page.screenshot(clip=clip)
    elif step == "plan":
        return
    else:
        data = page.screenshot()
    keep(f"pd-team-{step}", data)


def brief(pdf: Path) -> None:
    """Keep a picture of the brief's two pages, side by side."""
    subprocess.run(["pdftoppm", "-r", "66", "-png", pdf, pdf.with_suffix("")], check=True)  # noqa: S603, S607
    pages = sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))[:2]
    keep("pd-team-brief", beside([Image.open(path) for path in pages]))
