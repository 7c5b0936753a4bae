"""What a person said about a column; it wins over anything recognised."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.intake.dates import ORDERS
from lib.intake.feedback import Role
from lib.intake.headers import Header, read_headers
from lib.intake.text import clean
from lib.workbook.protocol import Cell
from lib.workbook.records import Record


@dataclass(frozen=True)
class Correction:
    """One record of PD Columns. ``header`` as shown (no teacher's name); ``ordinal`` counts the
    columns with that header from the left, from 1. None leaves it to recognition, and so does an
    empty ``date_order``, which counts for timestamps only.
    """

    header: str
    ordinal: int = 1
    role: Role | None = None
    practice: str | None = None
    low: int | None = None
    high: int | None = None
    favorable_from: int | None = None
    date_order: str = ""

    def fits(self, header: Header) -> bool:
        """Whether this correction is about that column."""
        return self.header == header.shown and self.ordinal == header.ordinal


def corrections_of(records: Iterable[Record]) -> tuple[Correction, ...]:
    """The corrections as they stand in PD Columns. A cell nobody can read counts as empty."""
    return tuple(_correction(record.fields) for record in records)


def fields_of(correction: Correction) -> dict[str, str]:
    """A correction as the readable columns of PD Columns."""
    return {
        "header": correction.header,
        "ordinal": str(correction.ordinal),
        "role": correction.role.value if correction.role else "",
        "practice": correction.practice or "",
        "low": _text(correction.low),
        "high": _text(correction.high),
        "favorable_from": _text(correction.favorable_from),
        "date_order": correction.date_order,
    }


def kept_positions(header: Sequence[Cell], corrections: Sequence[Correction]) -> frozenset[int]:
    """Positions that a person says are no identity: what ``encode`` needs to know."""
    if not corrections:
        return frozenset()
    return frozenset(
        column.position
        for column in read_headers(header)
        for correction in corrections
        if correction.fits(column) and correction.role not in (None, Role.IDENTITY)
    )


def _correction(fields: Mapping[str, str]) -> Correction:
    role = clean(fields.get("role"))
    return Correction(
        header=clean(fields.get("header")),
        ordinal=_number(fields.get("ordinal")) or 1,
        role=Role(role) if role in set(Role) else None,
        practice=clean(fields.get("practice")) or None,
        low=_number(fields.get("low")),
        high=_number(fields.get("high")),
        favorable_from=_number(fields.get("favorable_from")),
        date_order=order if (order := clean(fields.get("date_order")).lower()) in ORDERS else "",
    )


def _number(text: str | None) -> int | None:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return None


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
