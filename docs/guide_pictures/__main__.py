"""Take the pictures of the guides: ``python -m docs.guide_pictures``.

They show the sample school. Needs what the tests need, and pdftoppm (Debian: poppler-utils).
"""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from docs.guide_pictures.keep import FOLDER
from docs.guide_pictures.pd_team import WINDOW, walk_and_look
from docs.guide_pictures.people import BROKEN, SAMPLE, Shot, take
from tests.browser.app import running_app
from tests.browser.chromium import FLAGS, find

HALF_FILLED = """
[connections.gsheets]
spreadsheet = "https://docs.google.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ/edit"
type = "service_account"
client_email = "seat@school.iam.gserviceaccount.com"
private_key = "..."
[access]
open = true
"""


def main() -> None:
    """Look at the sample school, then at one that is not set up right."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=list(FLAGS))

        def page() -> Page:
            return browser.new_page(viewport=WINDOW, color_scheme="light")

        _look(SAMPLE, page)
        _look(BROKEN, page, secrets=HALF_FILLED)
        with tempfile.TemporaryDirectory() as folder, running_app(Path(folder)) as address:
            walking = page()
            walking.goto(address)
            walk_and_look(walking, Path(folder))
            walking.close()
        browser.close()


def _look(shots: Sequence[Shot], page: Callable[[], Page], *, secrets: str = "") -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder), secrets=secrets) as address,
    ):
        for shot in shots:
            looking = page()
            take(looking, address, shot)
            looking.close()


if __name__ == "__main__":
    main()
