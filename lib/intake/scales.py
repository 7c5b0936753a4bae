"""Scales: which answers lie on one, which points it has, and where favorable begins.

Pure functions over a column's distinct answers. ``lib.intake.families`` brings the columns of a
form together; here one column, or one family's union, is looked at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lib.intake.feedback import Scale
from lib.intake.lexicon import Kind, lexicon
from lib.intake.text import fold, plain_digits

NUMBERS = "numbers"
WORDED = "worded"
"""The kind of a scale whose labels share one word and differ by how much of it they claim."""

_WHOLE = re.compile(r"[-−]?\d{1,3}(?:[.,]0+)?")
_LEADING = re.compile(r"\(?(\d{1,2})\)?\s*[-–—=:.)/(]\s*([^\d\s].*)")
_NUMBERED = re.compile(r"\(?(\d{1,2})\)?(?:\s*[-–—=:.)/(]\s*|\s+)([^\d\s].*)")
_TRAILING = re.compile(r"(\D*[^\d\s(=:\-–])\s*[(=:\-–]\s*(\d{1,2})\s*\)?")
_PARTS = re.compile(r"\s*[/|()\[\]–—:;]\s*|\s+-\s+")
_ENOUGH = 0.8
_MANY = 30
"""With this many answers a point that nobody chose may be taken not to exist."""


@dataclass(frozen=True)
class Candidate:
    """A column whose answers could lie on a scale.

    ``kind`` is NUMBERS, WORDED or a kind of the lexicon. ``places`` gives each understood answer
    its number, or its place from 0 to 100. ``answers`` counts them; ``share`` is their part of
    all answers but "doesn't apply". ``weights``: how often each was given.
    """

    kind: str
    places: Mapping[str, int]
    answers: int
    share: float
    weights: Mapping[str, int]

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


@dataclass(frozen=True)
class Points:
    """The points of a scale, lowest first, as places; ``doubt`` where one is inferred."""

    places: tuple[int, ...]
    doubt: str = ""


def favorable_from(low: int, high: int) -> int:
    """The lowest point lying strictly more than 60 % of the way from ``low`` to ``high``."""
    return next(point for point in range(low, high + 1) if (point - low) * 5 > (high - low) * 3)


def doesnt_apply(answer: str) -> bool:
    """Whether an answer says that the question does not apply, in any language."""
    return (fold(answer) or answer.strip()) in lexicon().not_applicable


def whole_number(answer: str) -> int | None:
    """An answer as a whole number ("4", "4.0", "٤"), or None."""
    text = plain_digits(answer.strip()).replace("−", "-")
    if not _WHOLE.fullmatch(text):
        return None
    return int(float(text.replace(",", ".")))


def candidates(counts: Mapping[str, int]) -> list[Candidate]:
    """The ways to read a column's answers (with how often each was given), best first."""
    applying = {answer: n for answer, n in counts.items() if not doesnt_apply(answer)}
    total = sum(applying.values())
    if total == 0 or len(applying) > 200:
        return []
    found = [_by_numbers(applying), *_by_kinds(applying), _by_shared_word(applying)]
    kept = [_candidate(kind, places, applying, total) for kind, places in found if places]
    good = [c for c in kept if c.share >= _ENOUGH]
    return sorted(good, key=lambda c: (-round(c.share, 2), -len(c.observed)))


def place_in(kind: Kind, answer: str) -> int | None:
    """The place of an answer on a kind's axis, bilingual and numbered labels included."""
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
    places = {kind.places[part] for part in parts if part in kind.places}
    return places.pop() if len(parts) > 1 and len(places) == 1 else None


def kind_named(name: str) -> Kind | None:
    """The lexicon's kind of that name; None for NUMBERS and WORDED."""
    return next((kind for kind in lexicon().kinds if kind.name == name), None)


def word_points(kind: Kind | None, observed: frozenset[int], answers: int) -> Points:
    """Which points a word scale has, given the places seen in ``answers`` answers."""
    seen = tuple(sorted(observed))
    fitting = [t for t in (kind.templates if kind else ()) if observed <= frozenset(t)]
    larger = [t for t in fitting if len(t) > len(seen)]
    if seen in fitting:
        if len(seen) > 3 or answers >= _MANY or not larger:
            return Points(seen)
        return Points(larger[0], _inferred(len(seen), len(larger[0])))
    if not fitting:
        doubt = "" if len(seen) > 2 else "Only two different answers were given"
        return Points(seen, doubt)
    smallest = min(len(t) for t in fitting)
    preferred = fitting[0] if len(fitting[0]) <= 5 else min(fitting, key=len)
    # Four different labels and many answers: a fifth that nobody chose is unlikely.
    if answers >= _MANY and len(seen) > 3 and smallest > len(seen):
        return Points(seen)
    return Points(preferred, _inferred(len(seen), len(preferred)))


