"""The page on one sheet for the corridor, and on one slide (PDF).

Both are drawn of a published version, in the words of ``lib.publish.poster_words``.
"""

import math
from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import segno

from lib.publish import lettering, poster_words
from lib.publish.languages import Language
from lib.publish.lettering import drawable
from lib.publish.page import PublicPage
from lib.publish.poster_words import PosterLine, chosen
from lib.publish.wording import wording

if TYPE_CHECKING:
    from fpdf import FPDF

MIME = "application/pdf"
_INK, _QUIET, _ACCENT, _OURS, _LINE = "#0b0c0c", "#55595c", "#0f5c63", "#e8efec", "#c9cecb"
_POINT = 25.4 / 72
"""A point of type, in millimeters."""

_LEADING = 1.22
"""From line to line, in parts of the letters' size."""

_SMALLEST = 0.5
"""How far letters may shrink before a text is cut instead."""


class Paper(StrEnum):
    """What a poster is printed on."""

    LETTER = "Letter"
    A4 = "A4"


def poster(page: PublicPage, language: Language, link: str, paper: Paper) -> bytes:
    """One sheet to hang up, as PDF: large letters, and the code that opens ``link``."""
    pdf = _sheet(page, language, paper.value)
    left, wide = 18.0, pdf.w - 36
    y = _title(pdf, page, language, (left, 16, wide, 9), 52)
    foot = pdf.h - 82
    _answers(pdf, page, language, (left, y + 5, wide, foot - y - 11), 17)
    _line(pdf, left, foot, wide)
    _code(pdf, link, left, foot + 6, 54)
    beside = (left + 61, foot + 7, wide - 61, 52.0)
    _invitation(pdf, page, language, link, beside, 17)
    _edge(pdf, page, language, left, pdf.h - 17, wide)
    return bytes(pdf.output())


def slide(page: PublicPage, language: Language, link: str) -> bytes:
    """One slide for an assembly, as PDF of a screen's shape."""
    pdf = _sheet(page, language, (190.5, 338.7))
    left, wide = 18.0, 205.0
    y = _title(pdf, page, language, (left, 13, wide, 9), 44, lines=1)
    _answers(pdf, page, language, (left, y + 6, wide, pdf.h - y - 24), 20)
    right, size = left + wide + 16, pdf.w - wide - 52
    _code(pdf, link, right, 22, size)
    _invitation(pdf, page, language, link, (right, 28 + size, size, pdf.h - size - 50), 14)
    _edge(pdf, page, language, left, pdf.h - 14, pdf.w - 36)
    return bytes(pdf.output())


def note(says: str) -> bytes:
    """One sheet with a sentence for who asked for a poster that cannot be made, as PDF."""
    from fpdf import FPDF  # only for those who want a document

    pdf = FPDF(format=Paper.LETTER.value)
    lettering.lend(pdf)
    pdf.add_page()
    pdf.set_font("text", size=16)
    pdf.multi_cell(0, 9, drawable(says))
    return bytes(pdf.output())


Box = tuple[float, float, float, float]
"""Left, top, width and height in millimeters."""


def _sheet(page: PublicPage, language: Language, paper: str | tuple[float, float]) -> "FPDF":
    from fpdf import FPDF  # only for those who want a document

    wide = isinstance(paper, tuple)
    pdf = FPDF(orientation="L" if wide else "P", format=paper, unit="mm")
    lettering.lend(pdf)
    pdf.set_auto_page_break(auto=False)
    pdf.set_margin(0)
    pdf.c_margin = 0
    pdf.set_lang(language.code)
    pdf.set_title(drawable(f"{poster_words.heading(language)} · {page.school}"))
    pdf.set_author("Seat at the Table")
    pdf.add_page()
    return pdf


def _title(
    pdf: "FPDF",
    page: PublicPage,
    language: Language,
    box: Box,
    size: float,
    *,
    lines: int = 2,
) -> float:
    """The school and the two halves of the title, on one or two lines; returns where they end."""
    x, y, wide, high = box
    name = "" if drawable(page.school) == lettering.CANNOT_DRAW else drawable(page.school)
    y = _say(pdf, name, box, "text", 15, _QUIET, language) + 2
    halves = [language.say("You said,"), language.say("we did")]
    rows = halves if lines == 2 else [" ".join(halves)]
    size = min([size, *(_fits(pdf, row, "title", size, wide) for row in rows)])
    pdf.set_font("title", "", size)
    aside = 0.0 if lines == 2 else pdf.get_string_width(drawable(f"{halves[0]} ")) + size * 0.08
    below = _say(pdf, halves[0], (x, y, wide, high), "title", size, _INK, language)
    start = x if language.direction == "rtl" else x + aside
    rest = (start, below if lines == 2 else y, wide - aside, high)
    return _say(pdf, halves[1], rest, "title", size, _ACCENT, language)


