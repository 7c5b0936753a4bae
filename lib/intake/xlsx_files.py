"""An exported Excel workbook: the tab that holds the answers."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date, datetime
from datetime import time as time_of_day

from lib.intake.header_row import header_row, is_filled
from lib.intake.identity import names_somebody, stand_in
from lib.intake.lexicon import lexicon
from lib.intake.people import is_bare_name
from lib.intake.text import clean, fold
from lib.intake.unreadable import IntakeProblem, not_a_table
from lib.text import join_words
from lib.workbook.form_tab import has_form_title
from lib.workbook.protocol import Cell
from lib.workbook.serials import DAY_ZERO

_LARGEST_UNPACKED_MB = 1_000
_SUSPICIOUS_MB, _MOST_UNPACKED_TIMES = 50, 200
_MOST_XLSX_CELLS = 40_000_000
"""A million answers to forty questions. A file of a few bytes can claim to hold many more."""

_TABS_NAMED = 5


def read_xlsx(data: bytes) -> tuple[list[list[Cell]], str]:
    """The rows of a workbook's tab of answers. Raises IntakeProblem.

    The tab that starts with timestamps, else the one with the most filled cells on top; and a
    sentence where others hold something too ("": none do).
    """
    import openpyxl  # a third of a second that the app itself never needs

    with _whatever_fails("This file is no Excel workbook that can be read."):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            # What unpacks to more than it declares is refused by the reader of such packages.
            unpacked = sum(part.file_size for part in package.infolist())
        if _too_large(unpacked, len(data)):
            raise _oversized()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    with closing(book), _whatever_fails("This Excel workbook is damaged."):
        room = _MOST_XLSX_CELLS
        tabs: list[tuple[str, list[list[Cell]]]] = []
        for sheet in book.worksheets:
            rows: list[list[Cell]] = []
            # What a sheet says of its own size may be wrong, or a trap: the cells count.
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                room -= max(len(row), 1)
                if room < 0:
                    raise _oversized()
                rows.append([_cell(value) for value in row])
            tabs.append((_title(sheet.title, len(tabs) + 1), rows))
    filled = [(title, rows) for title, rows in tabs if any(map(is_filled, rows))]
    if not filled:
        return [], ""
    title, rows = max(filled, key=lambda tab: _size(tab[1]))
    others = [other for other, its_rows in filled if its_rows is not rows]
    return rows, _left_tabs(title, others) if others else ""


@contextmanager
def _whatever_fails(says: str) -> Iterator[None]:
    """Say what is wrong with a file that somebody chose.

    A broken or hostile package fails in openpyxl, zipfile or the XML below them, in ways that none
    of them lists. What is said already stays.
    """
    try:
        yield
    except IntakeProblem:
        raise
    except Exception as error:
        raise not_a_table(says) from error


def _title(title: str, number: int) -> str:
    """A tab by its title, or by its place where the title could be somebody's name."""
    person = stand_in(title) or names_somebody(title) or is_bare_name(title)
    return f"tab {number}" if person and not has_form_title(title) else f"“{clean(title)}”"


def _left_tabs(title: str, others: Sequence[str]) -> str:
    more = [f"{len(others) - _TABS_NAMED} more"] if len(others) > _TABS_NAMED else []
    left = join_words([*others[:_TABS_NAMED], *more])
    verb = "was" if len(others) == 1 else "were"
    return (
        f"Several tabs of this workbook hold something. {title[0].upper()}{title[1:]} was read; "
        f"{left} {verb} left out. If answers stand there, export that tab by itself."
    )


def _too_large(unpacked: int, packed: int) -> bool:
    """Whether a package unpacks to more than a form's answers ever would."""
    bomb = unpacked > _SUSPICIOUS_MB * 2**20 and unpacked > _MOST_UNPACKED_TIMES * packed
    return bomb or unpacked > _LARGEST_UNPACKED_MB * 2**20


def _size(rows: list[list[Cell]]) -> tuple[bool, int]:
    header = rows[header_row(rows)]
    timed = any(lexicon().header_says(fold(clean(cell)), "timestamp") for cell in header)
    return timed, sum(1 for row in rows[:2_000] for cell in row if clean(cell))


def _cell(value: object) -> Cell:
    """A cell as the Sheets API would give it: dates as serial days."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - DAY_ZERO).total_seconds() / 86_400
    if isinstance(value, date):
        return float((value - DAY_ZERO.date()).days)
    if isinstance(value, time_of_day):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return str(value)


def _oversized() -> IntakeProblem:
    return IntakeProblem(
        "This workbook is too large to open.", "Export the answers as CSV instead."
    )
