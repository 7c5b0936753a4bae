"""Problems in order, and as they may be shown: nothing of what somebody answered is in them."""

from collections.abc import Sequence

from lib.intake.feedback import Problem
from lib.workbook.layout import column_letters


def in_order(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Problems in the sheet's order; one sentence about many columns stands once."""
    by_sentence: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        by_sentence.setdefault((problem.says, problem.on_screen), []).append(problem)
    once: list[Problem] = []
    for (says, on_screen), alike in by_sentence.items():
        positions = sorted({p.column for p in alike if p.column is not None})
        if len(positions) > 1 and all(p.row is None for p in alike):
            named = f" (Columns {', '.join(map(column_letters, positions))}.)"
            shown = f"{on_screen}{named}" if on_screen else ""
            once.append(Problem(None, positions[0], f"{says}{named}", shown))
        else:
            once += alike
    return tuple(sorted(once, key=lambda p: (p.column or 0, p.row or 0)))


def on_screen(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems as a page shows them: of an answer, neither its row nor how many are alike.

    Whoever could change the ends of a scale and read the rows off it would read single answers.
    """
    discreet = [Problem(None, p.column, p.on_screen) if p.on_screen else p for p in problems]
    # By their words first: the order they come in is that of their rows.
    return in_order(sorted(discreet, key=lambda p: p.says))
