"""Small helpers for words on screen."""

import re

# What becomes a link, a picture or another sign even where every sign is escaped: Streamlit looks
# for these in the words that are left. A joiner that nobody sees keeps them apart. The address of
# a service account stays whole: people copy it from here, and a joiner would go with it.
_MADE_OF_WORDS = re.compile(
    r"(http(?=s?://)|www(?=\.)|:(?=material/|[\w+-]+:)"
    r"|@(?=[-\w])(?![-\w.]+\.iam\.gserviceaccount\.com\b))",
    re.IGNORECASE,
)
_ARROWS = re.compile(r"([<>~-])(?=[->=])")
# The same in a drawing, whose own signs must stay: only what stands alone becomes another sign.
_LONE_ARROWS = re.compile(
    r"(?<![^\s>\ufeff])((?:&lt;|~|&#126;|-|&gt;)(?:-(?=&gt;))?)(?=(?:-|=|&gt;)+(?:[\s<\ufeff]|$))"
)
_JOINER = "\u2060"
_DIGITS = re.compile(r"(\d+)")
_FORMULA = re.compile(r"[\s\"']*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:^=&])")


def plain(text: str) -> str:
    """Escape text that people wrote, so that Markdown shows it as it was typed.

    Line breaks become spaces: a sentence of somebody else's never starts a heading or a list.
    """
    apart = _ARROWS.sub(rf"\1{_JOINER}", _unlinked(" ".join(text.split())))
    return _MARKDOWN.sub(r"\\\1", apart)


def plain_drawing(svg: str) -> str:
    """Keep the words in a drawing from becoming links, icons and arrows. Its tags stay as they are.

    ``svg`` has its words escaped as HTML.
    """
    return _LONE_ARROWS.sub(rf"\1{_JOINER}", _unlinked(svg))


def _unlinked(text: str) -> str:
    return _MADE_OF_WORDS.sub(rf"\1{_JOINER}", text)


def csv_cell(text: str) -> str:
    """A cell for a CSV file that no spreadsheet takes for a formula (OWASP, "CSV injection").

    An apostrophe before it makes it text; numbers such as -5 and +2.5% stay as they are.
    """
    if _NUMBER.fullmatch(text) or not _FORMULA.match(text):
        return text
    return f"'{text}"


def join_words(words: list[str]) -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Say how many: "1 practice", "3 practices", "no practices"."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{'no' if number == 0 else number} {noun}"


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key that puts "Grade 6" before "Grade 10", and an empty text last."""
    if not text:
        return ((2, 0, ""),)
    return tuple(
        (0, *_number(part)) if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(text)
        if part
    )


def _number(digits: str) -> tuple[int, str]:
    """Digits in the order of their numbers, which a student may make longer than ``int`` takes."""
    value = "".join(str(int(digit)) for digit in digits).lstrip("0")
    return len(value), value
