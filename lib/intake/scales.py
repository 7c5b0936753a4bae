"""Scales: which points one has, given the answers, and where favorable begins.

Pure functions over what was answered; ``lib.intake.families`` brings a form's columns together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.intake.feedback import Scale
from lib.intake.lexicon import Kind, lexicon
from lib.intake.text import fold

_MANY = 30
"""With this many answers a point that nobody chose may be taken not to exist."""


@dataclass(frozen=True)
class Points:
    """The points of a scale, lowest first, as places; ``doubt`` where one is inferred."""

    places: tuple[int, ...]
    doubt: str = ""


def favorable_from(low: int, high: int) -> int:
    """The lowest point lying strictly more than 60 % of the way from ``low`` to ``high``.

    The top two points of five, the house's own rule, carried over to any scale: 4 of 1 to 5, 7 of
    1 to 10. ``low`` < ``high``. A person can change it in Setup.
    """
    return next(point for point in range(low, high + 1) if (point - low) * 5 > (high - low) * 3)


def kind_named(name: str) -> Kind | None:
    """The lexicon's kind of that name; None for NUMBERS and scales that share a word."""
    return next((kind for kind in lexicon().kinds if kind.name == name), None)


def word_points(kind: Kind | None, observed: frozenset[int], answers: int) -> Points:
    """Which points a word scale has, given the places seen in ``answers`` answers."""
    seen = tuple(sorted(observed))
    fitting = [t for t in (kind.templates if kind else ()) if observed <= frozenset(t)]
    larger = [t for t in fitting if len(t) > len(seen)]
    if seen in fitting and (len(seen) > 3 or answers >= _MANY or fitting[0] == seen):
        return Points(seen)
    if not larger:
        return Points(seen, _UNUSUAL)
    taken = min(larger, key=len)
    return Points(taken, _inferred(len(taken)))


def word_scale(kind: Kind | None, points: Points, texts: Mapping[int, str]) -> Scale:
    """A word scale from 1 up. ``texts`` are the form's own labels by place."""
    labels = tuple(texts.get(place) or _wording(kind, place, texts) for place in points.places)
    high = len(points.places)
    return Scale(1, high, favorable_from(1, high), labels)


def number_ends(observed: frozenset[int], answers: int, zeros: int) -> tuple[int, int, str]:
    """The lowest and highest point of a number scale, and the doubt that remains ("": none).

    ``zeros`` of the ``answers`` are 0: many are a point, few may stand for "no answer". Where the
    ends were not chosen, the scale in common use that holds all answers is taken and the doubt is
    said.
    """
    low, high = min(observed), max(observed)
    if low < 0:
        end = max(-low, high)
        return -end, end, "" if -low == high else _ends_unseen(-end, end)
    bottom = 0 if low == 0 else 1
    few_zeros = zeros * 10 < answers
    if ((bottom, high) == (0, 5) and few_zeros) or (low > 1 and high == 10):
        return bottom, high, _ends_unseen(bottom, high)
    if high in (5, 7, 10) or (bottom, high) == (0, 4):
        return bottom, high, ""
    if bottom == 0 and high < 4:
        return 0, 4, _ends_unseen(0, 4)
    if high in (4, 6) and answers >= 4 * _MANY and len(observed) == high:
        return 1, high, _ends_unseen(1, high)
    if high == 3 and answers >= 2 * _MANY and len(observed) == 3:
        return 1, 3, _ends_unseen(1, 3)
    top = next(end for end in (5, 7, 10, high) if end >= high)
    return bottom, top, _ends_unseen(bottom, top)


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


# Nothing here says how many answers differ, or which: that would be a result.
_UNUSUAL = (
    "The labels that were chosen make no usual scale; a point that nobody chose may be missing"
)


def _inferred(points: int) -> str:
    return (
        "The answers do not show every point of the scale; it was taken to have "
        f"{points} points, as scales in these words usually do"
    )


def _ends_unseen(low: int, high: int) -> str:
    return f"The answers do not show where the scale ends; it was taken to run from {low} to {high}"
