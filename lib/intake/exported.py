"""An exported file's table of answers, and what there is to say of it beside its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lib.catalogue import Practice
from lib.intake.answers import encode
from lib.intake.feedback import Feedback, Problem
from lib.intake.understand import understand
from lib.text import count
from lib.workbook.protocol import Cell

ABOVE = "above the questions"


@dataclass(frozen=True)
class Table:
    """A file's questions and every row below them; ``above`` is how many rows stand over them.

    ``rows`` are ragged as they came; the first of them is row ``above + 2`` of the file.
    ``other_tabs``: a sentence about the tabs of a workbook that were not read, or empty.
    """

    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    above: int = 0
    other_tabs: str = ""


def understand_table(table: Table, practices: Sequence[Practice]) -> Feedback:
    """Read a file's answers. Every row but the questions is a response or counted as left out."""
    feedback = understand(encode(table.header, table.rows, table.above + 2), practices)
    says = [Problem(None, None, table.other_tabs)] if table.other_tabs else []
    if not table.above:
        return replace(feedback, problems=(*says, *feedback.problems))
    row = table.above + 1
    left = f"{count(table.above, 'row')} above it {'was' if table.above == 1 else 'were'} left out"
    found = Problem(row, None, f"The questions were found in row {row}; {left}.")
    return replace(
        feedback,
        left_out={ABOVE: table.above, **feedback.left_out},
        problems=(*says, found, *feedback.problems),
    )
