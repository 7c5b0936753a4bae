"""The data dictionary says what the code does."""

from pathlib import Path

from lib.workbook.dictionary import as_markdown
from lib.workbook.tabs import KEY_COLUMNS, TABS

DOCUMENT = Path(__file__).parents[3] / "docs" / "data.md"


def test_the_document_is_the_one_the_code_makes() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == as_markdown()


def test_every_tab_and_column_is_in_it() -> None:
    parts = as_markdown().split("\n## ")
    assert [part.splitlines()[0] for part in parts[1:]] == ["In every tab", *TABS]
    every = (KEY_COLUMNS, *(tab.columns for tab in TABS.values()))
    for part, columns in zip(parts[1:], every, strict=True):
        rows = [line for line in part.splitlines() if line.startswith("| `")]
        assert [row.split("`")[1] for row in rows] == list(columns)