def _answers(pdf: "FPDF", page: PublicPage, language: Language, box: Box, size: float) -> None:
    """The answers, as large as all of them fit into the box."""
    lines, (x, y, wide, high) = chosen(page, wording(language, page)), box
    lines = tuple(line for line in lines if _can_be_drawn(line))
    size = _largest(size, 17 * _SMALLEST, lambda size: _height(pdf, lines, wide, size) <= high)
    for line in lines:
        y = _say(pdf, line.you_said, (x, y, wide, high), "title", size * 1.3, _INK, language) + 1.5
        inner = wide - 10
        tall = _tall(pdf, line.lead, "bold", size, inner) + _tall(
            pdf, line.we_did, "text", size, inner
        )
        pdf.set_fill_color(_OURS)
        pdf.rect(x, y, wide, tall + 7, style="F", round_corners=True, corner_radius=3)
        below = _say(pdf, line.lead, (x + 5, y + 3, inner, high), "bold", size, _ACCENT, language)
        _say(pdf, line.we_did, (x + 5, below, inner, high), "text", size, _INK, language)
        y += tall + 7 + size * 0.42
    more = poster_words.more(page, language, shown=len(lines))
    if more:
        _say(pdf, more, (x, y, wide, high), "text", size * 0.8, _QUIET, language)


def _largest(size: float, least: float, fits: Callable[[float], bool]) -> float:
    """The largest size that fits, from ``size`` down to about ``least`` in half points."""
    steps = range(math.ceil(2 * (size - least)))
    return size - bisect_left(steps, x=True, key=lambda step: fits(size - step / 2)) / 2


def _height(pdf: "FPDF", lines: Sequence[PosterLine], wide: float, size: float) -> float:
    said = (
        _tall(pdf, line.you_said, "title", size * 1.3, wide)
        + _tall(pdf, line.lead, "bold", size, wide - 10)
        + _tall(pdf, line.we_did, "text", size, wide - 10)
        for line in lines
    )
    return sum(tall + 8.5 + size * 0.42 for tall in said) + size * _POINT


def _invitation(
    pdf: "FPDF", page: PublicPage, language: Language, link: str, box: Box, size: float
) -> None:
    """What the code is for, the address in letters, and what cannot wait."""
    x, y, wide, high = box
    go = language.say(poster_words.GO, address=poster_words.spoken(link))
    texts = [(language.say(poster_words.SCAN), "bold", _INK), (go, "text", _INK)] if link else []
    texts.append((poster_words.help_now(page, language), "text", _QUIET))
    size = _largest(
        size, 8, lambda size: sum(_tall(pdf, t, f, size, wide) + 2.5 for t, f, _ in texts) <= high
    )
    for text, font, color in texts:
        y = _say(pdf, text, (x, y, wide, high), font, size, color, language) + 2.5


def _edge(
    pdf: "FPDF", page: PublicPage, language: Language, x: float, y: float, wide: float
) -> None:
    day = language.day(page.published_on)
    said = language.say(poster_words.AS_OF, number=language.whole(page.version), day=day)
    _say(pdf, said, (x, y, wide, 8), "text", 9, _QUIET, language)


def _say(
    pdf: "FPDF",
    text: str,
    box: Box,
    font: str,
    size: float,
    color: str,
    language: Language,
) -> float:
    """Place one text in the box, from its top; returns where it ends."""
    x, y, wide, _ = box
    pdf.set_font(font, "", size)
    pdf.set_text_color(color)
    pdf.set_xy(x, y)
    align = "R" if language.direction == "rtl" else "L"
    pdf.multi_cell(
        wide, size * _POINT * _LEADING, drawable(text), align=align, new_x="LEFT", new_y="NEXT"
    )
    return float(pdf.get_y())


def _tall(pdf: "FPDF", text: str, font: str, size: float, wide: float) -> float:
    pdf.set_font(font, "", size)
    leading = size * _POINT * _LEADING
    height = pdf.multi_cell(wide, leading, drawable(text), dry_run=True, output="HEIGHT")
    return height if isinstance(height, float) else float(leading)


def _fits(pdf: "FPDF", text: str, font: str, size: float, wide: float) -> float:
    """The size, at most this one, at which a text stands on one line."""
    pdf.set_font(font, "", size)
    return min(size, size * wide / max(pdf.get_string_width(drawable(text)) + 1, 1))


def _line(pdf: "FPDF", x: float, y: float, wide: float) -> None:
    pdf.set_draw_color(_LINE)
    pdf.set_line_width(0.4)
    pdf.line(x, y, x + wide, y)


def _code(pdf: "FPDF", link: str, x: float, y: float, size: float) -> None:
    """The code, each dark run of a row one rectangle; nothing without an address."""
    if not link:
        return
    rows = [bytes(row) for row in segno.make_qr(link, error="q").matrix]
    dot = size / len(rows)
    pdf.set_fill_color("#000000")
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                # A hair wider, or printers leave white lines between the squares.
                pdf.rect(x + across * dot, y + down * dot, dot + 0.02, dot + 0.02, style="F")


def _can_be_drawn(line: PosterLine) -> bool:
    return lettering.CANNOT_DRAW not in {drawable(line.you_said), drawable(line.we_did)}
