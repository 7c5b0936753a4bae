"""Headers: grids taken apart, teachers' names taken out, hints of a scale found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from lib.intake.lexicon import lexicon
from lib.intake.text import apart, clean, fold, plain_digits
from lib.workbook.protocol import Cell

_GRID = re.compile(r"(?P<question>.*?)\s*\[(?P<row>[^\[\]]+)\]", re.DOTALL)
_RANGE = re.compile(
    r"(?<![\d.,/])(?P<low>-?\d{1,2})\s*"
    r"(?:-|–|—|~|\.\.+|…|to|a|à|ao|al|até|hasta|au|ile|ila|sampai|hingga|s/d|sd|đến|tới"
    r"|إلى|الى|至|到|through|and|y|e|et|و)\s*(?P<high>\d{1,3})(?!\d|[.,/]\d|\s?%)"
)
_LEGEND_KEY = re.compile(r"(?<![\w.,])(\d{1,2}|[A-Z]{1,3})\s?[=:–-]\s?(?=[^\W\d_])")
_LEGEND_END = re.compile(r"[,;.()\[\]/|]")
_NUMBERING = re.compile(r"^(?:[qQpPsS]?\d{1,3}(?:\.\d+)*\s*[.):\-–]+\s*|[qQ]\d{1,3}\s+)")
_CAPITALIZED = r"[A-ZÀ-ÖØ-ÞİŞĞĐ][\w'’.\-]*"
_ADDRESS = re.compile(r"[\w.+\-]+@[\w.\-]+\.\w{2,}")
_BRACKETED_HINT = re.compile(r"[\d\s=\-–,.:;/]+")


@dataclass(frozen=True)
class Header:
    """One header. ``shown`` is what people see, without teachers' names.

    ``question`` and ``row`` are the two parts of a grid's header; ``row`` is None elsewhere, and
    empty where it was nothing but a name.
    ``ordinal`` counts the columns shown alike from the left, from 1.
    """

    position: int
    shown: str
    question: str
    row: str | None = None
    ordinal: int = 1

    @property
    def asks(self) -> str:
        """The words that tell this column from its neighbors: the grid's row, or the question."""
        return without_numbering(self.row or self.question)

    @property
    def folded(self) -> str:
        """The whole header for comparing, without its numbering."""
        return fold(without_numbering(apart(self.shown)))


def read_headers(cells: Sequence[Cell]) -> tuple[Header, ...]:
    """The headers of a tab, in its order."""
    headers: list[Header] = []
    seen: dict[str, int] = {}
    read = [_read_header(position, clean(cell)) for position, cell in enumerate(cells, 1)]
    people = _bare_names(read)
    for header in read:
        if header.row is not None and people & {header.question, header.row}:
            question, row = ("" if p in people else p for p in (header.question, header.row))
            header = _grid_header(header.position, question, row)
        seen[header.shown] = seen.get(header.shown, 0) + 1
        headers.append(replace(header, ordinal=seen[header.shown]))
    return tuple(headers)


def without_numbering(text: str) -> str:
    """A header without the "12." or "Q3:" in front of it."""
    rest = _NUMBERING.sub("", text, count=1).strip()
    return rest or text


def hinted_range(text: str) -> tuple[int, int] | None:
    """The scale a header states ("from 1 to 5", "(0-10)"), where it states one."""
    for match in _RANGE.finditer(plain_digits(text.casefold())):
        low, high = int(match["low"]), int(match["high"])
        if (low in (0, 1) and 2 < high <= 10) or (low in (0, 1) and high == 100):
            return low, high
    return None


def legend(text: str) -> dict[str, str]:
    """What a header says its answers stand for ("1 = never, 5 = always", "N- Never A- Always").

    From the answer to its words; empty unless at least two answers are explained.
    """
    keys = list(_LEGEND_KEY.finditer(text))
    ends = [*(key.start() for key in keys[1:]), len(text)] if keys else []
    found = {
        key[1]: _LEGEND_END.split(text[key.end() : end])[0].strip()
        for key, end in zip(keys, ends, strict=True)
    }
    return found if len(found) > 1 else {}


def _read_header(position: int, written: str) -> Header:
    text = " ".join(_ADDRESS.sub("", written).split())
    grid = _GRID.fullmatch(text)
    if grid is None or _BRACKETED_HINT.fullmatch(grid["row"]):
        shown = without_names(text)
        return Header(position, shown, shown)
    question, row = (without_names(grid[part].strip()) for part in ("question", "row"))
    return _grid_header(position, question, row)


