"""Contacts, numbers and dates that say who somebody is, found by their form alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Identifier(StrEnum):
    """What may say who somebody is; the value is what stands in its place."""

    NAME = "[name]"
    EMAIL = "[e-mail]"
    PHONE = "[phone]"
    HANDLE = "[handle]"
    LINK = "[link]"
    NUMBER = "[number]"
    DATE = "[date]"


@dataclass(frozen=True)
class Span:
    """A part of a text, [start, end), and what it is."""

    start: int
    end: int
    kind: Identifier


# In the patterns below "\ue000" is what ``lib.voices.identity`` puts in place of each sign that is
# masked already: no link runs on into it.
_DATE = (
    r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:19|20)?\d\d|(?:19|20)\d\d[/.\-]\d{1,2}[/.\-]\d{1,2}"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]*"
    r"|enero|febrero|marzo|mayo|junio|julio"
)
_BIRTH = (
    r"(?:born|birthday|birth ?date|date of birth|d\.?o\.?b\.?|nac[ií]|cumplea[ñn]os|nacimiento)"
)
_DIGITS = "digits"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_PATTERNS: tuple[tuple[Identifier, str, re.Pattern[str]], ...] = tuple(
    (kind, needs, re.compile(pattern, re.IGNORECASE))
    for kind, needs, pattern in (
        (
            Identifier.EMAIL,
            "@([",
            r"(?<![\w.+\-])[\w.+\-]+ ?(?:@|\(at\)|\[at\]) ?[\w\-]+(?:\.[\w\-]+)+",
        ),
        (
            Identifier.EMAIL,
            "",
            r"(?<![\w.+\-])[\w.+\-]+ at [\w\-]+ ?(?:\.| dot | punto ) ?(?:com|net|org|edu)\b",
        ),
        (Identifier.LINK, "", r"(?:https?://|www\.)[^\s\ue000]+"),
        (Identifier.LINK, "/", r"(?<![\w\-])[\w\-]+\.(?:com|net|org|me|gg|tv|link)/[^\s\ue000]+"),
        (Identifier.HANDLE, "@", r"(?<![\w@])@\w(?:[\w.]*\w)?"),
        (Identifier.HANDLE, "#", r"\b\w{2,}#\d{3,5}\b"),
        (
            Identifier.HANDLE,
            "",
            r"\b(?:instagram|insta|ig|snap|snapchat|tik ?tok|discord|twitter|whatsapp)"
            r" ?(?:is|es|:|=|-) ?(?=[\w.]*[\d_.])[\w.]*\w",
        ),
        (Identifier.DATE, _DIGITS, rf"\b(?:{_DATE})(?!\w)"),
        (
            Identifier.DATE,
            _DIGITS,
            rf"\b(?:{_MONTH})\.? {_NTH},? (?:of |de |del )?(?:19|20)\d\d\b",
        ),
        (
            Identifier.DATE,
            _DIGITS,
            rf"\b{_NTH} (?:of |de )?(?:{_MONTH}),? (?:de |del |of )?(?:19|20)\d\d\b",
        ),
        (
            Identifier.DATE,
            _DIGITS,
            rf"\b{_BIRTH}[:,]? (?:is |on |was |es |el |fue |the ){{0,3}}"
            rf"(?:{_DATE}|(?:{_MONTH})\.? {_NTH}|{_NTH} (?:de )?(?:{_MONTH})"
            r"|\d{1,2}[/.\-]\d{1,2})\b",
        ),
        (Identifier.PHONE, _DIGITS, r"(?<![\w.])\+?\(?\d(?:[ ().\-–/]{0,2}\d){6,14}(?!\w)"),
        (
            Identifier.NUMBER,
            _DIGITS,
            r"\b(?:student|school|alumno|matr[ií]cula|lunch|my|mi|locker)?"
            r" ?(?:id|number|num|no|n[uú]mero|matr[ií]cula|pin|code|c[oó]digo|locker)\.?"
            r" ?(?:is|es|:|=|#)? ?#?(?P<only>\d{3,})\b",
        ),
        (Identifier.NUMBER, _DIGITS, r"(?<![\w.,])\d{6,}(?!\w)"),
    )
)


def contacts(left: str) -> Iterator[Span]:
    """Whatever has the form of a contact, a number or a date; parts may overlap.

    ``left`` is a text with a wall in place of what is masked already.
    """
    digits = any(char.isdecimal() for char in left)
    for kind, needs, pattern in _PATTERNS:
        # Most comments hold none of these signs, and most patterns need one.
        if needs == _DIGITS and not digits:
            continue
        if needs and needs != _DIGITS and not any(sign in left for sign in needs):
            continue
        for match in pattern.finditer(left):
            group = "only" if "only" in pattern.groupindex else 0
            yield Span(match.start(group), match.end(group), kind)
