"""The data dictionary, docs/data.md: ``python -m lib.workbook.dictionary > docs/data.md``."""

import sys

from lib.workbook.tabs import KEY_COLUMNS, TABS

_KEYS = {
    "event_id": "what tells this row from all others; a row that was sent twice counts once",
    "record_id": "what the row is about; all rows with one record id are its history",
    "revision": "which word on it this is: one more than the newest that was seen",
    "at": "when it was decided (UTC, ISO 8601)",
    "who": "who decided: the address that signed in, or a role on the sample school",
}


def as_markdown() -> str:
    """Every tab of ours and every column, in words."""
    lines = [
        "# Data dictionary",
        "",
        "Made from the code by `python -m lib.workbook.dictionary > docs/data.md`; a test fails",
        "when it is out of date. Answers stand in the form's own tab, which the app never writes.",
        "Everything else is rows that are added to the tabs below and never changed: the newest",
        "row of a record holds, the others are its history.",
        "",
        "## In every tab",
        "",
        *_table({name: _KEYS[name] for name in KEY_COLUMNS}),
    ]
    for tab in TABS.values():
        lines += ["", f"## {tab.name}", "", f"{tab.holds}.", "", *_table(tab.columns)]
    return "\n".join(lines) + "\n"


def _table(columns: dict[str, str]) -> list[str]:
    rows = (f"| `{name}` | {means} |" for name, means in columns.items())
    return ["| column | holds |", "|---|---|", *rows]


if __name__ == "__main__":
    sys.stdout.write(as_markdown())
