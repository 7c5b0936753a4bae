"""How a form was understood, as JSON for programs and as text for people."""

from typing import Any

import numpy as np

from lib.intake.feedback import MISSING, Column, Feedback
from lib.text import count
from lib.workbook.layout import column_letters


def as_json(feedback: Feedback) -> dict[str, Any]:
    """The report of ``python -m lib.intake --json``: counts, columns and problems, no answers."""
    first, last = _span(feedback)
    return {
        "responses": len(feedback),
        "left_out": dict(feedback.left_out),
        "first": first,
        "last": last,
        "columns": [_column(column) for column in feedback.columns],
        "ratings": int((feedback.ratings != MISSING).sum()),
        "comments": len(feedback.comments),
        "problems": [{"row": p.row, "column": p.column, "says": p.says} for p in feedback.problems],
    }


def as_text(feedback: Feedback) -> str:
    """The same for a person: what was understood, column by column, and what to look at."""
    first, last = _span(feedback)
    left_out = sum(feedback.left_out.values())
    lines = [
        count(len(feedback), "response")
        + (f", from {first} to {last}" if first else "")
        + f"; {count(left_out, 'row')} left out"
    ]
    lines += [f"  {number} {reason}" for reason, number in feedback.left_out.items()]
    lines += [
        f"{count(int((feedback.ratings != MISSING).sum()), 'rating')} of "
        f"{count(len(feedback.scales), 'practice')}; {count(len(feedback.comments), 'comment')}",
        "",
        "Columns",
    ]
    for column in feedback.columns:
        scale = f" {column.scale.low}-{column.scale.high}" if column.scale else ""
        lines.append(
            f"  {column_letters(column.position):>3}  {column.role}{scale}: {column.header}"
        )
        lines.append(f"       {column.reason} ({column.sureness})")
    lines += ["", "Please look at" if feedback.problems else "No problems"]
    for problem in feedback.problems:
        place = [f"row {problem.row}"] if problem.row else []
        place += [f"column {column_letters(problem.column)}"] if problem.column else []
        lines.append(f"  {', '.join(place) or 'the whole sheet'}: {problem.says}")
    return "\n".join(lines)


def _column(column: Column) -> dict[str, Any]:
    return {
        "position": column.position,
        "header": column.header,
        "role": column.role.value,
        "practice": column.practice,
        "scale": [column.scale.low, column.scale.high] if column.scale else None,
    }


def _span(feedback: Feedback) -> tuple[str | None, str | None]:
    known = feedback.at[~np.isnat(feedback.at)]
    if not len(known):
        return None, None
    return str(known.min()), str(known.max())
