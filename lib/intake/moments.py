"""One cell as the moment of an answer: a serial number of days, or a written date taken apart."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from babel import Locale

from lib.intake.lexicon import lexicon
from lib.intake.text import clean, fold, plain_digits
from lib.workbook.protocol import Cell

DAY_FIRST = "day first"
MONTH_FIRST = "month first"
YEAR_FIRST = "year first"
WORDS = "month in words"
"""How a written date may stand; between the first two only a whole column can tell."""

_DIGIT = re.compile(r"\d")
_SERIALS = (29_221.0, 73_051.0)  # 1980 to 2100

_DATE = re.compile(r"(?<!\d)(\d{1,4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,4})(?!\d)")
_DATE_CJK = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]?")
_TIME = re.compile(r"(?<!\d)(\d{1,2})[:.hH](\d{2})(?:[:.m](\d{2})(?:[.,]\d+)?)?s?(?!\d)")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\s(\d{1,2})\s(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s(?:(?:de|d|of)\s)?([^\W\d_]+)\s(?:(?:de|del|of)\s)?(\d{4})")
_BABEL_LOCALES = ("en", "es", "fr", "pt", "tr", "id", "ms", "vi", "ar", "de", "it")


@dataclass(frozen=True)
class Parts:
    """One timestamp taken apart: three numbers in the order written, and seconds of the day.

    ``padded``: the second number alone is padded with a zero ("8/06/2024"), as locales write
    that put the day first.
    """

    order: str | None
    numbers: tuple[int, int, int]
    seconds: int
    padded: bool = False

    def at(self, order: str) -> datetime | None:
        """The moment, if day and month come in this order; None when there is no such day."""
        a, b, c = self.numbers
        year, month, day = {
            DAY_FIRST: (c, b, a),
            MONTH_FIRST: (c, a, b),
        }.get(self.order or order, (a, b, c))
        try:
            midnight = datetime(year, month, day)  # noqa: DTZ001 - the school's local time
        except ValueError:
            return None
        return midnight.replace(
            hour=self.seconds // 3600, minute=self.seconds // 60 % 60, second=self.seconds % 60
        )


def parse(cell: Cell) -> Parts | float | None:
    """A cell as a timestamp: a serial number of days, the parts of a written one, or None."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell) if _SERIALS[0] <= cell <= _SERIALS[1] else None
    if not 6 <= len(cell) <= 60 or not _DIGIT.search(cell):
        return None
    text = plain_digits(clean(cell))
    if re.fullmatch(r"\d{5}([.,]\d+)?", text):
        serial = float(text.replace(",", "."))
        return serial if _SERIALS[0] <= serial <= _SERIALS[1] else None
    return _parse_text(text)


def _parse_text(text: str) -> Parts | None:
    cjk = _DATE_CJK.search(text)
    date = cjk or _DATE.search(text)
    rest = text if date is None else f"{text[: date.start()]} {text[date.end() :]}"
    time = _TIME.search(rest)
    seconds = 0 if time is None else _seconds(time, rest)
    if seconds is None:
        return None
    if date is None:
        return _month_in_words(text, seconds)
    if cjk is not None:
        return Parts(YEAR_FIRST, (int(cjk[1]), int(cjk[2]), int(cjk[3])), seconds)
    a, b, c = int(date[1]), int(date[3]), int(date[4])
    if len(date[1]) == 4:
        return Parts(YEAR_FIRST, (a, b, c), seconds) if 1 <= b <= 12 and 1 <= c <= 31 else None
    if len(date[4]) == 2:
        c += 2000
    if not (1980 <= c <= 2100 and 1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    return Parts(None, (a, b, c), seconds, padded=len(date[1]) == 1 and date[3][0] == "0")


def _seconds(time: re.Match[str], text: str) -> int | None:
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if hour > 24 or minute > 59 or second > 59:
        return None
    around = f"{text[: time.start()]} {text[time.end() :]}"
    if hour <= 12 and any(map(str.isalpha, around)):
        rest, known = f" {fold(around)} ", lexicon()
        if any(f" {mark} " in rest or (not mark.isascii() and mark in rest) for mark in known.pm):
            hour = hour % 12 + 12
        elif any(f" {mark} " in rest or (not mark.isascii() and mark in rest) for mark in known.am):
            hour %= 12
    return (hour % 24 * 60 + minute) * 60 + second


def _month_in_words(text: str, seconds: int) -> Parts | None:
    folded = fold(text)
    for pattern, month_at, day_at in ((_DAY_MONTH, 2, 1), (_MONTH_DAY, 1, 2)):
        for match in pattern.finditer(folded):
            month = _month_names().get(match[month_at])
            if month is not None:
                return Parts(WORDS, (int(match[3]), month, int(match[day_at])), seconds)
    return None


@cache
def _month_names() -> dict[str, int]:
    names: dict[str, int] = {}
    for code in _BABEL_LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, name in Locale(code).months[context][width].items():
                    if not name.isdigit():
                        names.setdefault(fold(name), month)
    return names
