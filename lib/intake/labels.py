"""Answers that lie on a scale: numbers, labels of the lexicon, labels that differ in degree."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lib.intake.lexicon import Kind, lexicon
from lib.intake.text import fold, plain_digits

NUMBERS = "numbers"
WORDED = "worded"
"""Begins the kind of a scale whose labels share one word and differ in degree ("worded loud")."""

_WHOLE = re.compile(r"[-−]?\d{1,3}(?:[.,]0+)?")
_LEADING = re.compile(r"\(?(\d{1,2})\)?\s*[-–—=:.)/(]\s*([^\d\s].*)")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?(?:\s*[-–—=:.)/(]\s*|\s+)([^\d\s].*)")
_TRAILING = re.compile(r"(\D*[^\d\s(=:\-–])\s*[(=:\-–]\s*(\d{1,2})\s*\)?")
_PARTS = re.compile(r"\s*[/|()\[\]–—:;]\s*|\s+-\s+")
_ENOUGH = 0.8
_MOST = 0.6
_POINTS = 4
_ALMOST_ALL = 0.95
_LONGEST_LABEL = 120
_LONGEST_WAVED_OFF = 60
"""No answer that says "doesn't apply" is longer; most comments are."""
_TELLING = frozenset({"frequency", "agreement", "satisfaction", "quality", "change"})
"""Kinds whose every label alone tells that it stands on a scale ("yes" or "high" does not)."""
_MIDDLE = 50
_PLAIN = 65
"""The place of a word without any degree: "loud" stands above "somewhat loud"."""


@dataclass(frozen=True)
class Candidate:
    """A column whose answers could lie on a scale.

    ``kind`` is NUMBERS, a kind of the lexicon, or WORDED and the word its labels share.
    ``places`` gives each understood answer its number, or its place from 0 to 100. ``answers``
    counts them; ``share`` is their part of all answers but "doesn't apply". ``weights``: how often
    each was given. ``labels``: all labels of the scale, where they are known beforehand.
    """

    kind: str
    places: Mapping[str, int]
    answers: int
    share: float
    weights: Mapping[str, int]
    labels: tuple[str, ...] = ()

    @cached_property
    def spread(self) -> Mapping[int, int]:
        """How many answers lie at each place."""
        spread: dict[int, int] = {}
        for answer, place in self.places.items():
            spread[place] = spread.get(place, 0) + self.weights[answer]
        return spread

    @property
    def observed(self) -> frozenset[int]:
        """The places that somebody chose."""
        return frozenset(self.places.values())


def doesnt_apply(answer: str) -> bool:
    """Whether an answer says that the question does not apply, in any language."""
    if len(answer) > _LONGEST_WAVED_OFF:
        return False
    return (fold(answer) or answer.strip()) in lexicon().not_applicable


def whole_number(answer: str) -> int | None:
    """An answer as a whole number ("4", "4.0", "٤"), or None."""
    text = plain_digits(answer.strip()).replace("−", "-")
    if not _WHOLE.fullmatch(text):
        return None
    return int(float(text.replace(",", ".")))


def candidates(counts: Mapping[str, int], words: Mapping[str, str]) -> list[Candidate]:
    """The ways to read a column's answers (with how often each was given), best first.

    ``words``: what the header says that letters among the answers stand for.
    """
    applying = {answer: n for answer, n in counts.items() if not doesnt_apply(answer)}
    total = sum(applying.values())
    if total == 0 or len(applying) > 200:
        return []
    found = [_by_numbers(applying), *_by_kinds(applying, words), _by_shared_word(applying)]
    kept = [_candidate(kind, places, applying, total) for kind, places in found if places]
    if words:
        kept = [replace(c, labels=_explained(c.kind, words)) for c in kept]
    good = [
        c
        for c in kept
        if (c.share >= _ENOUGH or c.answers >= max(3, total - 1) or _but_one_label(c, applying))
        and (c.kind == NUMBERS or not _lacks_labels(c, applying))
    ]
    told = [c for c in good if not _a_mere_yes(c, good)]
    return sorted(told, key=lambda c: (-round(c.share, 2), -len(c.observed)))


def _a_mere_yes(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether two labels of a kind are a plain yes and no instead ("ever" and "never")."""
    yes_and_no = any(other.kind == "yesno" and other.observed == {0, 100} for other in others)
    two = len(candidate.observed) == 2 and candidate.observed != {0, 100}
    return yes_and_no and two and candidate.kind != "yesno"


