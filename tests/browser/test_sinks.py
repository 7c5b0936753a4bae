"""A school whose form and decisions are full of markup: it is shown as it was typed, everywhere.

The page's console has to stay silent too: the policy in the headers would complain there about
anything that was about to be loaded from elsewhere.
"""

from pathlib import Path

import pytest

from lib.access import SCREENS
from tests.browser.app import running_app
from tests.browser.conftest import Visit, settle
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

KEY = "1SiNkAbCdEfGhIjKlMnOpQrStUvWxYz0123456789abc"
OPEN = "\n[access]\nopen = true\n"
ELSEWHERE = "evil.example"
MARKUP = (
    f"![p](https://{ELSEWHERE}/p.png) [l](https://{ELSEWHERE}/l) www.{ELSEWHERE} "
    f'<img src="https://{ELSEWHERE}/i.png" onerror="window.pwned=1"> <b>bold</b> **strong** '
    ":material/home: :red[red] $x^2$ &lt;i&gt;"
)
SHOWN = ("![p](https://", "<b>bold</b> **strong**", ":red[red] $x^2$ &lt;i&gt;")
STAMP = [1, "2026-01-05T00:00:00+00:00", MARKUP]
FIRST = ["event_id", "record_id", "revision", "at", "who"]


def form() -> list[list[object]]:
    """Forty answers; the practices, the groups and the prompt are full of markup."""
    header = ["Timestamp", f"Grade {MARKUP}", *(f"Pace? [{n} {MARKUP}]" for n in "AB"), MARKUP]
    return [
        header,
        *(
            [46000.5 + i / 1000, f"{6 + i % 2} {MARKUP}", 1 + i % 5, 1 + i % 4, f"Why? {MARKUP}"]
            for i in range(40)
        ),
    ]


FROM_MARKUP = """elsewhere => [...document.querySelectorAll(
    'a, img, b, strong, i, script, .katex')].filter(e =>
      (e.hostname || '').endsWith(elsewhere) || (e.src || '').includes(elsewhere)
      || /^(bold|strong)$/.test(e.textContent) || e.classList.contains('katex'))
    .map(e => e.outerHTML.slice(0, 200))"""
"""What the page's markup was made of: links and pictures elsewhere, strong words, formulas."""

TABS: dict[str, list[list[object]]] = {
    "Form Responses 1": form(),
    "PD Waves": [
        [*FIRST, "label", "opens", "closes"],
        ["e1", "w1", *STAMP, f"Winter {MARKUP}", "2025-12-01T00:00:00", "2026-01-01T00:00:00"],
    ],
    "PD Settings": [
        [*FIRST, "name", "value"],
        ["e2", "s1", *STAMP, "school name", f"Elm {MARKUP}"],
        ["e3", "s2", *STAMP, "floor staff", MARKUP],
    ],
    "PD Focus": [
        [*FIRST, "practice", "state", "owner", "done_when", "evidence", "wave"],
        ["e4", "f1", *STAMP, MARKUP, "running", MARKUP, MARKUP, MARKUP, "w1"],
        ["e5", "f2", *STAMP, "feedback", "dropped", MARKUP, MARKUP, MARKUP, "w1"],
    ],
    "PD Conversations": [
        [*FIRST, "date", "kind", "students", "standings", "heard"],
        ["e7", "c1", *STAMP, "2025-12-05", MARKUP, MARKUP, f"{MARKUP}: works", MARKUP],
        ["e8", "c2", *STAMP, "2025-12-05", "", "", "feedback: works", MARKUP],
    ],
    "PD Panels": [
        [*FIRST, "date", "kind", "wave", "guesses", "order", "concerns"],
        ["e9", "n1", *STAMP, "2025-12-05", "student panel", "w1", "", MARKUP, f"a: {MARKUP}"],
    ],
    "PD Promises": [
        [*FIRST, "focus", "practice", "state", "you_said", "we_did", "owner", "wave"],
        ["e6", "p1", *STAMP, "f1", MARKUP, "doing", MARKUP, MARKUP, MARKUP, "w1"],
    ],
}


def test_markup_is_shown_and_never_obeyed(
    sheets: SheetsServer, tmp_path: Path, visit: Visit
) -> None:
    sheets.add_spreadsheet(KEY, TABS)
    secrets = sheets.secrets_toml(KEY) + OPEN
    asked: list[str] = []
    said: dict[str, str] = {}
    with running_app(tmp_path, secrets=secrets, environment=sheets.environment()) as address:
        for path in (*(s.path for s in SCREENS), f"trends?by=Grade {MARKUP}", "students"):
            page = visit("about:blank")
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{address}/{path}")
            if path != "students":
                settle(page)
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                page.wait_for_timeout(300)
            made = page.evaluate(FROM_MARKUP, ELSEWHERE)
            assert made == [], path
            assert page.evaluate("window.pwned") is None
            assert page.locator('[aria-label="home icon"]').count() == 0
            said[path] = page.inner_text("body").replace("\u2060", "")
            page.close()
    assert [url for url in asked if ELSEWHERE in url.split("?")[0]] == []
    for path in ("", "trends", "plan"):
        assert all(text in said[path] for text in SHOWN), path
    assert SHOWN[0] in said["columns"]
    log = (tmp_path / "app.log").read_text(encoding="utf-8")
    assert ELSEWHERE not in log
    assert "incident" not in log
