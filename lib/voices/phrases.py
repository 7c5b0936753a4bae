"""Phrases that a list of words describes, found in what people write.

A phrase is words with spaces between. ``a/b`` is either word, ``word*`` any ending, ``<set>`` any
word of a named set, ``word?`` may be left out, ``..`` up to three words of any kind. Case, accents
and apostrophes do not matter. Matching looks at the words once, so it costs what the text weighs,
not what the list weighs.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from lib.intake.text import fold

GAP = 3
"""Words that ".." lets through."""

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u0300-\u036f'’@$!*|+]+(?=[^\\W_])|[@$*\u0300-\u036f]+)*")
"""A word with the signs that may stand for letters, inside it or, for some, at its end."""
_SENTENCE_ENDS = re.compile(r"[.!?;\n]")
_APOSTROPHES = str.maketrans("", "", "'’")
_LEET = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"}
_LEET |= {"!": "i", "|": "il", "+": "t", "*": "aeiou"}
_SPELLINGS = 30
"""Readings of one word that are tried: more stars than that hide no word."""
_REPEATED = re.compile(r"(\w)\1{2,}")
_SHORTEST_CLOSE = 5
_APART = 3
"""Letters set apart that make a word."""


@dataclass(frozen=True)
class Token:
    """One word of a text: where it stands, in which sentence, and the ways to read it."""

    start: int
    end: int
    sentence: int
    forms: frozenset[str]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text as they are written."""
    return tuple(_tokens(_raw(text), {}, _plain))


def loose_tokens(
    text: str, expand: Mapping[str, Sequence[str]], close: "CloseWords"
) -> tuple[Token, ...]:
    """The words of a text in every reading that a hurried or a hiding hand may have meant.

    Digits and signs for letters ("k1ll", "s*icide"), letters held down ("killll"), letters set
    apart ("k m s"), short forms by what they stand for in ``expand`` and, for the words in
    ``close``, one slip of the pen.
    """
    return tuple(_tokens(_joined(_raw(text)), expand, lambda raw: _loose(raw, close)))


class CloseWords:
    """Words that are known again with one letter missing, too many, wrong or swapped."""

    def __init__(self, words: Iterable[str]) -> None:
        self._near: dict[str, set[str]] = {}
        for word in words:
            for key in {word, *_shortened(word)}:
                self._near.setdefault(key, set()).add(word)

    def of(self, word: str) -> frozenset[str]:
        """The known words that this one may be."""
        if len(word) < _SHORTEST_CLOSE:
            return frozenset()
        found: set[str] = set()
        for key in {word, *_shortened(word)}:
            found |= self._near.get(key, set())
        return frozenset(found)


@dataclass(frozen=True)
class _Part:
    words: frozenset[str]
    stems: tuple[str, ...]
    optional: bool
    gap: bool

    def fits(self, token: Token) -> bool:
        if self.words & token.forms:
            return True
        return any(form.startswith(self.stems) for form in token.forms) if self.stems else False


@dataclass(frozen=True)
class Hit:
    """A phrase found: its label and its first and last word, as places among the tokens."""

    label: str
    first: int
    last: int


@dataclass
class Phrases:
    """A list of phrases, each with a label, ready to be found."""

    _first_words: dict[str, list[tuple[str, tuple[_Part, ...]]]] = field(default_factory=dict)
    _first_stems: dict[str, list[tuple[str, tuple[_Part, ...]]]] = field(default_factory=dict)
    _stem_lengths: set[int] = field(default_factory=set)

    def add(self, label: str, phrase: str, sets: Mapping[str, str]) -> None:
        """Add a phrase. Raises ValueError where it names an unknown set or holds no word."""
        parts = tuple(_part(word, sets) for word in phrase.split())
        solid = next((i for i, part in enumerate(parts) if not part.optional and not part.gap), -1)
        if solid < 0:
            raise ValueError(f"the phrase “{phrase}” holds no word that must be there")
        # Optional words at the beginning: the phrase with each of them is a phrase of its own.
        for begin in range(solid + 1):
            if parts[begin].gap:
                continue
            known = label, (_required(parts[begin]), *parts[begin + 1 :])
            for word in parts[begin].words:
                self._first_words.setdefault(word, []).append(known)
            self._stem_lengths |= {len(stem) for stem in parts[begin].stems}
            for stem in parts[begin].stems:
                self._first_stems.setdefault(stem, []).append(known)

    def find(self, found: Sequence[Token]) -> Iterator[Hit]:
        """Every phrase in these tokens, at its first place for each beginning."""
        for at, token in enumerate(found):
            for label, parts in self._beginning(token):
                last = _end(found, at, parts, 1, token.sentence)
                if last is not None:
                    yield Hit(label, at, last)

    def _beginning(self, token: Token) -> Iterator[tuple[str, tuple[_Part, ...]]]:
        for form in token.forms:
            yield from self._first_words.get(form, ())
            for length in self._stem_lengths:
                known = self._first_stems.get(form[:length])
                if known:
                    yield from known


