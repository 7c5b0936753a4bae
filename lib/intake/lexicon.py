"""The words intake knows, read from ``lexicon/``: one TOML file a language, and the scale kinds.

A language is added by adding a file. Named in code are English, where nothing else is known; what
Google calls a form's tab (``lib.workbook.form_tab``); the months that babel knows
(``lib.intake.dates``); and how a grid's header is written (``lib.intake.headers``).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from lib.intake.text import contains, fold

_FOLDER = Path(__file__).with_name("lexicon")


@dataclass(frozen=True)
class Phrases:
    """What headers of one kind say, folded: the whole header, a part of it, but not with these."""

    whole: frozenset[str]
    has: tuple[str, ...]
    unless: tuple[str, ...]

    def match(self, folded: str) -> bool:
        """Whether a folded header is of this kind."""
        if folded in self.whole:
            return True
        if not self._anywhere.search(folded):
            return False
        if any(contains(folded, phrase) for phrase in self.unless):
            return False
        return any(contains(folded, phrase) for phrase in self.has)

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        """Finds the letters of any phrase: most headers hold none, and are done with at once."""
        letters = [re.escape(phrase.removesuffix("*")) for phrase in self.has if phrase]
        return re.compile("|".join(letters) or r"(?!)")


@dataclass(frozen=True)
class Kind:
    """A kind of word scale. ``places`` maps a folded label to its place from 0 to 100.

    ``wording`` gives, by language, a label to show for a place; ``templates`` the scales in use.
    """

    name: str
    says: str
    templates: tuple[tuple[int, ...], ...]
    places: Mapping[str, int]
    languages: Mapping[str, frozenset[str]]
    wording: Mapping[tuple[str, int], str]


@dataclass(frozen=True)
class Lexicon:
    """All languages together; every phrase is folded except in ``Kind.wording``."""

    headers: Mapping[str, tuple[tuple[str, Phrases], ...]]
    kinds: tuple[Kind, ...]
    modifiers: Mapping[str, int]
    not_applicable: frozenset[str]
    adults: frozenset[str]
    students: frozenset[str]
    agreements: tuple[str, ...]
    refusals: tuple[str, ...]
    code_endings: tuple[str, ...]
    same_group: Mapping[str, str]
    am: tuple[str, ...]
    pm: tuple[str, ...]
    name_before: tuple[str, ...]
    name_after: tuple[str, ...]
    name_labels: tuple[str, ...]
    surnames: tuple[str, ...]
    label_words: frozenset[str]
    month_first: frozenset[str]
    vocabulary: frozenset[str]

    def header_says(self, folded: str, kind: str) -> bool:
        """Whether a folded header is of the given kind in any language."""
        return any(phrases.match(folded) for _, phrases in self.headers.get(kind, ()))

    def knows(self, word: str) -> bool:
        """Whether a folded word, or a stem of it, stands anywhere in the lexicon."""
        return word in self.vocabulary or any(
            f"{word[:length]}*" in self.vocabulary for length in range(3, len(word) + 1)
        )

    def header_language(self, folded: str, kind: str) -> str | None:
        """The first language in which a folded header is of the given kind."""
        found = self.headers.get(kind, ())
        return next((language for language, phrases in found if phrases.match(folded)), None)


@cache
def lexicon() -> Lexicon:
    """Read the data files once."""
    kinds = _load(_FOLDER / "kinds.toml")
    files = [_load(path) for path in sorted(_FOLDER.glob("*.toml")) if path.stem != "kinds"]
    # English first: where several languages would do, its wording is shown.
    files.sort(key=lambda file: file["language"] != "English")
    headers = _headers(files)
    known = tuple(_kind(name, kind, files) for name, kind in kinds.items())
    return Lexicon(
        headers=headers,
        kinds=known,
        modifiers={
            fold(word): int(place)
            for file in files
            for place, words in file.get("modifiers", {}).items()
            for word in words
        },
        not_applicable=frozenset(_folded(files, "words", "not_applicable")),
        adults=frozenset(_folded(files, "people", "adults")),
        students=frozenset(_folded(files, "people", "students")),
        agreements=tuple(_folded(files, "words", "agreements")),
        refusals=tuple(_folded(files, "words", "refusals")),
        code_endings=tuple(_folded(files, "words", "code_endings")),
        same_group=_same_group(files),
        am=tuple(_folded(files, "dates", "am")),
        pm=tuple(_folded(files, "dates", "pm")),
        name_before=tuple(_folded(files, "names", "before")),
        name_after=tuple(_folded(files, "names", "after")),
        name_labels=tuple(_folded(files, "names", "labels")),
        surnames=tuple(_folded(files, "names", "surnames")),
        label_words=frozenset(_folded(files, "labels", "words")),
        month_first=frozenset(
            file["language"] for file in files if not file.get("dates", {}).get("day_first", True)
        ),
        vocabulary=_vocabulary(headers, known),
    )


def _load(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _folded(files: list[dict[str, Any]], table: str, key: str) -> Iterator[str]:
    for file in files:
        for word in file.get(table, {}).get(key, ()):
            # "-" and the like fold to nothing; they are compared as they are.
            yield fold(word) or word


def _vocabulary(
    headers: Mapping[str, tuple[tuple[str, Phrases], ...]], kinds: tuple[Kind, ...]
) -> frozenset[str]:
    """Every single word of every phrase, folded; one that ends with "*" is a stem."""
    phrases = [
        phrase
        for lists in headers.values()
        for _, found in lists
        for phrase in (*found.whole, *found.has)
    ]
    phrases += [label for kind in kinds for label in kind.places]
    return frozenset(word for phrase in phrases for word in phrase.split())


def _headers(files: list[dict[str, Any]]) -> dict[str, tuple[tuple[str, Phrases], ...]]:
    found: dict[str, list[tuple[str, Phrases]]] = {}
    for file in files:
        for kind, lists in file.get("headers", {}).items():
            phrases = Phrases(
                frozenset(map(fold, lists.get("whole", ()))),
                tuple(map(_phrase, lists.get("has", ()))),
                tuple(map(_phrase, lists.get("unless", ()))),
            )
            found.setdefault(kind, []).append((file["language"], phrases))
    return {kind: tuple(lists) for kind, lists in found.items()}


def _phrase(text: str) -> str:
    """A phrase folded; its final "*" (any ending will do) is kept."""
    return fold(text) + ("*" if text.endswith("*") else "")


def _kind(name: str, kind: dict[str, Any], files: list[dict[str, Any]]) -> Kind:
    places: dict[str, int] = {}
    languages: dict[str, set[str]] = {}
    wording: dict[tuple[str, int], str] = {}
    for file in files:
        for place, labels in file.get("scales", {}).get(name, {}).items():
            for label in labels:
                places.setdefault(fold(label), int(place))
                languages.setdefault(fold(label), set()).add(file["language"])
                wording.setdefault((file["language"], int(place)), label)
    return Kind(
        name,
        kind["says"],
        tuple(tuple(template) for template in kind["templates"]),
        places,
        {label: frozenset(found) for label, found in languages.items()},
        wording,
    )


def _same_group(files: list[dict[str, Any]]) -> dict[str, str]:
    return {
        fold(label): meaning
        for file in files
        for meaning, labels in file.get("groups", {}).items()
        for label in labels
    }
