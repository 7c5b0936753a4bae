"""How a form was understood, as tables for the Setup page. No answer is in them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from lib.intake.feedback import Column, Problem
from lib.intake.text import letter
from lib.text import count, join_words


def column_table(columns: Sequence[Column], names: Mapping[str, str]) -> pd.DataFrame:
    """One row a column of the sheet: its letter, question, what it holds, and why we think so."""
    return pd.DataFrame(
        {
            "Column": [letter(column.position) for column in columns],
            "Question": [column.header for column in columns],
            "Holds": [_holds(column, names) for column in columns],
            "Why": [column.reason for column in columns],
        }
    )


def problem_table(problems: Sequence[Problem]) -> pd.DataFrame:
    """One row a problem: where to look in the sheet, and what to look at."""
    return pd.DataFrame(
        {
            "Where": [_where(problem) for problem in problems],
            "What": [problem.says for problem in problems],
        }
    )


def left_out_words(left_out: Mapping[str, int]) -> str:
    """Say which rows were left out: "3 left out (2 blank, 1 without consent)", or "none"."""
    total = sum(left_out.values())
    if not total:
        return "none left out"
    reasons = join_words([f"{number} {reason}" for reason, number in left_out.items() if number])
    return f"{count(total, 'row')} left out: {reasons}"


def _holds(column: Column, names: Mapping[str, str]) -> str:
    words = column.role.value
    if column.scale:
        words += f" from {column.scale.low} to {column.scale.high}"
    if column.practice:
        words += f" of “{names.get(column.practice, column.practice)}”"
    return words


def _where(problem: Problem) -> str:
    place = [f"row {problem.row}"] if problem.row else []
    place += [f"column {letter(problem.column)}"] if problem.column else []
    return ", ".join(place) or "the whole sheet"
