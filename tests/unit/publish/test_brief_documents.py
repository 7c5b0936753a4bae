"""The brief as a Word document and as PDF, read back by programs of somebody else's."""

import io
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from hypothesis import given, settings
from lxml import etree
from PIL import Image
from pypdf import PdfReader

from lib.evidence.types import Coding, Figure, Wave
from lib.plan.agenda import Item
from lib.plan.brief import Quote, figures
from lib.publish import brief_docx, brief_pdf, lettering
from lib.publish.brief_words import Heading
from lib.publish.trend_picture import HEIGHT, WIDTH, Dot, Line, Word, png, shapes
from tests.unit.plan.briefs import ARABIC, CHINESE, EMOJI, HOSTILE, LONG, hostile, made
from tests.unit.plan.people import ANY_TEXT


@pytest.fixture(scope="module")
def word() -> Document:
    return docx.Document(io.BytesIO(brief_docx.made(made())))


@pytest.fixture(scope="module")
def paper() -> PdfReader:
    return PdfReader(io.BytesIO(brief_pdf.made(made())))


def told(document: Document) -> str:
    """All that a Word document says, with its tables."""
    texts = (element.text or "" for element in document.element.body.iter() if _is_text(element))
    return "".join(texts)


def _is_text(element: etree._Element) -> bool:
    return str(element.tag).endswith("}t")


def read(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_both_say_every_text_of_the_brief(word: Document, paper: PdfReader) -> None:
    brief, said = made(), told(word)
    drawn = read(paper).replace(" ", "")
    texts = [brief.practice, *brief.moved, *brief.why, figures(brief.waves), *brief.used_to_work]
    texts += [quote.words for quote in brief.quotes] + [quote.about for quote in brief.quotes]
    texts += [text for row in (*brief.session, *brief.know) for text in row]
    for item in brief.agenda:
        texts += [item.title, item.protocol, *item.lines]
    texts += [brief.quotes_note, brief.agenda_note, *Heading]
    for text in texts:
        assert text in said
        assert text.replace(" ", "") in drawn
    for item in brief.agenda:
        assert f"{item.minutes}min" in drawn
    assert brief.school in read(paper)
    assert "For staff." in read(paper)


def test_the_word_document_is_made_of_headings_and_tables(word: Document) -> None:
    headings = [p.text for p in word.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == [
        *("Why this practice", "In students' words", "What used to work"),
        *("The session", "Agenda", "How we will know"),
    ]
    agenda = word.tables[1]
    assert [cell.text for cell in agenda.rows[0].cells] == ["Minutes", "What we do"]
    assert agenda.rows[0]._tr.xpath("w:trPr/w:tblHeader")
    assert [row.cells[0].text for row in agenda.rows[1:]] == [
        str(item.minutes) for item in made().agenda
    ]
    assert word.core_properties.title == "Clear goals: brief for the PD team"
    assert "PAGE" in word.sections[0].footer._element.xml


def test_the_chart_has_a_text_alternative_with_the_same_figures(word: Document) -> None:
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == (
        "Percent favorable by wave. Wave 1: 62%; Wave 2: not shown; Wave 3: 47%."
    )


def test_the_pdf_is_two_pages_with_a_name_a_language_and_bookmarks(paper: PdfReader) -> None:
    assert len(paper.pages) == 2
    assert paper.metadata is not None
    assert paper.metadata.title == "Clear goals: brief for the PD team"
    assert paper.trailer["/Root"]["/Lang"] == "en-US"
    assert [mark.title for mark in paper.outline][:2] == [
        "Why this practice",
        "In students' words",
    ]
    assert "Page 2 of 2" in read(paper)


def test_hostile_words_stay_words_in_word() -> None:
    data = brief_docx.made(hostile())
    document = docx.Document(io.BytesIO(data))
    said = told(document)
    for text in (HOSTILE.removesuffix(" \ue000"), ARABIC, LONG, EMOJI, CHINESE):
        assert text in said
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
        body = parts.read("word/document.xml").decode()
        links = parts.read("word/_rels/document.xml.rels").decode()
    assert "fldChar" not in body
    assert "instrText" not in body
    assert "hyperlink" not in (body + links).lower().replace("=hyperlink(", "")
    # Arabic stands in paragraphs that run from right to left.
    assert body.count("<w:bidi/>") >= 4


def test_hostile_words_stay_words_in_pdf() -> None:
    pdf = PdfReader(io.BytesIO(brief_pdf.made(hostile())))
    said = read(pdf)
    flat = said.replace(" ", "")
    assert "{nb}" in flat
    assert "{{7*7}}" in flat
    assert "</w:t></w:r>" in flat
    assert "Sogoodreally" in flat
    assert f"{LONG}:62%;May2026:notshown" in flat
    assert lettering.CANNOT_DRAW.replace(" ", "") in flat
    assert LONG in flat
    assert f"Page 1 of {len(pdf.pages)}" in said
    assert not any("/Annots" in page for page in pdf.pages)
    assert "/OpenAction" not in pdf.trailer["/Root"] or not str(
        pdf.trailer["/Root"]["/OpenAction"]
    ).count("JavaScript")


@given(ANY_TEXT)
@settings(max_examples=6, deadline=None)
def test_any_text_makes_a_word_document(text: str) -> None:
    brief = replace(made(), waves=(), practice=text, why=(text,), school=text)
    docx.Document(io.BytesIO(brief_docx.made(brief)))


@given(ANY_TEXT)
@settings(max_examples=100, deadline=None)
def test_what_can_be_drawn_stays_so(text: str) -> None:
    once = lettering.drawable(text)
    assert lettering.drawable(once) == once
    assert "\ue000" not in once


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Ça va, Đặng Łukasz, Привет, Ωmega", "Ça va, Đặng Łukasz, Привет, Ωmega"),
        (ARABIC, ARABIC),
        ("“Très bien” – 5 € → ok", "“Très bien” – 5 € → ok"),
        (EMOJI, "So good really"),
        (CHINESE, lettering.CANNOT_DRAW),
        ("I ❤\ufe0f it", "I ❤ it"),
    ],
)
def test_accents_are_drawn_emoji_left_out_and_other_letters_never_halved(
    text: str, drawn: str
) -> None:
    assert lettering.drawable(text) == drawn


