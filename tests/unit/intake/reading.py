"""What the tests of intake share: read a small table, compare two readings, walk all they hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass

import numpy as np

from lib.catalogue import CATALOGUE
from lib.intake import Correction, Feedback, encode, understand
from lib.intake.files import read_bytes
from lib.workbook.protocol import Cell

Rows = Sequence[Sequence[Cell]]


def read(header: Sequence[Cell], rows: Rows, corrections: Sequence[Correction] = ()) -> Feedback:
    """Read a whole table at once, as it would stand in a sheet."""
    return understand(encode(header, rows), CATALOGUE, corrections)


def cells_of(data: bytes) -> tuple[Sequence[Cell], Rows]:
    """The header and the rows of a file's content."""
    table = read_bytes(data)
    return table.header, table.rows


def roles(feedback: Feedback) -> list[str]:
    """The roles of the columns, in the sheet's order; a rating with its scale: "rating 1-5"."""
    return [
        f"{c.role} {c.scale.low}-{c.scale.high}" if c.role == "rating" and c.scale else str(c.role)
        for c in feedback.columns
    ]


def said(feedback: Feedback) -> str:
    """All problems as one text."""
    return "\n".join(problem.says for problem in feedback.problems)


def same(one: object, other: object) -> bool:
    """Whether two readings hold the same, arrays included."""
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.dtype == other.dtype and np.array_equal(
            one, other, equal_nan=one.dtype.kind == "M"
        )
    if is_dataclass(one) and is_dataclass(other):
        return type(one) is type(other) and all(
            same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one)
        )
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def texts(held: object) -> Iterator[str]:
    """Every text and number that something holds, however deep."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, np.ndarray):
        yield from map(str, held.ravel().tolist())
    elif is_dataclass(held):
        for field in fields(held):
            yield from texts(getattr(held, field.name))
    elif isinstance(held, Mapping):
        for key, value in held.items():
            yield from texts(key)
            yield from texts(value)
    elif isinstance(held, list | tuple | set | frozenset):
        for item in held:
            yield from texts(item)
    else:
        yield str(held)
