"""Tables that are placed as they are."""

import pandas as pd

from lib.evidence.coverage import Coverage
from lib.text import plain


def coverage_table(coverage: Coverage) -> pd.DataFrame:
    """One row a published group: enrolled, answers, rate, and whether it was heard too little."""
    return pd.DataFrame(
        {
            "Group": [group.name for group in coverage.groups],
            "Enrolled": [str(group.enrolled) for group in coverage.groups],
            "Answers": [f"about {group.n}" for group in coverage.groups],
            "Rate": [f"about {group.rate}%" for group in coverage.groups],
            "Heard": ["less than the others" if group.low else "" for group in coverage.groups],
        }
    )


def plain_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its words escaped: Streamlit reads Markdown in headings and cells."""
    escaped = table.map(lambda cell: plain(cell) if isinstance(cell, str) else cell)
    return escaped.rename(columns=lambda name: plain(str(name)))
