"""Tables that are placed as they are."""

from collections.abc import Sequence

import pandas as pd

from lib.evidence.coverage import Coverage
from lib.evidence.groups import over_waves
from lib.evidence.types import Cell, Evidence, Figure


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


def group_table(evidence: Evidence, cells: Sequence[Cell], practice: str) -> pd.DataFrame:
    """One practice's printed shares: a row a wave, oldest first, and a column a group."""
    return pd.DataFrame(
        {
            "Wave": [table.wave.label for table in evidence.waves],
            **{
                cell.name: [
                    printed.text if isinstance(printed, Figure) else printed.reason
                    for _, printed in over_waves(evidence, cell, practice)
                ]
                for cell in cells
            },
        }
    )
