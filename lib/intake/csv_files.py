"""An exported CSV: its encoding, its delimiter and its records."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import chain

from charset_normalizer import from_bytes

from lib.intake.lexicon import lexicon
from lib.intake.moments import parse
from lib.intake.text import UNREADABLE, fold
from lib.intake.unreadable import IntakeProblem, not_a_table
from lib.workbook.protocol import Cell

_CSV_FIELD = 200_000
_SAMPLE = 200_000
_END = "\x03"
"""A line of its own behind the last, by which a record that is still open shows."""
_OLD_ENCODINGS = ("cp1252", "cp1254", "cp1256", "cp1258", "cp1250", "gb18030", "big5")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_SAYS_DELIMITER = re.compile(r'"?sep=([,;|\t])"?(?:\r\n|\r|\n)', re.IGNORECASE)
"""A first line that only tells Excel the delimiter, and that Excel does not count as a row."""


def read_csv(text: str) -> list[list[Cell]]:
    """Every record of a CSV in any dialect. Raises IntakeProblem."""
    if text[:2_000].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        raise not_a_table("This is a web page, not a table of answers.")
    if text[:1_000].lstrip()[:1] in ("{", "[") and text.rstrip()[-1:] in ("}", "]"):
        raise not_a_table("This is JSON, not a table of answers.")
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
        raise not_a_table(
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


def decode(data: bytes) -> str:
    """The text of a file in any encoding that forms are exported in. Raises IntakeProblem."""
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
        raise not_a_table("This file is not text.")
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


def _unclosed(line: int) -> IntakeProblem:
    return IntakeProblem(
        f"A quotation mark in the row that begins on line {line} is never closed, so rows after it "
        "would be taken for a part of one answer.",
        "Export the answers as CSV or Excel again, or write each quotation mark inside an answer "
        "of that row twice.",
    )