def _but_one_label(candidate: Candidate, counts: Mapping[str, int]) -> bool:
    """Whether one label alone stands off a scale of four points, as "I never met a tutor" does."""
    lone = len(counts) == len(candidate.places) + 1 and len(candidate.observed) >= _POINTS
    return lone and candidate.share >= _MOST


def _lacks_labels(candidate: Candidate, counts: Mapping[str, int]) -> bool:
    """Whether two or more labels that several people chose stand nowhere on the scale."""
    unknown = sum(n > 1 for answer, n in counts.items() if answer not in candidate.places)
    return unknown > 1 and candidate.share < _ALMOST_ALL


def _explained(kind: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a header's legend, where all of them are labels of one kind."""
    known = next((k for k in lexicon().kinds if k.name == kind), None)
    if known is None or any(place_in(known, text) is None for text in words.values()):
        return ()
    return tuple(words.values())


def of_one_column(candidate: Candidate, counts: Mapping[str, int]) -> Candidate:
    """The part of a grid's reading that is one column's, given its own answers."""
    weights = {answer: n for answer, n in counts.items() if answer in candidate.places}
    places = {answer: candidate.places[answer] for answer in weights}
    applying = sum(n for answer, n in counts.items() if not doesnt_apply(answer))
    answers = sum(weights.values())
    share = answers / max(1, applying)
    return Candidate(candidate.kind, places, answers, share, weights, candidate.labels)


def place_in(kind: Kind, answer: str) -> int | None:
    """The place of an answer on a kind's axis, bilingual and numbered labels included."""
    if len(answer) > _LONGEST_LABEL:
        return None
    folded = fold(answer)
    if folded in kind.places:
        return kind.places[folded]
    numbered = _NUMBERED.fullmatch(answer)
    if numbered is not None:
        return place_in(kind, numbered[2])
    trailing = _TRAILING.fullmatch(answer)
    if trailing is not None:
        return place_in(kind, trailing[1])
    parts = [fold(part) for part in _PARTS.split(answer) if part]
    known = [kind.places[part] for part in parts if len(part) > 1 and part in kind.places]
    one_place = len(set(known)) == 1 and len(known) * 2 >= len(parts) > 1
    return known[0] if one_place else None


def place_on_any(words: str) -> int | None:
    """The place of a label on the first kind that knows it."""
    found = (place_in(kind, words) for kind in lexicon().kinds)
    return next((place for place in found if place is not None), None)


def _by_numbers(counts: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    plain = {a: n for a in counts if (n := whole_number(a)) is not None and -5 <= n <= 10}
    labelled = {a: pair for a in counts if (pair := _number_and_words(a)) is not None}
    # "1. Freshman" numbers a list; "1. Never" or a plain 2 beside it make it a scale.
    known = (place_on_any(words) is not None for _, words in labelled.values())
    if labelled and (plain or any(known)):
        plain |= {answer: number for answer, (number, _) in labelled.items()}
    if labelled and plain and min(plain.values()) < 0:
        return NUMBERS, _without_signs(plain)
    if set(plain.values()) == {0}:
        return NUMBERS, {}
    if plain and len(plain) < len(counts) <= len(plain) + 2:
        plain |= _labelled_ends([a for a in counts if a not in plain], plain)
    return NUMBERS, plain


def _without_signs(numbers: dict[str, int]) -> dict[str, int]:
    """Numbers of which a spreadsheet took "(2)" for minus two: beside "(1) less", "(5) more"."""
    signed = any(whole_number(answer) is not None and n > 0 for answer, n in numbers.items())
    return numbers if signed else {answer: abs(n) for answer, n in numbers.items()}


def numbered_words(answers: Iterable[str]) -> dict[str, str]:
    """The words of answers that hold a number and words, by number ("1 - Never")."""
    pairs = filter(None, map(_number_and_words, answers))
    return {str(number): words for number, words in pairs}


def _number_and_words(answer: str) -> tuple[int, str] | None:
    leading = _LEADING.fullmatch(answer)
    if leading is not None:
        return int(leading[1]), leading[2]
    trailing = _TRAILING.fullmatch(answer)
    return (int(trailing[2]), trailing[1]) if trailing is not None else None


def _labelled_ends(texts: Sequence[str], numbers: Mapping[str, int]) -> dict[str, int]:
    """The ends of a scale whose middle points are numbers: "Not at all", 2, 3, 4, "Completely"."""
    inner_low, inner_high = min(numbers.values()), max(numbers.values())
    low = 1 if inner_low > 1 else 0
    high = next((end for end in (5, 7, 10) if end > inner_high), None)
    if high is None or inner_low == 0:
        return {}
    sides = {text: side for text in texts if (side := _side(text)) is not None}
    if len(texts) == 2 and len(sides) == 1:
        known = next(iter(sides))
        other = next(text for text in texts if text != known)
        sides[other] = not sides[known]
    if len(sides) != len(texts) or len(set(sides.values())) != len(sides):
        return {}
    return {text: high if upper else low for text, upper in sides.items()}


def _side(text: str) -> bool | None:
    """True for the upper end of a scale, False for the lower, None when the words do not tell."""
    found = {
        place > 50
        for kind in lexicon().kinds
        for part in (text, text.split(",")[0])
        if (place := place_in(kind, part)) is not None and abs(place - 50) >= 25
    }
    return found.pop() if len(found) == 1 else None


def _by_kinds(
    counts: Mapping[str, int], words: Mapping[str, str]
) -> list[tuple[str, dict[str, int]]]:
    found = []
    explained = {a: words.get(a, a) for a in counts}
    for kind in lexicon().kinds:
        places = {a: p for a, text in explained.items() if (p := place_in(kind, text)) is not None}
        # Single letters mean nothing by themselves ("S" is "siempre" here and "setuju" there).
        lettered = all(len(explained[answer]) == 1 and answer.isascii() for answer in places)
        alone = len(set(places.values())) == 1 and kind.name not in _TELLING
        if not lettered and not alone:
            found.append((kind.name, places))
    return found


def _by_shared_word(counts: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """Labels that share a word and differ in its degree: "Very loud", "Quite loud", "Not loud"."""
    split = {answer: _degree_and_word(fold(answer)) for answer in counts}
    words = [word for degree, word in split.values() if degree != _PLAIN]
    if not words:
        return WORDED, {}
    shared = max(words, key=words.count)
    places = {answer: degree for answer, (degree, word) in split.items() if word == shared}
    if len(set(places.values())) < 3:
        return WORDED, {}
    middle = next(kind for kind in lexicon().kinds if kind.name == "agreement")
    for answer in counts:
        if answer not in places and place_in(middle, answer) == _MIDDLE:
            places[answer] = _MIDDLE
    return f"{WORDED} {shared}", places


def _degree_and_word(folded: str) -> tuple[int, str]:
    """ "not very loud" is 15 and "loud"; "not loud at all" is the same as "not at all loud"."""
    modifiers = lexicon().modifiers
    words = folded.split()
    if words[-2:] == ["at", "all"] and words[:1] == ["not"]:
        words = ["not", "at", "all", *words[1:-2]]
    for cut in range(min(len(words) - 1, 4), 0, -1):
        degree = modifiers.get(" ".join(words[:cut]))
        if degree is not None:
            return degree, " ".join(words[cut:])
    return _PLAIN, " ".join(words)


def _candidate(
    kind: str, places: dict[str, int], counts: Mapping[str, int], total: int
) -> Candidate:
    weights = {answer: counts[answer] for answer in places}
    answers = sum(weights.values())
    return Candidate(kind, places, answers, answers / total, weights)
