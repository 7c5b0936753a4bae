"""Reading an exported file: CSV in any dialect and encoding, or XLSX."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from datetime import time as time_of_day
from itertools import chain
from pathlib import Path

from charset_normalizer import from_bytes

from lib.intake.dates import parse
from lib.intake.exported import Table
from lib.intake.header_row import header_row
from lib.intake.identity import names_somebody, stand_in
from lib.intake.lexicon import lexicon
from lib.intake.people import is_bare_name
from lib.intake.text import UNREADABLE, clean, fold
from lib.text import join_words
from lib.workbook.form_tab import has_form_title
from lib.workbook.protocol import Cell
from lib.workbook.serials import DAY_ZERO

_LARGEST_MB = 400
_LARGEST_UNPACKED_MB = 1_000
_SUSPICIOUS_MB, _MOST_UNPACKED_TIMES = 50, 200
_MOST_XLSX_CELLS = 40_000_000
"""A million answers to forty questions. A file of a few bytes can claim to hold many more."""

_TABS_NAMED = 5
_CSV_FIELD = 200_000
_SAMPLE = 200_000
_END = "\x03"
"""A line of its own behind the last, by which a record that is still open shows."""
_OLD_ENCODINGS = ("cp1252", "cp1254", "cp1256", "cp1258", "cp1250", "gb18030", "big5")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_MOST_COLUMNS = 18_278
"""A sheet's last column is ZZZ."""
_SAYS_DELIMITER = re.compile(r'"?sep=([,;|\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line that only tells Excel the delimiter, and that Excel does not count as a row."""

_WRONG_STARTS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a packed file",
}


class IntakeProblem(Exception):
    """A file that cannot be read as a form's answers; both sentences are for a person to read."""

    def __init__(self, says: str, do: str) -> None:
        super().__init__(f"{says} {do}")
        self.says = says
        self.do = do


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
            raise _not_a_table(f"This is {what}, not a table of answers.")
    if data.startswith(b"PK\x03\x04"):
        return _with_header(*_read_xlsx(data))
    return _with_header(_read_csv(_decode(data)))


def _read_csv(text: str) -> list[list[Cell]]:
    if text[:2_000].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise _not_a_table("This is a web page, not a table of answers.")
    if text[:1_000].lstrip()[:1] in ("{", "[") and text.rstrip()[-1:] in ("}", "]"):
        raise _not_a_table("This is JSON, not a table of answers.")
    csv.field_size_limit(_CSV_FIELD)
    if said := _SAYS_DELIMITER.match(text):
        text, delimiter = text[said.end() :], said[1]
    else:
        delimiter = _delimiter(text)
    try:
        return _strict_records(text, delimiter)
    except csv.Error:
        pass
    try:
        return _lenient_records(text, delimiter)
    except csv.Error as error:
        raise _not_a_table(
            "A cell of this file is far too long, as if a quotation mark were never closed."
        ) from error


