"""Workbooks made to flood whoever opens them, and small lies that lose rows."""

import io
import re
import resource
import struct
import time
import zipfile

import openpyxl
import pytest

from lib.intake import IntakeProblem
from lib.intake.files import read_bytes

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows: int = 3) -> bytes:
    book = openpyxl.Workbook()
    for row in [["Timestamp", "Pace"], *([46000.5 + n, 3] for n in range(rows))]:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def changed(data: bytes, sheet: bytes) -> bytes:
    """The workbook with its sheet replaced."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, sheet if name == SHEET else old.read(name))
    return packed.getvalue()


def sheet_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(SHEET)


def test_a_small_file_that_unpacks_a_thousandfold_is_refused() -> None:
    bomb = changed(workbook(), sheet=b"<worksheet>" + b" " * (60 * 2**20) + b"</worksheet>")
    assert len(bomb) < 100_000
    began = time.monotonic()
    with pytest.raises(IntakeProblem, match="too large"):
        read_bytes(bomb)
    assert time.monotonic() - began < 5


def test_many_small_parts_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.intake.xlsx_files._SUSPICIOUS_MB", 1)
    bomb = io.BytesIO(workbook())
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        for number in range(20):
            package.writestr(f"xl/media/{number}", b"\0" * 500_000)
    with pytest.raises(IntakeProblem, match="too large"):
        read_bytes(bomb.getvalue())


def test_a_part_that_lies_about_its_size_is_not_unpacked() -> None:
    bomb = bytearray(changed(workbook(), sheet=b"<worksheet>" + b" " * (20 * 2**20)))
    at = bomb.rindex(SHEET.encode()) - 46  # its entry in the directory at the end
    assert bomb[at : at + 4] == b"PK\x01\x02"
    struct.pack_into("<I", bomb, at + 24, 1_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(IntakeProblem, match="can be read"):
        read_bytes(bytes(bomb))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_entities_that_grow_without_end_are_refused() -> None:
    lol = b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10 if n else b"lol") for n in range(10)
    )
    bomb = changed(workbook(), sheet=b"<!DOCTYPE x [" + lol + b"]><worksheet>&l9;</worksheet>")
    with pytest.raises(IntakeProblem, match="can be read"):
        read_bytes(bomb)


def test_a_row_number_that_claims_endless_empty_rows_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lib.intake.xlsx_files._MOST_XLSX_CELLS", 10_000)
    book = workbook()
    far = sheet_of(book).replace(b'<row r="4"', b'<row r="1048576"').replace(b'"A4"', b'"A1048576"')
    bomb = changed(book, sheet=far.replace(b'"B4"', b'"B1048576"'))
    with pytest.raises(IntakeProblem, match="too large"):
        read_bytes(bomb)


def test_a_sheet_that_claims_to_be_huge_is_read_by_its_cells() -> None:
    book = workbook()
    claims = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', sheet_of(book))
    rows = read_bytes(changed(book, sheet=claims)).rows
    assert [list(row) for row in rows] == [[46000.5, 3], [46001.5, 3], [46002.5, 3]]


def test_a_sheet_that_claims_to_be_one_cell_loses_nothing() -> None:
    book = workbook()
    claims = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', sheet_of(book))
    table = read_bytes(changed(book, sheet=claims))
    assert list(table.header) == ["Timestamp", "Pace"]
    assert len(table.rows) == 3
