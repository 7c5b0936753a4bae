"""The brief, the calendar and the record, opened by programs as schools have them."""

import csv
import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import icalendar
import pytest
from PIL import Image

from lib.plan import calendar, record
from lib.plan.brief import Brief
from lib.publish import brief_docx, brief_pdf
from tests.unit.plan.briefs import ARABIC, HOSTILE, focused, hostile, made, planned
from tests.unit.plan.people import NAMES

PAGES_AT = 50
"""Dots an inch: enough to see whether something is drawn."""


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: apt install {package}"
    return found


def as_pdf(document: bytes, folder: Path) -> Path:
    """What LibreOffice makes of a Word document."""
    source = folder / "brief.docx"
    source.write_bytes(document)
    subprocess.run(
        [
            program("soffice", "libreoffice-writer-nogui"),
            f"-env:UserInstallation=file://{folder}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(folder / "made"), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "made" / "brief.pdf"


def pictures(pdf: Path) -> list[Image.Image]:
    """The pages as pictures; fails where the program finds anything wrong with the file."""
    drawn = subprocess.run(
        [
            program("pdftoppm", "poppler-utils"),
            *("-r", str(PAGES_AT), "-png"),
            pdf,
            pdf.parent / "p",
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    assert drawn.stderr == ""
    return [Image.open(path) for path in sorted(pdf.parent.glob("p-*.png"))]


def words(pdf: Path) -> str:
    said = subprocess.run(
        [program("pdftotext", "poppler-utils"), "-layout", pdf, "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    return " ".join(said.stdout.split())


def inked(page: Image.Image) -> float:
    """The share of a page that is not paper."""
    histogram = page.convert("L").histogram()
    return sum(histogram[:200]) / sum(histogram)


def pixels(picture: Image.Image) -> list[tuple[int, int, int]]:
    flat = picture.tobytes()
    return [(flat[i], flat[i + 1], flat[i + 2]) for i in range(0, len(flat), 3)]


def opened(kind: str, brief: Brief, folder: Path) -> Path:
    if kind == "docx":
        return as_pdf(brief_docx.made(brief), folder)
    pdf = folder / "brief.pdf"
    pdf.write_bytes(brief_pdf.made(brief))
    return pdf


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_brief_is_drawn_and_says_what_it_says(kind: str, tmp_path: Path) -> None:
    pdf, brief = opened(kind, made(), tmp_path), made()
    pages = pictures(pdf)
    # LibreOffice takes the letters that the system has, which may be wider than Word's.
    assert len(pages) == 2 or (kind == "docx" and len(pages) == 3)
    assert {page.size for page in pages} == {(425, 550)}  # letter paper
    assert all(0.01 < inked(page) < 0.3 for page in pages)
    said = words(pdf)
    for text in (brief.practice, *brief.why, *(quote.words for quote in brief.quotes)):
        assert text in said
    for heading in ("Why this practice", "In students' words", "Agenda", "How we will know"):
        assert heading in said
    assert f"Page 2 of {len(pages)}" in said
    # Above the first heading nothing but the chart is drawn in color.
    chart = pages[0].convert("RGB").crop((40, 60, 385, 160))
    tinted = [1 for red, green, _ in pixels(chart) if green - red > 8]
    assert len(tinted) > 20


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_hostile_words_are_drawn_as_words(kind: str, tmp_path: Path) -> None:
    pdf = opened(kind, hostile(), tmp_path)
    assert all(inked(page) < 0.4 for page in pictures(pdf))
    said = words(pdf)
    assert "{{ 7*7 }}" in said
    assert "<b>bold</b>" in said
    assert HOSTILE[:20] in said


def test_the_calendar_is_read_by_a_parser_of_calendars() -> None:
    own = focused()
    text = calendar.to_ics(planned(led_by="Ben; Ann, =1+1"), [own], NAMES, school=ARABIC)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-11-20"
    assert "Clear goals" in str(event["summary"])


def test_the_decision_record_is_read_as_csv() -> None:
    choice = record.Choice(
        at=datetime(2026, 10, 1, 9),
        who="Ann, Ben",
        about="Focus",
        practice="Clear goals",
        what='said "so"\nand so',
        saw="=1+1",
        held=True,
    )
    text = record.to_csv([choice])
    header, row = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert header == list(record.COLUMNS)
    assert row == [
        *("2026-10-01 09:00", "Ann, Ben", "Focus", "Clear goals"),
        *('said "so" and so', "'=1+1", "yes"),
    ]