def test_the_chart_draws_the_printed_figures_and_breaks_at_a_gap() -> None:
    brief = made()
    drawn = shapes(brief.waves, brief.marks)
    words = {shape.text for shape in drawn if isinstance(shape, Word)}
    assert {"62%", "47%", "Wave 1", "Wave 2", "Wave 3", "PD Nov 20"} <= words
    assert len([shape for shape in drawn if isinstance(shape, Dot)]) == 2
    assert not [s for s in drawn if isinstance(s, Line) and len(s.points) > 2]
    run = [replace(wave) for wave, _ in brief.waves]
    whole = shapes([(wave, Figure(50, 40, 60, Coding.AT_LEAST)) for wave in run], ())
    (area,) = [s for s in whole if isinstance(s, Line) and s.filled]
    assert len(area.points) == 6
    assert "at least 50%" in {shape.text for shape in whole if isinstance(shape, Word)}


def test_nothing_is_drawn_outside_of_the_chart() -> None:
    for brief in (made(), hostile()):
        for percent in (0, 50, 100):
            waves = [(wave, Figure(percent, percent, percent)) for wave, _ in brief.waves]
            for shape in shapes(waves, brief.marks):
                points = shape.points if isinstance(shape, Line) else ((shape.x, shape.y),)
                assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_without_a_figure_there_is_no_chart() -> None:
    hidden = tuple(each for each in made().waves if not isinstance(each[1], Figure))
    assert shapes(hidden, ()) == ()
    document = docx.Document(io.BytesIO(brief_docx.made(replace(made(), waves=hidden))))
    assert len(document.inline_shapes) == 0
    assert "Too few students have answered" in told(document)


