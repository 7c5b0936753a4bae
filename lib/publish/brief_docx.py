"""The brief as a Word document, which Google Docs opens as well."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.decided import one_line
from lib.plan.brief import Brief, figures
from lib.publish import brief_words
from lib.publish.brief_words import Heading
from lib.publish.lettering import right_to_left
from lib.publish.trend_picture import ACCENT, FAINT, INK, QUIET, png, shapes

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

ENDING = "docx"
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_TITLES, _TEXT = "Georgia", "Calibri"
"""Word, Google Docs and LibreOffice have both, or letters of the same width."""

_PAGE_INCHES = 6.9
"""Letter paper without its margins."""


# The order that the format asks for: what must come after the element that we add.
_AFTER_BIDI = (
    *("w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc"),
    *("w:textDirection", "w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr"),
)
_AFTER_BORDER = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:bidi", *_AFTER_BIDI)
_AFTER_BORDERS = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")


def made(brief: Brief) -> bytes:
    """The document. Every text is data: no mark-up, field or control character of it counts."""
    import docx  # only for those who want a document
    from docx.shared import Inches

    document = docx.Document()
    _page(document, brief)
    _styles(document)
    _say(document, brief.practice, "Title")
    if brief.statement:
        _say(document, brief_words.rated(brief), "Subtitle")
    for sentence in brief.moved:
        _say(document, sentence, bold=True)
    drawn = shapes(brief.waves, brief.marks)
    if drawn:
        picture = io.BytesIO(png(drawn))
        document.add_picture(picture, width=Inches(_PAGE_INCHES))
        _alt(document, f"Percent favorable by wave. {figures(brief.waves)}.")
        _say(document, brief_words.favorable(brief.waves), "Caption")
    else:
        _say(document, brief_words.TOO_FEW)
    _say(document, Heading.WHY, "Heading 1")
    for sentence in brief.why:
        _say(document, sentence)
    _say(document, Heading.WORDS, "Heading 1")
    for quote in brief.quotes:
        _quote(document, quote.about, quote.words)
    _say(document, brief.quotes_note, "Caption")
    if brief.used_to_work:
        _say(document, Heading.USED_TO_WORK, "Heading 1")
        for sentence in brief.used_to_work:
            _say(document, sentence)
    # The back of the sheet: what we do. Its front says why.
    _say(document, Heading.SESSION, "Heading 1").paragraph_format.page_break_before = True
    _rows(document, brief.session, "The session: when, what, and the students' part")
    _say(document, Heading.AGENDA, "Heading 1")
    _agenda(document, brief)
    _say(document, brief.agenda_note, "Caption")
    _say(document, Heading.KNOW, "Heading 1")
    _rows(document, brief.know, "How we will know, and when we look again")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _say(
    place: "Document | _Cell", text: str, style: str | None = None, *, bold: bool = False
) -> "Paragraph":
    """Place one text: the only way in which words of others enter the document."""
    paragraph = place.add_paragraph(style=style)
    _run(paragraph, text, bold=bold)
    return paragraph


def _run(paragraph: "Paragraph", text: str, *, bold: bool = False) -> None:
    clean = one_line(text)
    run = paragraph.add_run(clean)
    run.bold = True if bold else None
    if right_to_left(clean):
        run.font.rtl = True
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(_element("w:bidi"), *_AFTER_BIDI)


def _quote(document: "Document", about: str, words: str) -> None:
    paragraph = _say(document, f"“{one_line(words)}”", "Quote")
    if about:
        paragraph.paragraph_format.keep_with_next = True
        _say(document, about, "Quote source")


def _agenda(document: "Document", brief: Brief) -> None:
    widths = (0.9, _PAGE_INCHES - 0.9)
    table = _table(document, 1 + len(brief.agenda), "Agenda: minutes, and what is done", widths)
    head = table.rows[0]
    for cell, name in zip(head.cells, ("Minutes", "What we do"), strict=True):
        _fill(cell, name, bold=True)
    head._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    for item, row in zip(brief.agenda, table.rows[1:], strict=True):
        minutes, what = row.cells
        _fill(minutes, str(item.minutes), bold=True)
        _fill(what, item.title, bold=True)
        if item.protocol:
            _say(what, item.protocol, "Cell")
        for line in item.lines:
            _say(what, line, "List Bullet")


def _rows(document: "Document", rows: Sequence[tuple[str, str]], caption: str) -> None:
    """Names with what they say, as a table of two columns."""
    widths = (2.1, _PAGE_INCHES - 2.1)
    table = _table(document, len(rows), caption, widths)
    for row, (name, says) in zip(table.rows, rows, strict=True):
        _fill(row.cells[0], name, bold=True)
        _fill(row.cells[1], says)
        row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _table(document: "Document", rows: int, caption: str, widths: Sequence[float]) -> "Table":
    """An empty table; ``widths`` of its columns in inches."""
    from docx.shared import Inches

    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Inches(width)
        for cell in column.cells:
            cell.width = Inches(width)  # Google Docs goes by the cells
    properties = table._tbl.tblPr
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": FAINT[1:]}
        borders.append(_element(f"w:{side}", **line))
    properties.insert_element_before(borders, *_AFTER_BORDERS)
    properties.append(_element("w:tblCaption", **{"w:val": caption}))
    return table


def _fill(cell: "_Cell", text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    _run(paragraph, text, bold=bold)


def _page(document: "Document", brief: Brief) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Inches

    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.8)
    section.top_margin = section.bottom_margin = Inches(0.75)
    head = section.header.paragraphs[0]
    foot = section.footer.paragraphs[0]
    for name in ("Header", "Footer"):
        stops = document.styles[name].paragraph_format.tab_stops
        stops.clear_all()
        stops.add_tab_stop(Inches(_PAGE_INCHES), WD_TAB_ALIGNMENT.RIGHT)
    _run(head, brief_words.of_school(brief))
    head.add_run("\t")
    _run(head, brief.made_on)
    _run(foot, brief_words.FOR_STAFF)
    foot.add_run("\tPage ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")
    about = document.core_properties
    about.title = one_line(brief_words.of_practice(brief))
    about.author, about.comments, about.language = brief_words.MADE_BY, "", "en-US"


def _styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Inches, Pt

    for name in ("Quote source", "Cell"):
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = document.styles["Normal"]
    #        name            font     size  color   before  after
    looks = [
        ("Normal", _TEXT, 10.5, INK, 0, 4),
        ("Title", _TITLES, 26, INK, 0, 4),
        ("Subtitle", _TEXT, 12, QUIET, 0, 8),
        ("Heading 1", _TITLES, 15, ACCENT, 14, 4),
        ("Caption", _TEXT, 9.5, QUIET, 2, 4),
        ("Quote", _TITLES, 12, INK, 6, 0),
        ("Quote source", _TEXT, 9.5, QUIET, 0, 4),
        ("Cell", _TEXT, 10.5, INK, 3, 3),
        ("List Bullet", _TEXT, 10.5, INK, 0, 3),
        ("Header", _TEXT, 9.5, QUIET, 0, 0),
        ("Footer", _TEXT, 9.5, QUIET, 0, 0),
    ]
    for name, font, size, color, before, after in looks:
        style: ParagraphStyle = document.styles[name]
        _letters(style, font, size, color)
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for name in ("Quote", "Quote source"):
        style = document.styles[name]
        style.paragraph_format.left_indent = Inches(0.15)
        bar = {"w:val": "single", "w:sz": "18", "w:space": "8", "w:color": ACCENT[1:]}
        borders = _element("w:pBdr")
        borders.append(_element("w:left", **bar))
        style.element.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDER)
    title = document.styles["Title"]
    for line in title.element.pPr.xpath("w:pBdr"):
        title.element.pPr.remove(line)


def _letters(style: "ParagraphStyle", font: str, size: float, color: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.italic = Pt(size), False
    style.font.bold = style.name in ("Title", "Heading 1")
    style.font.color.rgb = RGBColor.from_string(color[1:])
    look = style.element.get_or_add_rPr()
    for spread in look.xpath("w:spacing"):
        look.remove(spread)
    fonts = look.get_or_add_rFonts()
    # The template's theme would win over the names.
    fonts.attrib.clear()
    for use in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{use}"), font)


def _alt(document: "Document", text: str) -> None:
    """Give the picture that was placed last its text alternative."""
    shape = document.inline_shapes[len(document.inline_shapes) - 1]
    shape._inline.docPr.set("descr", one_line(text))


def _field(paragraph: "Paragraph", code: str) -> None:
    """A number that the reader's program counts: PAGE, NUMPAGES. Never made of others' words."""
    for kind in ("begin", "", "separate", "end"):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", **{"w:fldCharType": kind}))
        else:
            instruction = _element("w:instrText")
            instruction.text = code
            run._r.append(instruction)
        if kind == "separate":
            paragraph.add_run("1")


def _element(tag: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