def word_scale(kind: Kind | None, points: Points, texts: Mapping[int, str]) -> Scale:
    """A word scale from 1 up. ``texts`` are the form's own labels by place."""
    labels = tuple(texts.get(place) or _wording(kind, place, texts) for place in points.places)
    high = len(points.places)
    return Scale(1, high, favorable_from(1, high), labels)


def number_points(
    observed: frozenset[int], answers: int, hint: tuple[int, int] | None
) -> tuple[int, int, str]:
    """The lowest and highest point of a number scale, and the doubt that remains ("": none).

    Some point of every scale is usually chosen; where the ends were not, the scale in common use
    that holds all answers is taken and the doubt is said.
    """
    low, high = min(observed), max(observed)
    if hint is not None and hint[0] <= low and high <= hint[1]:
        return *hint, ""
    if low < 0:
        end = max(-low, high)
        return -end, end, "" if -low == high else _ends_unseen(-end, end)
    bottom = 0 if low == 0 else 1
    if high in (5, 7, 10):
        return bottom, high, "" if (bottom, high) != (0, 5) else _ends_unseen(0, 5)
    if bottom == 0 and high <= 4:
        return 0, 4, "" if high == 4 else _ends_unseen(0, 4)
    if high in (4, 6) and answers >= 4 * _MANY and len(observed) == high:
        return 1, high, _ends_unseen(1, high)
    if high == 3 and answers >= 2 * _MANY and len(observed) == 3:
        return 1, 3, _ends_unseen(1, 3)
    top = next(end for end in (5, 7, 10, 100, high) if end >= high)
    return bottom, top, _ends_unseen(bottom, top)


def _by_numbers(counts: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    plain = {a: n for a in counts if (n := whole_number(a)) is not None and -5 <= n <= 10}
    labelled = {a: pair for a in counts if (pair := _number_and_words(a)) is not None}
    # "1. Freshman" numbers a list; "1. Never" or a plain 2 beside it make it a scale.
    if labelled and (plain or any(_known(words) for _, words in labelled.values())):
        plain |= {answer: number for answer, (number, _) in labelled.items()}
    if plain and len(plain) < len(counts) <= len(plain) + 2:
        plain |= _labelled_ends([a for a in counts if a not in plain], plain)
    return NUMBERS, plain


def _number_and_words(answer: str) -> tuple[int, str] | None:
    leading = _LEADING.fullmatch(answer)
    if leading is not None:
        return int(leading[1]), leading[2]
    trailing = _TRAILING.fullmatch(answer)
    return (int(trailing[2]), trailing[1]) if trailing is not None else None


def _known(words: str) -> bool:
    return any(place_in(kind, words) is not None for kind in lexicon().kinds)


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


def _by_kinds(counts: Mapping[str, int]) -> list[tuple[str, dict[str, int]]]:
    found = []
    for kind in lexicon().kinds:
        places = {a: p for a in counts if (p := place_in(kind, a)) is not None}
        found.append((kind.name, places))
    return found


def _by_shared_word(counts: Mapping[str, int]) -> tuple[str, dict[str, int]]:
    """Labels that share a word and differ in its degree: "Very loud", "Quite loud", "Not loud"."""
    modifiers = lexicon().modifiers
    split: dict[str, tuple[str, int]] = {}
    for answer in counts:
        words = fold(answer).split()
        for cut in range(min(len(words) - 1, 4), 0, -1):
            degree = modifiers.get(" ".join(words[:cut]))
            if degree is not None:
                split[answer] = (" ".join(words[cut:]), degree)
                break
        else:
            split[answer] = (" ".join(words), 65)
    cores = [core for core, degree in split.values() if degree != 65]
    if not cores:
        return WORDED, {}
    core = max(set(cores), key=cores.count)
    places = {answer: degree for answer, (rest, degree) in split.items() if rest == core}
    return WORDED, places if len(set(places.values())) >= 3 else {}


def _candidate(
    kind: str, places: dict[str, int], counts: Mapping[str, int], total: int
) -> Candidate:
    weights = {answer: counts[answer] for answer in places}
    answers = sum(weights.values())
    return Candidate(kind, places, answers, answers / total, weights)


def _wording(kind: Kind | None, place: int, texts: Mapping[int, str]) -> str:
    """A label for a point nobody chose, in the language of the labels that were chosen."""
    if kind is None:
        return ""
    return kind.wording.get((_language(kind, texts.values()), place), "")


def _language(kind: Kind, texts: Iterable[str]) -> str:
    votes: dict[str, int] = {}
    for text in texts:
        for language in kind.languages.get(fold(text), ()):
            votes[language] = votes.get(language, 0) + 1
    return max(votes, key=lambda language: votes[language], default="English")


def _inferred(seen: int, taken: int) -> str:
    return (
        f"Only {seen} different answers were given; the scale was taken to have {taken} points, "
        "as scales in these words usually do"
    )


def _ends_unseen(low: int, high: int) -> str:
    return f"The answers do not show where the scale ends; it was taken to run from {low} to {high}"
