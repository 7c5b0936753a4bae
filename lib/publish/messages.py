"""Keeps the catalogues of ``locale`` in step with the words in the code.

    python -m lib.publish.messages          # after a change of words
    python -m lib.publish.messages fr       # begin a language

Writes what is to be said into ``students.pot`` and each catalogue; what a catalogue does not say
yet is listed, and until nothing is, its language is not offered.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import write_po

from lib.catalogue import CATALOGUE
from lib.publish.languages import DOMAIN, LOCALE, catalogues, missing

_ROOM = Path(__file__).parent
_SOURCES = (
    *(
        (f"{name}.py", "python")
        for name in ("languages", "school", "wording", "students", "poster_words")
    ),
    ("templates/students.html", "jinja2"),
)
_KEYWORDS = {"message": None, "_": None, "counted": (1, 2)}
_WIDTH = 100
_DAY = datetime(2027, 1, 28, tzinfo=UTC)


def template() -> Catalog:
    """Every text that students read and we wrote: of the page, the poster and the practices."""
    found = _catalogue(None)
    for name, method in _SOURCES:
        for _, text, comments, _ in extract_from_file(method, _ROOM / name, _KEYWORDS):
            found.add(text, locations=[(name, 0)], auto_comments=comments)
    for practice in CATALOGUE:
        found.add(practice.name, locations=[("practices", 0)])
        found.add(practice.statement, locations=[("practices", 0)])
    return found


def update(folder: Path = LOCALE, new: str = "") -> dict[str, tuple[str, ...]]:
    """Write the template and bring each catalogue in step; ``new`` is a language to begin.

    Returns what each language does not say yet, by its code. Raises babel.UnknownLocaleError.
    """
    wanted = template()
    _write(folder / f"{DOMAIN}.pot", wanted)
    if new:
        locale = Locale.parse(new.replace("-", "_"))
        _write(_file(folder, locale), _catalogue(locale))
    left = {}
    for catalogue in catalogues(folder):
        catalogue.update(wanted, no_fuzzy_matching=True)
        _write(_file(folder, catalogue.locale), catalogue)
        left[str(catalogue.locale)] = missing(catalogue, wanted)
    return left


def _file(folder: Path, locale: Locale | None) -> Path:
    return folder / str(locale) / "LC_MESSAGES" / f"{DOMAIN}.po"


def _catalogue(locale: Locale | None) -> Catalog:
    """An empty one. Its day stands still: the same words make the same file."""
    return Catalog(
        locale=locale,
        project="Seat at the Table",
        charset="utf-8",
        header_comment="# What students read on their page and on the poster.",
        creation_date=_DAY,
        revision_date=_DAY,
        fuzzy=False,
    )


def _write(file: Path, catalogue: Catalog) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as out:
        write_po(out, catalogue, width=_WIDTH, ignore_obsolete=True, include_lineno=False)


def main(arguments: list[str]) -> int:
    """Run ``update`` and say what is left; 1 when something is."""
    left = update(new=arguments[0] if arguments else "")
    for code, texts in left.items():
        sys.stdout.write(f"{code}: {len(texts)} to say\n")
        sys.stdout.writelines(f"  {text}\n" for text in texts)
    return 1 if any(left.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
