"""Lists by practice as one cell of a sheet that a person can read: "choice: 40; calm: 70"."""

from collections.abc import Mapping, Sequence

from lib.decided import one_line


def to_cell(values: Mapping[str, str], between: str = "; ") -> str:
    """Practices with their values, in their order; empty values are left out."""
    return between.join(f"{practice}: {value}" for practice, value in values.items() if value)


def from_cell(cell: str, between: str = ";") -> dict[str, str]:
    """Read it back; what is no "practice: value" is left out. The first of a practice counts."""
    found: dict[str, str] = {}
    for part in cell.split(between):
        practice, colon, value = part.partition(":")
        if colon and practice.strip() and value.strip():
            found.setdefault(practice.strip(), one_line(value))
    return found


def order_to_cell(practices: Sequence[str]) -> str:
    """Practices in an order."""
    return "; ".join(practices)


def order_from_cell(cell: str) -> tuple[str, ...]:
    """Read an order back; a practice counts once."""
    return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
