"""The languages of what students read: each is a catalogue in ``locale``, English is the source.

A language is offered when its catalogue says everything; ``lib.publish.messages`` keeps the
catalogues in step with the words in the code.
"""

import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from lib.evidence.types import Coding, Figure

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "students"
SOURCE = "en"

_WAVE = re.compile(r"(\w+) (\d{4})")
_VALUE = re.compile(r"%\((\w+)\)s")


def message(text: str) -> str:
    """Mark a text for the catalogues where it is written; ``Language.say`` says it."""
    return text


def counted(one: str, many: str) -> tuple[str, str]:
    """Mark a text that goes with a number, for one and for many; ``Language.count`` says it."""
    return one, many


_SEASONS = {
    "Spring": message("Spring %(year)s"),
    "Summer": message("Summer %(year)s"),
    "Fall": message("Fall %(year)s"),
    "Winter": message("Winter %(year)s"),
}
_CODED = {
    Coding.AT_LEAST: message("at least %(percent)s"),
    Coding.AT_MOST: message("at most %(percent)s"),
}
_MONTHS = {f"{date(2000, month, 1):%B}": month for month in range(1, 13)}


@dataclass(frozen=True)
class Language:
    """One language: how it says our words, days and numbers.

    ``code`` is what HTML calls it (BCP 47), ``name`` what its readers call it.
    """

    code: str
    words: gettext.NullTranslations = field(
        default_factory=gettext.NullTranslations, repr=False, compare=False
    )

    @property
    def locale(self) -> Locale:
        """Its rules for days and numbers."""
        return Locale.parse(self.code, sep="-")

    @property
    def name(self) -> str:
        """What its own readers call it: "Español"."""
        name = self.locale.get_display_name() or self.code
        return name[:1].upper() + name[1:]

    @property
    def english_name(self) -> str:
        """What staff call it: "Spanish"."""
        return self.locale.get_display_name("en") or self.code

    @property
    def direction(self) -> str:
        """Where its lines start: "ltr" or "rtl"."""
        return self.locale.text_direction

    @property
    def is_source(self) -> bool:
        """Whether our words and the staff's are written in it."""
        return self.code == SOURCE

    def say(self, text: str, /, **values: object) -> str:
        """One of our own texts, with its values put in."""
        said = self.words.gettext(text)
        return said % values if values else said

    def count(self, texts: tuple[str, str], number: int) -> str:
        """A text that goes with a number, which stands in it as ``%(count)s``."""
        return self.words.ngettext(*texts, number) % {"count": self.whole(number)}

    def knows(self, text: str) -> str | None:
        """A text of the school's in this language, where we have it; None where we have not."""
        said = self.words.gettext(text) if text else text
        return said if said != text or self.is_source else self._wave(text)

    def day(self, day: date) -> str:
        """A day in full: "October 12, 2026", "12 de octubre de 2026"."""
        return format_date(day, "long", locale=self.locale)

    def whole(self, number: int) -> str:
        """A whole number."""
        return format_decimal(number, locale=self.locale)

    def percent(self, share: int) -> str:
        """Whole points of 100: "62%", "62 %"."""
        return format_percent(share / 100, locale=self.locale)

    def figure(self, figure: Figure) -> str:
        """A figure as it is printed: "62%", "at most 5%"."""
        share = self.percent(figure.percent)
        coded = _CODED.get(figure.coding)
        return self.say(coded, percent=share) if coded else share

    def _wave(self, label: str) -> str | None:
        """A wave's name, where it is nothing but a season or a month and a year."""
        found = _WAVE.fullmatch(label)
        if found is None:
            return None
        word, year = found.groups()
        if word in _SEASONS:
            return self.say(_SEASONS[word], year=year)
        month = _MONTHS.get(word)
        return (
            format_skeleton("yMMMM", date(int(year), month, 1), locale=self.locale)
            if month and int(year)
            else None
        )


ENGLISH = Language(SOURCE)


@lru_cache(maxsize=4)
def offered(folder: Path = LOCALE) -> tuple[Language, ...]:
    """English, then every language whose catalogue in ``folder`` is complete, by its code."""
    template = _read(folder / f"{DOMAIN}.pot", None)
    whole = [_language(c) for c in catalogues(folder) if not missing(c, template)]
    return (ENGLISH, *whole)


def catalogues(folder: Path = LOCALE) -> Iterator[Catalog]:
    """Every catalogue in ``folder``, complete or not, by its language's code.

    Raises ValueError where a folder is not named for a language.
    """
    for file in sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po")):
        code = file.parent.parent.name
        try:
            yield _read(file, Locale.parse(code.replace("-", "_")))
        except UnknownLocaleError as error:
            raise ValueError(f"{file}: no language is called {code}.") from error


def missing(catalogue: Catalog, template: Catalog) -> tuple[str, ...]:
    """The texts of ``template`` that a catalogue does not say, or says with other values."""
    return tuple(_forms(m.id)[0] for m in template if m.id and not _says(catalogue, m))


def _says(catalogue: Catalog, wanted: Message) -> bool:
    said = catalogue.get(wanted.id)
    if said is None or said.fuzzy or list(said.check(catalogue)):
        return False
    values = set(_VALUE.findall(_forms(wanted.id)[0]))
    return all(text and set(_VALUE.findall(text)) == values for text in _forms(said.string))


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _read(file: Path, locale: Locale | None) -> Catalog:
    with file.open("rb") as text:
        return read_po(text, locale=locale)


def _language(catalogue: Catalog) -> Language:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    code = str(catalogue.locale).replace("_", "-")
    return Language(code, gettext.GNUTranslations(compiled))
