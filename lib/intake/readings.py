"""How a column's answers lie on a scale: what both number scales and word scales come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lib.intake.feedback import MISSING, Scale
from lib.intake.headers import Header
from lib.intake.labels import NUMBERS, Candidate
from lib.intake.scales import kind_named, word_points

_BY_A_PERSON = "a person set this scale, and answers beyond its ends are not counted"


@dataclass(frozen=True)
class Rated:
    """A column that could be a rating: its header and the best reading of its answers.

    ``weak``: its header asks for a count, so it is a rating only among ratings.
    """

    header: Header
    candidate: Candidate
    weak: bool = False


@dataclass(frozen=True)
class Reading:
    """How a column's answers lie on a scale: ``points`` gives each answer its point.

    ``reason`` is part of a sentence; ``doubt`` is one where something was inferred, else empty.
    """

    scale: Scale
    points: Mapping[str, int]
    reason: str
    confidence: float
    doubt: str = ""


@dataclass(frozen=True)
class Family:
    """Columns that share one scale: those of one grid, or one column by itself."""

    columns: tuple[Rated, ...]

    @property
    def position(self) -> int:
        """Where its first column stands in the sheet."""
        return self.columns[0].header.position

    @property
    def kind(self) -> str:
        """The kind of its scale, as in ``Candidate``."""
        return self.columns[0].candidate.kind

    @property
    def weak(self) -> bool:
        """Whether every header asks for a count."""
        return all(column.weak for column in self.columns)

    @cached_property
    def seen(self) -> frozenset[int]:
        """The places or numbers that somebody chose."""
        return frozenset().union(*(column.candidate.observed for column in self.columns))

    @cached_property
    def answers(self) -> int:
        """How many answers all its columns have."""
        return sum(column.candidate.answers for column in self.columns)

    def chosen(self, place: int) -> int:
        """How often one place or number was chosen."""
        return sum(column.candidate.spread.get(place, 0) for column in self.columns)


def labels_used(candidates: Iterable[Candidate]) -> dict[int, str]:
    """The form's most used label for each place."""
    votes: dict[int, dict[str, int]] = {}
    for candidate in candidates:
        for answer, place in candidate.places.items():
            at = votes.setdefault(place, {})
            at[answer] = at.get(answer, 0) + candidate.weights[answer]
    return {place: max(labels, key=lambda a: labels[a]) for place, labels in votes.items()}


def reading_by_person(candidate: Candidate, scale: Scale) -> Reading:
    """A column read on a scale that a person gave.

    Answers beyond its ends do not count, and are no problem: whoever tries one end after another
    must not be told in which rows they stand.
    """
    if candidate.kind == NUMBERS:
        on_it = range(scale.low, scale.high + 1)
        points = {a: p if p in on_it else MISSING for a, p in candidate.places.items()}
        return Reading(scale, points, _BY_A_PERSON, 1.0)
    places = sorted(candidate.observed)
    size = scale.high - scale.low + 1
    kind = kind_named(candidate.kind)
    if len(places) < size:
        whole = word_points(kind, candidate.observed, 0).places
        places = list(whole) if len(whole) == size else places
    point = {place: scale.low + at for at, place in enumerate(places)}
    points = {
        a: point[p] if point[p] <= scale.high else MISSING for a, p in candidate.places.items()
    }
    texts = labels_used([candidate])
    # A size that only the chosen labels have would say how many were chosen.
    whole_scale = len(places) == size and kind is not None and tuple(places) in kind.templates
    labels = tuple(texts.get(place, "") for place in places) if whole_scale else ()
    named = Scale(scale.low, scale.high, scale.favorable_from, labels)
    return Reading(named, points, _BY_A_PERSON, 1.0)
