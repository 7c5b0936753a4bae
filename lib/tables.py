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
    """The table with its words escaped: Streamlit reads Markdown in headings and cells.

    Its index, which no page shows, is left out. Row by row, for pandas' own way takes ten times
    as long for a few rows.
    """
    rows = [
        [plain(cell) if isinstance(cell, str) else cell for cell in row]
        for row in table.itertuples(index=False, name=None)
    ]
    return pd.DataFrame(rows, columns=[plain(str(name)) for name in table.columns])
