"""The strip that shows how the students' part in PD grew, session by session (SVG)."""

from collections.abc import Sequence
from html import escape

from lib.charts import Palette
from lib.decided import day_words
from lib.plan.calendar import Step
from lib.students_part import StudentPart

MOST = 7
"""Sessions: more would be too small to read on a phone."""

_LEFT, _STEP, _SQUARE, _ROW = 104, 42, 20, 24
"""Pixels: room for the words, from column to column, a square's side, from row to row."""


def strip(told: Sequence[Step], palette: Palette) -> str:
    """The last sessions as columns that are filled up to the students' part, least at the bottom.

    Its text alternative says every session.
    """
    shown = told[-MOST:]
    ladder = list(StudentPart)
    width, height = _LEFT + _STEP * len(shown), _ROW * len(ladder) + 40
    says = "; ".join(f"{day_words(step.on)}: {step.part.value}" for step in shown)
    rows = "".join(
        f'<text x="{_LEFT - 10}" y="{_top(level) + 15}" text-anchor="end">{part.value}</text>'
        for level, part in enumerate(ladder)
    )
    columns = "".join(
        _column(place, step, ladder, palette, new_term=_is_new(shown, place))
        for place, step in enumerate(shown)
    )
    told_words = escape(f"Students' part in each PD session. {says}", quote=True)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="100%" style="max-width:{width / 16}rem" '
        f'role="img" aria-label="{told_words}" fill="currentColor" font-size="13">'
        f"{rows}{columns}</svg>"
    )


def _column(
    place: int, step: Step, ladder: Sequence[StudentPart], palette: Palette, *, new_term: bool
) -> str:
    x, reached = _LEFT + _STEP * place, ladder.index(step.part)
    squares = "".join(
        f'<rect x="{x}" y="{_top(level)}" width="{_SQUARE}" height="{_SQUARE}" rx="3" '
        + (
            f'fill="{palette.accent}"/>'
            if level <= reached
            else f'fill="none" stroke="{palette.quiet}" stroke-opacity=".5"/>'
        )
        for level in range(len(ladder))
    )
    if not new_term:
        return squares
    season, year = step.term.split(" ")
    under = _ROW * len(ladder)
    return (
        f'{squares}<text x="{x}" y="{under + 14}" font-size="12">{season}</text>'
        f'<text x="{x}" y="{under + 29}" font-size="12">{year}</text>'
    )


def _top(level: int) -> int:
    return _ROW * (len(StudentPart) - 1 - level)


def _is_new(shown: Sequence[Step], place: int) -> bool:
    return place == 0 or shown[place].term != shown[place - 1].term
