"""What may be a child in trouble: flags that order the reading, and never clear anything.

Recall before precision: a false alarm costs a minute, a child missed is missed. "No flag" is no
finding; every comment is read by a person before anybody else sees it.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from lib.voices.contacts import Identifier
from lib.voices.identity import Masked
from lib.voices.phrases import CloseWords, Hit, Phrases, Token, loose_tokens

_FOLDER = Path(__file__).with_name("safety")
_REACH = 6
"""Words between an adult's name and what he or she is said to do."""


class Category(StrEnum):
    """What a comment may be about."""

    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    THREAT = "threat"
    BULLYING = "bullying"
    SUBSTANCES = "substances"
    ACCUSATION = "an accusation about a named person"


class Level(StrEnum):
    """How soon to read a comment. ``NONE``: no list knows it, which does not mean it is safe."""

    RED = "red"
    AMBER = "amber"
    NONE = ""


@dataclass(frozen=True)
class Concern:
    """What the lists found in one comment."""

    level: Level
    categories: tuple[Category, ...]

    @property
    def words(self) -> str:
        """The categories for a person to read: "self-harm, bullying"."""
        return ", ".join(self.categories)


CALM = Concern(Level.NONE, ())
"""What is found in a comment that no list knows."""


def assess(masked: Masked) -> Concern:
    """Flag a text, whose names have been found. Never raises and never changes it."""
    lists = _lists()
    words = loose_tokens(masked.original, lists.expand, lists.close)
    hits = [(*_label(hit), hit) for hit in lists.phrases.find(words)]
    softened = _softened(lists.idioms.find(words))
    found = [
        (Level.AMBER if level is Level.RED and _covered(hit, softened) else level, category)
        for level, category, hit in hits
    ]
    found += _accused(masked, words, lists)
    if not found:
        return CALM
    level = Level.RED if any(level is Level.RED for level, _ in found) else Level.AMBER
    named = {category for at, category in found if at is level}
    return Concern(level, tuple(category for category in Category if category in named))


@dataclass(frozen=True)
class _Lists:
    phrases: Phrases
    idioms: Phrases
    accusing: Phrases
    expand: dict[str, tuple[str, ...]]
    close: CloseWords


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    """All languages together: students mix them."""
    phrases, idioms, accusing = Phrases(), Phrases(), Phrases()
    expand: dict[str, tuple[str, ...]] = {}
    close: list[str] = []
    for path in sorted(_FOLDER.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        sets = data.get("sets", {})
        for level in (Level.RED, Level.AMBER):
            for category, listed in data.get(level.value, {}).items():
                _add(phrases, f"{level.value} {category.replace('_', '-')}", listed, sets)
            _add(accusing, level.value, data.get("accusing", {}).get(level.value, ()), sets)
        _add(idioms, "idiom", data.get("idioms", {}).get("phrases", ()), sets)
        expand |= {short: tuple(full.split()) for short, full in data.get("expand", {}).items()}
        close += data.get("close", {}).get("words", ())
    return _Lists(phrases, idioms, accusing, expand, CloseWords(close))


def _add(to: Phrases, label: str, listed: Iterable[str], sets: dict[str, Any]) -> None:
    for phrase in listed:
        to.add(label, phrase, sets)


def _label(hit: Hit) -> tuple[Level, Category]:
    level, category = hit.label.split(" ", 1)
    return Level(level), Category(category)


def _softened(idioms: Iterable[Hit]) -> frozenset[int]:
    return frozenset(at for hit in idioms for at in range(hit.first, hit.last + 1))


def _covered(hit: Hit, softened: frozenset[int]) -> bool:
    """Whether a saying explains a phrase: it covers where it begins and where it ends."""
    return hit.first in softened and hit.last in softened


def _accused(masked: Masked, words: Sequence[Token], lists: _Lists) -> list[tuple[Level, Category]]:
    """What a person who is named is said to do."""
    people = [span for span in masked.spans if span.kind is Identifier.NAME]
    if not people:
        return []
    named = [
        at
        for at, word in enumerate(words)
        if any(span.start < word.end and word.start < span.end for span in people)
    ]
    return [
        (Level(hit.label), Category.ACCUSATION)
        for hit in lists.accusing.find(words)
        if any(0 < hit.first - at <= _REACH or 0 < at - hit.last <= _REACH for at in named)
    ]
