"""Names and contacts in what people write, masked until somebody asks to see them.

Names are found by titles, by lists of words and by the school's own roster; all else by its form
(``lib.voices.contacts``). Recall before precision, and still a person decides: no pattern knows
every name.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from pathlib import Path

from lib.intake.text import fold
from lib.voices.contacts import Identifier, Span, contacts
from lib.workbook.records import Record

CLOSE = 0.86
"""How alike (difflib's ratio) a word must be to a name on the roster."""
CLOSE_FROM = 5
"""Letters from which a slip of the pen is forgiven: shorter words are too often others."""
SHORTEST_NAME = 3
"""Letters of a name that is masked wherever it stands; a shorter one needs its title."""

_MASKED = "\ue000"
"""Stands for each sign of what is masked already; no pattern matches it."""
_STANDING = re.compile("|".join(re.escape(each.value) for each in Identifier))
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


@dataclass(frozen=True)
class Masked:
    """A text with what it hides. ``spans`` lie in ``original``, in order, apart."""

    original: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """The text to show until somebody asks for the names."""
        parts, at = [], 0
        for span in self.spans:
            parts += [self.original[at : span.start], span.kind.value]
            at = span.end
        return "".join([*parts, self.original[at:]])


@dataclass(frozen=True)
class Roster:
    """The staff's names: ``words`` to mask one by one, ``phrases`` to mask as a whole, folded."""

    words: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()

    @cached_property
    def long(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """The words in which a slip of the pen is forgiven, with their letters."""
        return tuple((w, frozenset(w)) for w in sorted(self.words) if len(w) >= CLOSE_FROM)


NOBODY = Roster()
"""The roster of a school that has given none."""


def roster_from(records: Mapping[str, Record]) -> Roster:
    """The roster as the school keeps it in PD Roster (records by id)."""
    words: set[str] = set()
    phrases: set[tuple[str, ...]] = set()
    for record in records.values():
        for name in (record.fields.get("name", ""), *_also(record)):
            parts = tuple(fold(name).split())
            phrases |= {parts} if len(parts) > 1 else set()
            # A surname in one word is written in two now and then, and the other way round.
            words |= {part for part in parts if len(part) >= SHORTEST_NAME}
    return Roster(frozenset(words - _words().all_titles - _words().everyday), frozenset(phrases))


def _also(record: Record) -> list[str]:
    return record.fields.get("also_called", "").split(";")


def mask(text: str, roster: Roster = NOBODY) -> Masked:
    """Find what may say who somebody is. Never raises; masking what is masked changes nothing."""
    original = unicodedata.normalize("NFC", text)
    # What is masked already is a wall: nothing is found across it, the first time or the second.
    left = _STANDING.sub(lambda found: _MASKED * len(found.group()), original)
    found: list[Span] = []
    while fresh := _apart(_find(left, roster, found, original)):
        found += fresh
        for span in fresh:
            wall = _MASKED * (span.end - span.start)
            left = left[: span.start] + wall + left[span.end :]
    return Masked(original, tuple(sorted(found, key=lambda span: span.start)))


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that overlap an earlier or longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _find(left: str, roster: Roster, known: Iterable[Span], original: str) -> Iterator[Span]:
    yield from contacts(left)
    yield from _names(left, roster)
    yield from _again(left, known, original)


def _again(left: str, known: Iterable[Span], original: str) -> Iterator[Span]:
    """What was masked in one place and stands elsewhere in the same text."""
    for span in known:
        texts = {original[span.start : span.end]}
        if span.kind is Identifier.NAME:
            texts |= {word.group() for word in _WORD.finditer(original, span.start, span.end)}
            texts = {text for text in texts if is_name(fold(text))}
        for text in texts:
            # "Brown" hides no brown desk.
            case = re.NOFLAG if fold(text) in _words().words_too else re.IGNORECASE
            pattern = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", case)
            for match in pattern.finditer(left):
                yield Span(match.start(), match.end(), span.kind)


def is_name(folded: str) -> bool:
    """Whether a word, or several, may be masked wherever it stands."""
    words = _words()
    return len(folded) >= SHORTEST_NAME and folded not in words.everyday | words.all_titles


@dataclass(frozen=True)
class _Words:
    titles: frozenset[str]
    weak_titles: frozenset[str]
    relations: frozenset[str]
    everyday: frozenset[str]
    words_too: frozenset[str]
    first_names: frozenset[str]

    @property
    def all_titles(self) -> frozenset[str]:
        return self.titles | self.weak_titles


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("identity.toml").read_text(encoding="utf-8"))
    lists = {key: frozenset(map(_folded, text.split())) for key, text in data.items()}
    return _Words(**lists)


@dataclass(frozen=True)
class _Seen:
    """A word of a text: where, folded without a possessive ending, and what is between it and
    the one before.
    """

    start: int
    end: int
    folded: str
    capital: bool
    between: str
    opens: bool


def _seen(left: str) -> list[_Seen]:
    found: list[_Seen] = []
    before = 0
    for match in _WORD.finditer(left):
        text = match.group()
        bare = text[:-2] if text[-2:].lower() in {"'s", "’s"} else text
        between = left[before : match.start()]
        opens = not found or any(char in ".!?\n" for char in between)
        end = match.start() + len(bare)
        # In a text typed in capitals they say nothing.
        capital = bare[:1].isupper() and not (len(bare) > 1 and bare.isupper())
        found.append(_Seen(match.start(), end, _folded(bare), capital, between, opens))
        before = match.end()
    return found


def _folded(word: str) -> str:
    return word.lower() if word.isascii() and word.isalpha() else fold(word).replace(" ", "")


def _names(left: str, roster: Roster) -> Iterator[Span]:
    words, seen = _words(), _seen(left)
    for at, word in enumerate(seen):
        yield from _phrases(seen, at, roster)
        following = seen[at + 1] if at + 1 < len(seen) else None
        if following and _is_title(word, following, words):
            end = _last(seen, at + 1)
            yield Span(word.start, seen[end].end, Identifier.NAME)
        elif following and _introduces(word, following, words):
            yield Span(following.start, seen[_last(seen, at + 1)].end, Identifier.NAME)
        if _on_roster(word, roster, words):
            yield Span(word.start, word.end, Identifier.NAME)
        elif _first_name(word, words):
            yield Span(word.start, seen[_last(seen, at)].end, Identifier.NAME)


def _phrases(seen: list[_Seen], at: int, roster: Roster) -> Iterator[Span]:
    """A name on the roster in all its words: "Ms. Q", "Dr. Y"."""
    for phrase in roster.phrases:
        part = seen[at : at + len(phrase)]
        if tuple(word.folded for word in part) != phrase:
            continue
        if all(word.between.strip(". ") == "" for word in part[1:]):
            yield Span(part[0].start, part[-1].end, Identifier.NAME)


def _is_title(word: _Seen, following: _Seen, words: _Words) -> bool:
    """Whether this is a title and the next word the name that belongs to it."""
    if following.folded in words.everyday and not (
        len(following.folded) == 1 and following.capital
    ):
        return False
    if word.folded in words.titles:
        return following.between.strip(" ") in {"", "."} and following.folded not in words.titles
    weak = word.folded in words.weak_titles and following.between == " " and following.capital
    # "I miss Fridays" is not about a Miss Fridays.
    return (
        weak and following.folded not in words.everyday and (word.folded != "miss" or word.capital)
    )


def _introduces(word: _Seen, following: _Seen, words: _Words) -> bool:
    return (
        word.folded in words.relations
        and following.between == " "
        and following.capital
        and is_name(following.folded)
    )


def _last(seen: list[_Seen], at: int) -> int:
    """The place of a name's last word: what follows with a capital belongs to it."""
    end = at
    while end + 1 < len(seen) and end - at < 2:
        following = seen[end + 1]
        joined = following.between == " " and following.capital and seen[end].capital
        if not joined or not is_name(following.folded):
            break
        end += 1
    return end


def _on_roster(word: _Seen, roster: Roster, words: _Words) -> bool:
    if word.folded in words.everyday or len(word.folded) < SHORTEST_NAME:
        return False
    name = _closest(word.folded, roster)
    if name is None:
        return False
    return name not in words.words_too or (word.capital and not word.opens)


def _first_name(word: _Seen, words: _Words) -> bool:
    if word.folded in words.words_too:
        return False
    return word.folded in words.first_names


def _closest(folded: str, roster: Roster) -> str | None:
    """The word of the roster that this one is, or is a slip of the pen away from."""
    if folded in roster.words:
        return folded
    if len(folded) < CLOSE_FROM:
        return None
    letters = frozenset(folded)
    for name, own in roster.long:
        # What can be seen at a glance first: difflib takes its time.
        if abs(len(name) - len(folded)) > 2 or len(letters ^ own) > 3:
            continue
        matcher = SequenceMatcher(None, folded, name, autojunk=False)
        if matcher.quick_ratio() >= CLOSE and matcher.ratio() >= CLOSE:
            return name
    return None
