"""Reading an exported file: CSV in any dialect and encoding, or XLSX."""

from pathlib import Path

from lib.intake.csv_files import decode, read_csv
from lib.intake.exported import Table
from lib.intake.header_row import header_row, is_filled
from lib.intake.text import clean
from lib.intake.unreadable import IntakeProblem, not_a_table
from lib.intake.xlsx_files import read_xlsx
from lib.workbook.protocol import Cell

_LARGEST_MB = 400
_MOST_COLUMNS = 18_278
"""A sheet's last column is ZZZ."""
_WRONG_STARTS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a packed file",
}


def read_file(path: Path) -> Table:
    """The table of an exported file, every record of it. Raises IntakeProblem."""
    if path.is_dir():
        # Also what an empty name means: the folder one is in.
        raise IntakeProblem(
            "No file is named: this is a folder.", "Give the name of the exported file."
        )
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= _LARGEST_MB * 2**20 else b""
    except OSError as error:
        raise IntakeProblem(
            f"The file {path.name} cannot be opened ({error.strerror}).",
            "Check its name and folder, and that you may read it.",
        ) from error
    if size > _LARGEST_MB * 2**20:
        raise IntakeProblem(
            f"The file is larger than {_LARGEST_MB} MB.",
            "Connect the spreadsheet itself, or export fewer answers.",
        )
    return read_bytes(data)


def read_bytes(data: bytes) -> Table:
    """The table of a file's content. Raises IntakeProblem."""
    for start, what in _WRONG_STARTS.items():
        if data.startswith(start):
            raise not_a_table(f"This is {what}, not a table of answers.")
    if data.startswith(b"PK\x03\x04"):
        return _with_header(*read_xlsx(data))
    return _with_header(read_csv(decode(data)))


def _with_header(rows: list[list[Cell]], other_tabs: str = "") -> Table:
    filled = [row for row in rows if is_filled(row)]
    if not filled:
        raise IntakeProblem(
            "This file is empty.", "Export the sheet with the form's answers and try again."
        )
    at = header_row(rows)
    header = rows[at]
    if max(map(len, filled)) > _MOST_COLUMNS:
        raise not_a_table(f"This file has more than {_MOST_COLUMNS:,} columns, as no sheet has.")
    if sum(1 for cell in header if clean(cell)) < 2 and max(map(len, filled)) < 2:
        raise not_a_table("This file has only one column.")
    return Table(header, rows[at + 1 :], at, other_tabs)
