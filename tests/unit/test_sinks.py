"""Whatever people typed stays text, wherever it goes: Markdown, HTML, SVG, Vega, CSV."""

import csv
import io
import json
import re
from datetime import date
from html import escape, unescape
from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lib import charts, heat
from lib.evidence.types import Band, Coding, Figure
from lib.publish.sparkline import TrendPoint, trend_svg
from lib.tables import drawn_table, plain_table
from lib.text import csv_cell, plain, plain_drawing

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><b>",
    "</title></svg><a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "![x](https://evil.example/p.png)",
    "&lt;b&gt; &#60;i&#62;",
    "**b** _i_ ~~s~~ `c` # h",
    ":red[x] :smile: :material/home: $x^2$",
    "see https://evil.example or www.evil.example or a@evil.example",
    ":material_home: :streamlit: :+1: 10:30:15",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "a\n\n# b\n- c",
    "\u2028\u2029\\\"'",
    "{{7*7}} {% raw %}",
)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40) | st.sampled_from(
    ATTACKS
)
typed = st.lists(words, max_size=3).map("".join)


class Reader(HTMLParser):
    """The tags, attributes' names and words of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.values: list[str] = []
        self.said: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.values += [value or "" for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@settings(deadline=None)
@given(typed)
@example("".join(ATTACKS))
def test_markdown_shows_what_was_typed(text: str) -> None:
    """A parser of somebody else's sees one paragraph and no markup in it."""
    line = " ".join(text.split())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(plain(text))
    if not line:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    shown = "".join(child.content for child in children)
    assert shown.replace("\u2060", "") == line.replace("\u2060", "")


# As Streamlit's front end has them, after Markdown: links, icons, emoji, arrows and dashes.
MADE = re.compile(
    r"https?://|www\.|:material/|:material_\w+:|:streamlit:|:\+1:|:-1:|:[\w-]+:"
    r"|[-.\w+]+@[-\w]+(\.[-\w]+)+"
    r"|(^|[\s\ufeff])(<->|->|<-|--|>=|<=|~=)([\s\ufeff]|$)",
    re.IGNORECASE | re.ASCII,
)


@settings(deadline=None)
@given(typed)
@example("a@b.co")
@example("x\ufeff->\ufeffy")
@example(":material_home: :streamlit: 10:30:15 -> <-> <- -- >= <= ~=")
def test_nothing_is_left_that_streamlit_makes_something_else_of(text: str) -> None:
    assert not MADE.search(plain(text).replace("\\", ""))
    assert not MADE.search(unescape(plain_drawing(escape(text))))


def test_a_drawing_keeps_its_tags_and_the_words_in_it_stay_words() -> None:
    tag = '<text style="fill:var(--ink)" x="1">'
    for arrow in ("->", "<->", "<-", "--", ">=", "<=", "~="):
        shown = plain_drawing(f"{tag}{escape(arrow)}</text>")
        assert shown.startswith(tag)
        assert shown != f"{tag}{escape(arrow)}</text>"
        assert shown.replace("\u2060", "") == f"{tag}{escape(arrow)}</text>"


def test_the_address_to_share_with_can_be_copied() -> None:
    account = "seat@a-school.iam.gserviceaccount.com"
    assert plain(account).replace("\\", "") == account
    assert "\u2060" in plain("seat@a-school.iam.gserviceaccount.community.example")


@settings(deadline=None)
@given(typed, typed)
def test_a_table_is_escaped_in_headings_and_cells(name: str, cell: str) -> None:
    placed = plain_table(pd.DataFrame({name: [cell]}))
    assert list(placed.columns) == [plain(name)]
    assert placed.iloc[0, 0] == plain(cell)


def test_numbers_in_a_table_stay_numbers() -> None:
    placed = plain_table(pd.DataFrame({"n": [-1, 2], "x.y": ["a*", ""]}))
    assert placed.to_dict("list") == {"n": [-1, 2], "x\\.y": ["a\\*", ""]}


FIGURE = Figure(60, 50, 70, Coding.EXACT)


