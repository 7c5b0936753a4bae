"""Which columns of a form share a scale."""

from collections.abc import Iterable

from lib.intake.labels import NUMBERS, WORDED
from lib.intake.number_scales import read_number_scales
from lib.intake.readings import Family, Rated, Reading
from lib.intake.text import fold
from lib.intake.word_scales import read_word_scales


def read_scales(rated: Iterable[Rated]) -> dict[int, Reading]:
    """The scale of each column, by position; columns of one grid share one scale.

    A column is missing from the answer where its numbers are no rating after all.
    """
    grouped: dict[tuple[str, str], list[Rated]] = {}
    for column in rated:
        header, kind = column.header, column.candidate.kind
        grid = fold(header.question) if header.row is not None else f"column {header.position}"
        if kind.startswith(WORDED):
            grid = ""  # labels that share a word are one scale wherever they stand
        grouped.setdefault((grid, kind), []).append(column)
    families = [Family(tuple(columns)) for columns in grouped.values()]
    return {
        **read_number_scales([f for f in families if f.kind == NUMBERS]),
        **read_word_scales([f for f in families if f.kind != NUMBERS]),
    }