def test_the_picture_is_small_and_sharp() -> None:
    data = png(shapes(made().waves, made().marks))
    assert len(data) < 60_000
    assert Image.open(io.BytesIO(data)).size == (1800, 594)


def test_a_brief_with_little_to_say_leaves_out_what_it_has_not() -> None:
    plain = replace(made(), used_to_work=(), agenda=(Item("Talk", 20, ""),))
    heading = Heading.USED_TO_WORK.value
    for said in (
        told(docx.Document(io.BytesIO(brief_docx.made(plain)))),
        read(PdfReader(io.BytesIO(brief_pdf.made(plain)))),
    ):
        assert heading not in said
        assert "Talk" in said


def extent(word: Word) -> tuple[float, float]:
    """From where to where a word reaches, as the chart counts its letters."""
    wide = len(word.text) * word.size * 0.52
    left = word.x - {"left": 0.0, "middle": 0.5, "right": 1.0}[word.anchor] * wide
    return left, left + wide


def test_words_that_have_no_room_are_left_out_and_the_newest_stay() -> None:
    start = datetime(2024, 9, 1)
    opens = [start + timedelta(days=12 * number) for number in range(30)]
    waves = [
        (Wave(f"w{n}", f"Survey of wave {n}", day, day + timedelta(days=9)), Figure(n, n, n))
        for n, day in enumerate(opens, 30)
    ]
    marks = [day.date() for day in opens[:4]]
    words = [shape for shape in shapes(waves, marks) if isinstance(shape, Word)]
    rows = {
        "names": [word for word in words if word.text.startswith("Survey")],
        "figures": [word for word in words if word.text.endswith("%") and word.anchor == "middle"],
        "sessions": [word for word in words if word.text.startswith("PD ")],
    }
    assert "Survey of wave 59" in {word.text for word in rows["names"]}
    assert "59%" in {word.text for word in rows["figures"]}
    assert {name: len(row) < 30 for name, row in rows.items()} == dict.fromkeys(rows, True)
    assert 0 < len(rows["sessions"]) < len(marks)
    for row in rows.values():
        ends = sorted(map(extent, row))
        assert all(right <= left for (_, right), (left, _) in pairwise(ends))


def test_an_unbroken_trend_is_a_picture_with_its_interval_as_an_area() -> None:
    waves = [(wave, Figure(50, 40, 60)) for wave, _ in made().waves]
    picture = Image.open(io.BytesIO(png(shapes(waves, made().marks)))).convert("RGB")
    # Between the second and the third wave, off the line of the points and above its middle.
    colors = {picture.getpixel((1100, y)) for y in range(250, 360)}
    whole = replace(made(), waves=tuple(waves))
    assert read(PdfReader(io.BytesIO(brief_pdf.made(whole)))).count("50%") >= len(waves)
    assert any(abs(r - 0xD5) + abs(g - 0xE3) + abs(b - 0xE2) < 12 for r, g, b in colors)


def test_a_quote_that_goes_on_over_the_page_loses_no_word() -> None:
    long = " ".join(f"word{number}" for number in range(1200))
    quoted = replace(made(), quotes=(Quote("Works for me", long),))
    said = read(PdfReader(io.BytesIO(brief_pdf.made(quoted)))).replace(" ", "")
    assert all(f"word{number}" in said for number in (0, 600, 1199))
    assert "Worksforme" in said


def test_a_paper_without_a_figure_says_so_and_cuts_a_long_name_of_the_school() -> None:
    hidden = tuple(each for each in made().waves if not isinstance(each[1], Figure))
    plain = replace(made(), waves=hidden, school="Academy of " * 30)
    said = read(PdfReader(io.BytesIO(brief_pdf.made(plain))))
    assert "Too few students have answered" in said
    assert "Academy of…" in said or "Academy…" in said or "Academ…" in said
    assert "Academy of " * 30 not in said