def _end(
    found: Sequence[Token], at: int, parts: tuple[_Part, ...], part: int, sentence: int
) -> int | None:
    """The place of the last token where ``parts[part:]`` follow the token ``at``, else None."""
    if part == len(parts):
        return at
    wanted = parts[part]
    if wanted.gap:
        for skipped in range(GAP + 1):
            end = _end(found, at + skipped, parts, part + 1, sentence)
            if end is not None:
                return end
        return None
    after = at + 1
    if after < len(found) and found[after].sentence == sentence and wanted.fits(found[after]):
        end = _end(found, after, parts, part + 1, sentence)
        if end is not None:
            return end
    return _end(found, at, parts, part + 1, sentence) if wanted.optional else None


def _part(word: str, sets: Mapping[str, str]) -> _Part:
    if word == "..":
        return _Part(frozenset(), (), optional=False, gap=True)
    optional = word.endswith("?")
    names = word.removesuffix("?").split("/")
    spelled = [
        each
        for name in names
        for each in (_set(name, sets).split("/") if name.startswith("<") else [name])
    ]
    words = {_folded(each) for each in spelled if not each.endswith("*")}
    stems = {_folded(each) for each in spelled if each.endswith("*")}
    return _Part(frozenset(words - {""}), tuple(sorted(stems - {""})), optional, gap=False)


def _set(name: str, sets: Mapping[str, str]) -> str:
    try:
        return sets[name.strip("<>")]
    except KeyError:
        raise ValueError(f"there is no set {name}") from None


def _required(part: _Part) -> _Part:
    return _Part(part.words, part.stems, optional=False, gap=False)


def _folded(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    return fold(word.translate(_APOSTROPHES)).replace(" ", "")


def _plain(raw: str) -> frozenset[str]:
    return frozenset({_folded(raw)} - {""})


def _loose(raw: str, close: CloseWords) -> frozenset[str]:
    forms = {*_plain(raw)}
    if any(char.isalpha() for char in raw) and any(char in _LEET for char in raw):
        forms |= {_folded(reading) for reading in _readings(raw)}
    for form in tuple(forms):
        if _REPEATED.search(form):
            forms |= {_REPEATED.sub(r"\1", form), _REPEATED.sub(r"\1\1", form)}
    for form in tuple(forms):
        forms |= close.of(form)
    return frozenset(forms - {""})


def _readings(raw: str) -> Iterator[str]:
    options = [_LEET.get(char, char) for char in raw.lower()]
    for number, letters in enumerate(product(*options)):
        if number == _SPELLINGS:
            return
        yield "".join(letters)


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


@dataclass(frozen=True)
class _Raw:
    start: int
    end: int
    sentence: int
    text: str


def _raw(text: str) -> Iterator[_Raw]:
    ends = [match.start() for match in _SENTENCE_ENDS.finditer(text)]
    sentence = 0
    for match in _WORD.finditer(text):
        while sentence < len(ends) and ends[sentence] < match.start():
            sentence += 1
        yield _Raw(match.start(), match.end(), sentence, match.group())


def _joined(words: Iterable[_Raw]) -> Iterator[_Raw]:
    """Letters set apart, three or more in a row, as one word."""
    run: list[_Raw] = []
    for word in words:
        if len(word.text) == 1:
            run.append(word)
            continue
        yield from _closed(run)
        run = []
        yield word
    yield from _closed(run)


def _closed(run: Sequence[_Raw]) -> Iterable[_Raw]:
    if len(run) < _APART:
        return run
    # "i k m s": an "I" in front is a word of its own.
    lone = run[:1] if run[0].text in "iI" else []
    rest = run[len(lone) :]
    word = "".join(raw.text for raw in rest)
    return [*lone, _Raw(rest[0].start, rest[-1].end, rest[0].sentence, word)]


def _tokens(
    words: Iterable[_Raw],
    expand: Mapping[str, Sequence[str]],
    read: Callable[[str], frozenset[str]],
) -> Iterator[Token]:
    for word in words:
        stands_for = expand.get(_folded(word.text)) if expand else None
        if stands_for:
            for each in stands_for:
                yield Token(word.start, word.end, word.sentence, frozenset({each}))
        elif forms := read(word.text):
            yield Token(word.start, word.end, word.sentence, forms)