def _strict_records(text: str, delimiter: str) -> list[list[Cell]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [list(row) for row in reader]


def _lenient_records(text: str, delimiter: str) -> list[list[Cell]]:
    """Records with quotation marks inside answers. Raises IntakeProblem where one that is never
    closed would swallow the rows after it.
    """
    ended = text if text.endswith(("\n", "\r")) else f"{text}\n"
    lines = chain(io.StringIO(ended, newline=""), [_END])
    reader = csv.reader(lines, delimiter=delimiter)
    records: list[list[Cell]] = []
    begins = next_begins = 1
    width = 0
    for row in reader:
        begins, next_begins = next_begins, reader.line_num + 1
        width = width or (len(row) if _has_cells(row) else 0)
        if _swallows(row, delimiter, width):
            raise _unclosed(begins)
        records.append([*row])
    if records.pop() != [_END]:
        raise _unclosed(begins)
    return records


def _swallows(row: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a cell holds other rows: lines that begin with a moment as their own row does, or,
    where rows begin with none, lines of as many cells as the header.
    """
    timed = parse(row[0]) is not None if row else False
    for cell in row:
        for line in cell.splitlines()[1:]:
            cells = next(csv.reader([line], delimiter=delimiter), [])
            if len(cells) > 1 and (parse(cells[0]) is not None if timed else len(cells) == width):
                return True
    return False


def _has_cells(row: Sequence[str]) -> bool:
    """Whether a record is more than a title: two cells or more hold something."""
    return sum(map(bool, row)) > 1


def _delimiter(text: str) -> str:
    """The delimiter that cuts the most records into the header's number of cells."""
    sample = text[:_SAMPLE]

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter))[:200]
        except csv.Error:
            return 0, 0
        filled = [row for row in rows if any(row)]
        # A title above the header is one cell, with no delimiter around it or with many.
        titles = next((at for at, row in enumerate(filled) if _has_cells(row)), 0)
        width = len(filled[titles]) if filled else 0
        cut = max(0, sum(len(row) == width for row in filled[titles:]) - titles)
        return (cut, width) if width > 1 else (0, 0)

    return max((",", ";", "\t", "|"), key=fit)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _drop_bom(data.decode("utf-16", errors="replace"))
    try:
        return _drop_bom(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    zeros = data[:2_000].count(0)
    if zeros > len(data[:2_000]) // 4:
        return _drop_bom(_utf16_without_mark(data))
    if zeros:
        raise _not_a_table("This file is not text.")
    mended = data.decode("utf-8", errors="replace")
    broken = mended.count(UNREADABLE)
    # Letters of an old encoding hardly ever make a letter of this one by chance.
    if broken * 20 <= sum(not char.isascii() for char in mended) - broken:
        return _drop_bom(mended)
    return _drop_bom(data.decode(_old_encoding(data[:_SAMPLE]), errors="replace"))


def _old_encoding(sample: bytes) -> str:
    """The encoding in which most words are words that forms use; detection alone errs on few.

    Where most signs beyond ASCII stand alone among its letters ("ano" with a tilde), detection is
    not asked: on a small file it takes them for halves of Chinese signs.
    """
    runs = _BEYOND_ASCII.findall(sample)
    alone = sum(len(run) == 1 for run in runs) * 2 > len(runs)
    guesses = [*([] if alone else (m.encoding for m in from_bytes(sample))), *_OLD_ENCODINGS]

    def known_words(encoding: str) -> int:
        words = set(sample.decode(encoding, errors="replace").split())
        return sum(lexicon().knows(fold(word)) for word in words if not word.isascii())

    return max(dict.fromkeys(guesses), key=known_words)


def _utf16_without_mark(data: bytes) -> str:
    little = data[1:200:2].count(0) >= data[0:200:2].count(0)
    return data.decode("utf-16-le" if little else "utf-16-be", errors="replace")


def _drop_bom(text: str) -> str:
    return text.removeprefix("\ufeff")


def _read_xlsx(data: bytes) -> tuple[list[list[Cell]], str]:
    """The tab that starts with timestamps, else the one with the most filled cells on top; and a
    sentence where others hold something too.
    """
    import openpyxl  # a third of a second that the app itself never needs

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            # What unpacks to more than it declares is refused by the reader of such packages.
            unpacked = sum(part.file_size for part in package.infolist())
        if _too_large(unpacked, len(data)):
            raise _oversized()
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except IntakeProblem:
        raise
    except Exception as error:
        raise _not_a_table("This file is no Excel workbook that can be read.") from error
    try:
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
    except IntakeProblem:
        raise
    except Exception as error:
        raise _not_a_table("This Excel workbook is damaged.") from error
    finally:
        book.close()
    filled = [(title, rows) for title, rows in tabs if any(map(_is_filled, rows))]
    if not filled:
        return [], ""
    title, rows = max(filled, key=lambda tab: _size(tab[1]))
    others = [other for other, its_rows in filled if its_rows is not rows]
    return rows, _left_tabs(title, others) if others else ""


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


def _is_filled(row: Sequence[Cell]) -> bool:
    return any(clean(cell) for cell in row)


def _with_header(rows: list[list[Cell]], other_tabs: str = "") -> Table:
    filled = [row for row in rows if _is_filled(row)]
    if not filled:
        raise IntakeProblem(
            "This file is empty.", "Export the sheet with the form's answers and try again."
        )
    at = header_row(rows)
    header = rows[at]
    if max(map(len, filled)) > _MOST_COLUMNS:
        raise _not_a_table(f"This file has more than {_MOST_COLUMNS:,} columns, as no sheet has.")
    if sum(1 for cell in header if clean(cell)) < 2 and max(map(len, filled)) < 2:
        raise _not_a_table("This file has only one column.")
    return Table(header, rows[at + 1 :], at, other_tabs)


def _not_a_table(says: str) -> IntakeProblem:
    return IntakeProblem(
        says, "Export the sheet with the form's answers as CSV or Excel and try again."
    )


def _unclosed(line: int) -> IntakeProblem:
    return IntakeProblem(
        f"A quotation mark in the row that begins on line {line} is never closed, so rows after it "
        "would be taken for a part of one answer.",
        "Export the answers as CSV or Excel again, or write each quotation mark inside an answer "
        "of that row twice.",
    )


def _oversized() -> IntakeProblem:
    return IntakeProblem(
        "This workbook is too large to open.", "Export the answers as CSV instead."
    )
