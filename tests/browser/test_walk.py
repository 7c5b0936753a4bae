"""The whole line on a school's own form, which is not ours: through the Sheets protocol."""

from pathlib import Path

import pytest

from tests.browser.app import running_app
from tests.browser.conftest import Visit
from tests.browser.walk import walk
from tests.sheets.fixtures import sheets, sheets_server
from tests.sheets.server import SheetsServer

__all__ = ["sheets", "sheets_server"]

pytestmark = pytest.mark.browser

KEY = "1WaLkAbCdEfGhIjKlMnOpQrStUvWxYz0123456789abc"
TAB = "Form Responses 1"
OPEN = "\n[access]\nopen = true\n"
PRACTICES = (
    "The tutor came prepared",
    "The tutor made the topic interesting",
    "The tutor explained things clearly",
    "The tutor led the seminar well",
    "The tutor welcomes questions",
    "The tutor makes me curious about the subject",
    "The tutor gets us to discuss",
    "The tutor makes me think",
    "The tutor gets along with the class",
    "The tutor is there in office hours",
)
PROMPTS = (
    "What has been good about this course so far?",
    "What has not been good, and what could be better?",
    "Anything else you want to say",
)
# Days as the sheet counts them: 2023-11-06, 2025-03-10 and 2025-04-14.
WAVES = ((45236.5, 11), (45726.5, 12), (45761.5, 21))


def evaluations() -> list[list[object]]:
    """A small teacher's evaluations: three groups of students, ten practices from 1 to 5, some
    left blank, three prompts that few answer.
    """
    rows: list[list[object]] = [["Timestamp", *PRACTICES, *PROMPTS]]
    for day, count in WAVES:
        for i in range(count):
            ratings = [(3 + (i * (p + 2) + p) % 3) if (i + p) % 9 else "" for p in range(10)]
            words = [f"Good point number {i}" if i % 3 == 0 else "", "", "Thanks" if i == 4 else ""]
            rows.append([day + i / 1440, *ratings, *words])
    return rows


def test_from_answers_to_the_students_page(
    sheets: SheetsServer, tmp_path: Path, visit: Visit
) -> None:
    form = evaluations()
    spreadsheet = sheets.add_spreadsheet(KEY, {TAB: form})
    secrets = sheets.secrets_toml(KEY) + OPEN
    with running_app(tmp_path, secrets=secrets, environment=sheets.environment()) as address:
        pages = walk(address, visit, spreadsheet, form, TAB)
    assert "Too few to rank" in pages["priorities"]
    assert "Open to everybody" in pages["home"]
    assert "About 40 answers of closed waves read" in pages["setup"]
    log = (tmp_path / "app.log").read_text(encoding="utf-8")
    assert "Good point number" not in log
    assert "PRIVATE KEY" not in log
