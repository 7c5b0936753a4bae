"""The brief as a page to print (PDF, letter paper), drawn with the letters of lettering.py."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.evidence.types import Wave
from lib.plan.brief import Brief
from lib.publish import brief_words, lettering
from lib.publish.brief_words import Heading
from lib.publish.lettering import drawable, right_to_left
from lib.publish.trend_picture import (
    ACCENT,
    FAINT,
    HEIGHT,
    INK,
    QUIET,
    WIDTH,
    Dot,
    Shape,
    Word,
    shapes,
)

if TYPE_CHECKING:
    from fpdf import FPDF

ENDING = "pdf"
MIME = "application/pdf"

_MARGIN, _FOOT = 20.0, 17.0
"""Millimeters left free at the sides and the top, and at the bottom."""

_ROOM = 30.0
"""Millimeters that must be left on a page for a heading, or a part of the agenda, to begin."""

_PAGES = "\ue000"
"""Stands for how many pages there are. No text of others has it: ``drawable`` takes it out."""

_POINT = 25.4 / 72
"""A point of type, in millimeters."""


def made(brief: Brief) -> bytes:
    """The document. Every text is data: nothing in it is read as a command or a style."""
    pdf = _paper(brief)
    _say(pdf, brief.practice, "title", 25, after=1)
    if brief.statement:
        _say(pdf, brief_words.rated(brief), size=12, color=QUIET, after=3)
    for sentence in brief.moved:
        _say(pdf, sentence, "bold", after=1)
    drawn = shapes(brief.waves, brief.marks)
    if drawn:
        _chart(pdf, drawn)
        named = [(replace(wave, label=_name(wave)), printed) for wave, printed in brief.waves]
        _small(pdf, brief_words.favorable(named))
    else:
        _say(pdf, brief_words.TOO_FEW)
    _heading(pdf, Heading.WHY)
    for sentence in brief.why:
        _say(pdf, sentence)
    _heading(pdf, Heading.WORDS)
    for quote in brief.quotes:
        _quote(pdf, quote.words, quote.about)
    _small(pdf, brief.quotes_note)
    if brief.used_to_work:
        _heading(pdf, Heading.USED_TO_WORK)
        for sentence in brief.used_to_work:
            _say(pdf, sentence)
    pdf.add_page()  # the back of the sheet: what we do; its front says why
    _heading(pdf, Heading.SESSION)
    _rows(pdf, brief.session)
    _heading(pdf, Heading.AGENDA)
    for item in brief.agenda:
        with _Beside(pdf, f"{item.minutes} min", 20):
            _say(pdf, item.title, "bold", after=0.5)
            if item.protocol:
                _say(pdf, item.protocol, after=0.5)
            for line in item.lines:
                _say(pdf, f"•  {line}", after=0.5)
    _small(pdf, brief.agenda_note)
    _heading(pdf, Heading.KNOW)
    _rows(pdf, brief.know)
    return bytes(pdf.output())


def _name(wave: Wave) -> str:
    """What a wave is called, or the month in which it began where that cannot be drawn."""
    name = drawable(wave.label)
    return f"{wave.opens:%b %Y}" if name in ("", lettering.CANNOT_DRAW) else name


def _paper(brief: Brief) -> "FPDF":
    """An empty first page, with what stands on the edge of every page."""
    from fpdf import FPDF  # only for those who want a document

    class Paper(FPDF):
        def header(self) -> None:
            self.set_y(10)
            half = self.epw / 2
            _set(self, "text", 9, QUIET)
            left = drawable(brief_words.of_school(brief))
            self.cell(half * 1.5, 5, _fitting(self, left, half * 1.5))
            self.cell(half * 0.5, 5, brief.made_on, align="R")
            self.set_y(_MARGIN)

        def footer(self) -> None:
            self.set_y(-14)
            _set(self, "text", 9, QUIET)
            self.cell(self.epw * 0.8, 5, brief_words.FOR_STAFF)
            self.cell(self.epw * 0.2, 5, f"Page {self.page_no()} of {_PAGES}", align="R")

    pdf = Paper(format="Letter", unit="mm")
    lettering.lend(pdf)
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_FOOT)
    pdf.alias_nb_pages(_PAGES)
    pdf.set_lang("en-US")
    pdf.set_title(drawable(brief_words.of_practice(brief)))
    pdf.set_author(brief_words.MADE_BY)
    pdf.add_page()
    return pdf


def _set(pdf: "FPDF", font: str, size: float, color: str) -> None:
    pdf.set_font(font, "", size)
    pdf.set_text_color(color)


def _say(
    pdf: "FPDF",
    text: str,
    font: str = "text",
    size: float = 11,
    *,
    color: str = INK,
    after: float = 2,
) -> None:
    """Place one text: the only way in which words of others enter the document."""
    words = drawable(text)
    _set(pdf, font, size, color)
    align = "R" if right_to_left(words) else "L"
    pdf.multi_cell(0, size * _POINT * 1.3, words, align=align, new_x="LMARGIN", new_y="NEXT")
    pdf.set_y(pdf.get_y() + after)


def _small(pdf: "FPDF", text: str) -> None:
    _say(pdf, text, size=9.5, color=QUIET)


def _heading(pdf: "FPDF", text: str) -> None:
    _need(pdf, _ROOM)
    pdf.set_y(pdf.get_y() + 4)
    pdf.start_section(text)
    _say(pdf, text, "title", 14.5, color=ACCENT, after=1)


def _need(pdf: "FPDF", room: float) -> None:
    if pdf.will_page_break(room):
        pdf.add_page()


def _quote(pdf: "FPDF", words: str, about: str) -> None:
    _need(pdf, 18)
    top, page = pdf.get_y(), pdf.page_no()
    with _Moved(pdf, 6):
        _say(pdf, f"“{words}”", size=12, after=0)
        if about:
            _say(pdf, about, size=9.5, color=QUIET, after=0)
    if page == pdf.page_no():
        pdf.set_draw_color(ACCENT)
        pdf.set_line_width(0.8)
        pdf.line(_MARGIN + 1, top + 0.5, _MARGIN + 1, pdf.get_y() - 0.5)
    pdf.set_y(pdf.get_y() + 2.5)


def _rows(pdf: "FPDF", rows: Sequence[tuple[str, str]]) -> None:
    for name, says in rows:
        with _Beside(pdf, name, 56):
            _say(pdf, says, after=0.5)


class _Moved:
    """What is said inside stands further right, on the next page too."""

    def __init__(self, pdf: "FPDF", by: float) -> None:
        self._pdf, self._by = pdf, by

    def __enter__(self) -> None:
        self._pdf.set_left_margin(_MARGIN + self._by)
        self._pdf.set_x(_MARGIN + self._by)

    def __exit__(self, *_: object) -> None:
        self._pdf.set_left_margin(_MARGIN)
        self._pdf.set_x(_MARGIN)


class _Beside:
    """A row: a name on the left under a thin line, and beside it what is said inside."""

    def __init__(self, pdf: "FPDF", name: str, wide: float) -> None:
        self._pdf, self._name, self._moved = pdf, drawable(name), _Moved(pdf, wide)
        self._wide = wide

    def __enter__(self) -> None:
        pdf = self._pdf
        _need(pdf, 16)
        pdf.set_draw_color(FAINT)
        pdf.set_line_width(0.3)
        pdf.line(_MARGIN, pdf.get_y(), pdf.w - _MARGIN, pdf.get_y())
        top = pdf.get_y() + 1.5
        pdf.set_y(top)
        _set(pdf, "bold", 11, INK)
        height = 11 * _POINT * 1.3
        pdf.multi_cell(self._wide - 3, height, self._name, align="L", new_x="LMARGIN", new_y="TOP")
        self._moved.__enter__()

    def __exit__(self, *about: object) -> None:
        self._moved.__exit__(*about)
        self._pdf.set_y(self._pdf.get_y() + 1)


def _fitting(pdf: "FPDF", text: str, width: float) -> str:
    """The text, cut where it is wider than ``width`` millimeters."""
    while text and pdf.get_string_width(text) > width - 4:
        text = f"{text[:-2].rstrip()}…"
    return text


def _chart(pdf: "FPDF", drawn: Sequence[Shape]) -> None:
    by = pdf.epw / WIDTH
    _need(pdf, HEIGHT * by + 8)
    left, top = pdf.l_margin, pdf.get_y() + 1
    for shape in drawn:
        if isinstance(shape, Word):
            font = "bold" if shape.bold else "text"
            _set(pdf, font, shape.size * by / _POINT, shape.color)
            back = {"left": 0.0, "middle": 0.5, "right": 1.0}[shape.anchor]
            x = left + shape.x * by - back * pdf.get_string_width(shape.text)
            pdf.text(x, top + shape.y * by, shape.text)
        elif isinstance(shape, Dot):
            pdf.set_fill_color(shape.color)
            pdf.circle(left + shape.x * by, top + shape.y * by, shape.radius * by, style="F")
        else:
            points = [(left + x * by, top + y * by) for x, y in shape.points]
            pdf.set_fill_color(shape.color)
            pdf.set_draw_color(shape.color)
            pdf.set_line_width(shape.weight * by)
            pdf.set_dash_pattern(*((1.2, 0.8) if shape.dashed else ()))
            if shape.filled:
                pdf.polygon(points, style="F")
            else:
                pdf.polyline(points)
    pdf.set_dash_pattern()
    pdf.set_y(top + HEIGHT * by + 1)