def drawings(text: str) -> list[tuple[str, set[str]]]:
    """Every drawing with the text in each of its places, and the tags it may have."""
    palette = charts.LIGHT
    svg = {"svg", "title", "desc", "text", "line", "circle", "path", "rect", "g", "polyline"}
    point = TrendPoint(text, 60, 50, 70, Coding.EXACT)
    return [
        (charts.interval(FIGURE, text, palette), svg),
        (charts.scale(text), svg),
        (charts.color_key((("w", (Band(text, 40), Band(text, 60))),)), {"ul", "li", "span"}),
        (trend_svg([point, None, point], title=text, description=text), svg | {"polygon"}),
        (
            heat.heat_table([], [text], {text: text}, text),
            {"div", "table", "thead", "tbody", "tr", "td", "th", "small"},
        ),
    ]


@settings(deadline=None)
@given(typed)
@example("".join(ATTACKS))
def test_a_drawing_holds_only_its_own_tags(text: str) -> None:
    for html, own in drawings(text):
        seen = Reader(html)
        assert seen.tags <= own
        assert not {name for name in seen.attributes if name.startswith("on")}
        assert "href" not in seen.attributes
        # Long names are cut where a drawing has no room: half of the text has to be there.
        assert text[: min(len(text) // 2, 8)] in "\n".join([*seen.said, *seen.values])


@settings(deadline=None)
@given(typed, typed)
@example("<b>a</b>", "one\n\ntwo")
def test_a_drawn_table_holds_words_in_one_line_each_and_only_its_own_tags(a: str, b: str) -> None:
    html = drawn_table(pd.DataFrame({a: [b]}), a)
    seen = Reader(html)
    assert seen.tags <= {"div", "table", "thead", "tbody", "tr", "th"}
    assert "\n" not in html
    for words in (a, b):
        assert " ".join(words.split()) in "\n".join(seen.said)


def strings_of(chart: object) -> list[str]:
    """Every labelExpr of a chart's specification."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key in ("labelExpr", "expr", "calculate", "filter", "test"):
                    found.append(json.dumps(inner) if isinstance(inner, dict) else str(inner))
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(chart)
    return found


def quoted(expression: str) -> set[str]:
    """The words in an expression that names waves, which must be made of nothing else."""
    rest, found = expression, set()
    while rest:
        rest = re.sub(r"^width >= \d+ \? ", "", rest).removeprefix("(")
        names, end = json.JSONDecoder().raw_decode(rest)
        found |= set(names.values())
        tail = "[timeFormat(datum.value, '%Y-%m-%d')] || '')"
        assert rest[end:].startswith(tail)
        rest = rest[end:].removeprefix(tail).removeprefix(" : ")
    return found


# A chart costs a tenth of a second; the attacks themselves are all in the example.
WITHOUT_WORDS = {
    "datum.value + '%'",
    "clamp(width / 85, 12, 18)",
    "clamp(width / 64, 16, 22)",
}
"""The expressions that nothing typed is a part of."""


@settings(deadline=None, max_examples=30)
@given(st.lists(typed, min_size=1, max_size=3))
@example(list(ATTACKS))
def test_an_expression_of_vegas_holds_words_only_as_quoted_text(labels: list[str]) -> None:
    days = [date(2026, 1 + n % 12, 1 + n) for n in range(len(labels))]
    points = tuple(charts.Point(label, d, FIGURE) for d, label in zip(days, labels, strict=True))
    picture = charts.trend(points, (charts.Mark(days[0], labels[0]),), charts.LIGHT)
    spec = json.loads(picture.spec)
    for expression in strings_of(spec):
        if expression in WITHOUT_WORDS:
            continue
        assert expression.isascii()
        assert labels[-1] in quoted(expression)
        assert quoted(expression) <= set(labels)


@pytest.mark.parametrize(
    ("typed_in", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (' =HYPERLINK("x")', '\' =HYPERLINK("x")'),
        ('"=1', "'\"=1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("+2.5%", "+2.5%"),
        ("Real choices", "Real choices"),
        ("", ""),
    ],
)
def test_a_cell_is_no_formula(typed_in: str, kept: str) -> None:
    assert csv_cell(typed_in) == kept


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_cell_of_a_file_starts_a_formula(text: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerow([csv_cell(text), "next"])
    (cell, _), *more = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert more == []
    assert cell.removeprefix("'") == text.removeprefix("'")
    number = re.fullmatch(r"[+-]?\d[\d.,]*%?", cell)
    assert number or cell[:1] not in set("=+-@\t\r\n")
