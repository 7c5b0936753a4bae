"""Take the pictures of docs/guide-pd-team.md: ``python -m docs.guide_pictures``.

They show the sample school on the walk that tests/browser/test_brief.py tests. Needs what the tests
need, and pdftoppm (Debian: poppler-utils).
"""

import io
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.browser.app import running_app
from tests.browser.brief_walk import walk
from tests.browser.chromium import FLAGS, find
from tests.browser.conftest import settle

FOLDER = Path(__file__).parent / "pictures"
MOST = 100_000
"""Bytes a picture may have: the guide is read on school networks, too."""

CARD = '[class*="st-key-focus-"]'
WINDOW = {"width": 1280, "height": 800}
WHOLE = {**WINDOW, "height": 2600}


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
    keep(step, Image.open(io.BytesIO(data)))


def brief(pdf: Path) -> None:
    """Keep a picture of the brief's two pages, side by side on gray."""
    subprocess.run(["pdftoppm", "-r", "66", "-png", pdf, pdf.with_suffix("")], check=True)  # noqa: S603, S607
    pages = [Image.open(path) for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))][:2]
    gap = 16
    wide = sum(page.width + gap for page in pages) + gap
    sheet = Image.new("RGB", (wide, pages[0].height + 2 * gap), "#DDD9CF")
    for place, page in enumerate(pages):
        sheet.paste(page, (gap + place * (page.width + gap), gap))
    keep("brief", sheet)


def keep(name: str, picture: Image.Image) -> None:
    """Write a picture in as few colors as still look right. Raises ValueError when too large."""
    path = FOLDER / f"pd-team-{name}.png"
    picture.convert("RGB").quantize(48).save(path, optimize=True)
    if path.stat().st_size > MOST:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes; {MOST} are the most")


def main() -> None:
    """Walk through the sample school and keep a picture of each step."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        sync_playwright() as play,
        running_app(Path(folder)) as address,
    ):
        browser = play.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(address)
        brief(walk(page, Path(folder), look).pdf)
        browser.close()


if __name__ == "__main__":
    main()