def _grid_header(position: int, question: str, row: str) -> Header:
    shown = f"{question} [{row}]".strip() if row else question
    return Header(position, shown, question, row)


def _bare_names(headers: Sequence[Header]) -> frozenset[str]:
    """People's names without a title that stand in for the questions or the rows of grids.

    Several grids with the same rows, or several rows under a question about teachers, are each
    headed by two to four capitalized words that no question is made of.
    """
    rows: dict[str, set[str]] = {}
    for header in headers:
        if header.row is not None:
            rows.setdefault(header.question, set()).add(header.row)
    about_teachers = any(lexicon().header_says(header.folded, "teacher") for header in headers)
    people: set[str] = set()
    for question, its_rows in rows.items():
        alike = [other for other, others in rows.items() if others == its_rows]
        if about_teachers and len(alike) > 1 and all(map(_is_name, alike)):
            people.add(question)
        asks_teachers = lexicon().header_says(fold(question), "teacher")
        if asks_teachers and len(its_rows) > 1 and all(map(_is_name, its_rows)):
            people |= its_rows
    return frozenset(people)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(map(_looks_capitalized, words))
        and not any(lexicon().knows(fold(word)) for word in words)
    )


def without_names(text: str) -> str:
    """Take out people's names that follow or precede a title ("Ms. Lee", "Profa. Ana Souza")."""
    words = _without_joined_names(text).split()
    if not words:
        return ""
    if len(words) <= 4 and words[0][-1] in "./" and _is_uncased_title(words[0]):
        return ""  # a script without capitals: a short text that begins with "د." is a name
    title_case = _is_title_case(words)
    kept: list[str] = []
    position = 0
    while position < len(words):
        width = _name_width(words, position, title_case=title_case)
        if width:
            position += width
            continue
        kept.append(words[position])
        position += 1
    if " ".join(kept) == text:
        return text
    return " ".join(kept).strip(" :,-–—").strip()


def _without_joined_names(text: str) -> str:
    """Take out names in a script without spaces: a common surname, a name, a title."""
    joined = _joined_names()
    return joined.sub("", text) if joined and not text.isascii() else text


@cache
def _joined_names() -> re.Pattern[str] | None:
    known = lexicon()
    titles = "|".join(re.escape(title) for title in known.name_after if not title.isascii())
    if not known.surnames or not titles:
        return None
    return re.compile(rf"(?<!\w)[{''.join(known.surnames)}]\w{{0,2}}?(?:{titles})")


def _name_width(words: list[str], at: int, *, title_case: bool) -> int:
    """How many words from ``at`` on are a title with a name, or 0."""
    known = lexicon()
    bare = fold(words[at])
    if bare in known.name_before:
        abbreviated = words[at].endswith(".") or len(bare) <= 3
        width = 1
        while at + width < len(words) and fold(words[at + width]) in known.name_before:
            width += 1
        names = _capitalized_run(words, at + width)
        # "Professor Knowledge" in a header that capitalizes every word is no name.
        if names and (abbreviated or not title_case):
            return width + names
    if words[at].endswith(":") and bare in known.name_labels:
        names = _capitalized_run(words, at + 1)
        return 1 + names if names and at + 1 + names == len(words) else 0
    names = _capitalized_run(words, at)
    after = at + names
    if 0 < names <= 2 and after < len(words) and fold(words[after]) in known.name_after:
        return names + 1
    return 0


def _capitalized_run(words: list[str], at: int) -> int:
    width = 0
    titles = lexicon().name_after
    while at + width < len(words) and width < 3 and _looks_capitalized(words[at + width]):
        if width and fold(words[at + width]) in titles:
            break
        width += 1
        if words[at + width - 1][-1] in ",:;?!)":
            break
    return width


def _looks_capitalized(word: str) -> bool:
    return re.fullmatch(_CAPITALIZED, word.strip(",:;?!()\"'")) is not None


def _is_uncased_title(word: str) -> bool:
    bare = fold(word)
    return bare in lexicon().name_before and not bare.isascii()


def _is_title_case(words: list[str]) -> bool:
    long_words = [word for word in words if len(word) > 3]
    return len(long_words) > 1 and all(_looks_capitalized(word) for word in long_words)
