"""The scales of a whole form: what one column leaves open, the columns beside it often settle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lib.intake.feedback import Scale
from lib.intake.headers import Header, hinted_range
from lib.intake.scales import (
    NUMBERS,
    Candidate,
    Points,
    favorable_from,
    kind_named,
    number_points,
    word_points,
    word_scale,
)
from lib.intake.text import fold

_FEW_ZEROS = 0.1
_SMALL = 30
_CODES = 2


@dataclass(frozen=True)
class Rated:
    """A column that could be a rating: its header and the best reading of its answers."""

    header: Header
    candidate: Candidate


@dataclass(frozen=True)
class Reading:
    """How a column's answers lie on a scale: ``points`` gives each answer its point.

    ``reason`` is a sentence; ``doubt`` is one where something was inferred, else empty.
    """

    scale: Scale
    points: Mapping[str, int]
    reason: str
    confidence: float
    doubt: str = ""


def read_scales(rated: Iterable[Rated]) -> dict[int, Reading]:
    """The scale of each column, by position; columns of one grid share one scale.

    A column is missing from the answer where its numbers may as well be a code.
    """
    families: dict[tuple[str, str], list[Rated]] = {}
    for column in rated:
        header = column.header
        grid = fold(header.question) if header.row is not None else f"column {header.position}"
        families.setdefault((grid, column.candidate.kind), []).append(column)
    numbers = {key: f for key, f in families.items() if key[1] == NUMBERS}
    words = {key: f for key, f in families.items() if key[1] != NUMBERS}
    return {**_numbers(list(numbers.values())), **_words(list(words.values()))}


def reading_of(candidate: Candidate, scale: Scale) -> Reading:
    """A column read on a scale that a person gave."""
    texts = _texts([candidate])
    if candidate.kind == NUMBERS:
        points = {a: p for a, p in candidate.places.items() if scale.low <= p <= scale.high}
        return Reading(scale, points, "a person set this scale", 1.0)
    places = sorted(candidate.observed)
    size = scale.high - scale.low + 1
    if len(places) < size:
        full = word_points(kind_named(candidate.kind), candidate.observed, 0).places
        places = list(full) if len(full) == size else places
    index = {place: scale.low + i for i, place in enumerate(places)}
    points = {a: index[p] for a, p in candidate.places.items() if index[p] <= scale.high}
    labels = tuple(texts.get(place, "") for place in places) if len(places) == size else ()
    return Reading(
        Scale(scale.low, scale.high, scale.favorable_from, labels),
        points,
        "a person set this scale",
        1.0,
    )


def _numbers(families: list[list[Rated]]) -> dict[int, Reading]:
    own = [_number_family(family) for family in families]
    settled = [(f, ends) for f, (*ends, doubt) in zip(families, own, strict=True) if not doubt]
    pooled = _pooled([f for f, (*_, doubt) in zip(families, own, strict=True) if doubt])
    found: dict[int, Reading] = {}
    for family, (low, high, doubt) in zip(families, own, strict=True):
        ends, why, rest = (low, high), "", doubt
        seen = _observed(family)
        if doubt:
            beside = _beside(family, seen, settled)
            if beside is None and max(seen) <= _CODES:
                continue  # ones and twos alone are as likely a code
            if beside is not None and not _odd(family, beside):
                ends, why, rest = beside, ", as in the questions beside it", ""
            elif pooled is not None and pooled[0] <= min(seen) and max(seen) <= pooled[1]:
                ends, rest = (pooled[0], pooled[1]), pooled[2]
        elif (other := _outvoted(family, ends, settled)) is not None:
            ends = other
            rest = (
                f"Nobody answered above {max(seen)} here, but most questions of this form run "
                f"from {other[0]} to {other[1]}, so this one was taken to do so too"
            )
        for column in family:
            found[column.header.position] = _number_reading(column, ends, why, rest)
    return found


def _number_family(family: list[Rated]) -> tuple[int, int, str]:
    answers = sum(column.candidate.answers for column in family)
    hints = [hinted_range(column.header.shown) for column in family]
    return number_points(_observed(family), answers, next((h for h in hints if h), None))


def _beside(
    family: list[Rated],
    seen: frozenset[int],
    settled: list[tuple[list[Rated], list[int]]],
) -> tuple[int, int] | None:
    """The settled scale nearest in the sheet that holds all answers of a family."""
    position = family[0].header.position
    fitting = [
        (abs(other[0].header.position - position), low, high)
        for other, (low, high) in settled
        if high >= max(seen) and (low == min(1, max(0, min(seen))) or _few_zeros(family, low))
    ]
    return min(fitting)[1:] if fitting else None


def _odd(family: list[Rated], ends: tuple[int, int]) -> bool:
    """Whether so many answers would have reached the upper points if the scale had them."""
    answers = sum(column.candidate.answers for column in family)
    return answers >= 4 * _SMALL and max(_observed(family)) < ends[1] - 1


def _outvoted(
    family: list[Rated],
    ends: tuple[int, int],
    settled: list[tuple[list[Rated], list[int]]],
) -> tuple[int, int] | None:
    """The scale of most other questions, where few answers fit it as well as a smaller one."""
    if sum(column.candidate.answers for column in family) >= _SMALL:
        return None
    others = [tuple(other_ends) for other, other_ends in settled if other is not family]
    if len(others) < 3:
        return None
    most = max(set(others), key=others.count)
    if others.count(most) * 10 < len(others) * 7 or most[0] != ends[0] or most[1] <= ends[1]:
        return None
    return most[0], most[1]


def _pooled(doubtful: list[list[Rated]]) -> tuple[int, int, str] | None:
    columns = [column for family in doubtful for column in family]
    if len(doubtful) < 2:
        return None
    answers = sum(column.candidate.answers for column in columns)
    return number_points(_observed(columns), answers, None)


def _observed(family: list[Rated]) -> frozenset[int]:
    return frozenset().union(*(column.candidate.observed for column in family))


def _few_zeros(family: list[Rated], low: int) -> bool:
    below = sum(n for c in family for place, n in c.candidate.spread.items() if place < low)
    zeros = sum(c.candidate.spread.get(0, 0) for c in family)
    return low == 1 and below == zeros < _FEW_ZEROS * sum(c.candidate.answers for c in family)


def _number_reading(column: Rated, ends: tuple[int, int], why: str, doubt: str) -> Reading:
    low, high = ends
    scale = Scale(low, high, favorable_from(low, high), _end_labels(column.candidate, low, high))
    points = {a: p for a, p in column.candidate.places.items() if low <= p <= high}
    reason = f"whole numbers on a scale from {low} to {high}{why}"
    return Reading(scale, points, reason, 0.6 if doubt else 0.95, doubt)


def _end_labels(candidate: Candidate, low: int, high: int) -> tuple[str, ...]:
    texts = _texts([candidate])
    if all(text == str(place) for place, text in texts.items()):
        return ()
    return tuple(texts.get(place, str(place)) for place in range(low, high + 1))


def _words(families: list[list[Rated]]) -> dict[int, Reading]:
    own = [_word_family(family) for family in families]
    settled = [
        (family, points) for family, points in zip(families, own, strict=True) if not points.doubt
    ]
    found: dict[int, Reading] = {}
    for family, points in zip(families, own, strict=True):
        kind = family[0].candidate.kind
        texts: Mapping[int, str] = _texts([c.candidate for c in family])
        if points.doubt:
            seen = _observed(family)
            like = [
                (abs(other[0].header.position - family[0].header.position), p, other)
                for other, p in settled
                if other[0].candidate.kind == kind and seen <= frozenset(p.places)
            ]
            if like:
                _, points, other = min(like, key=lambda item: item[0])
                texts = _texts([c.candidate for c in (*other, *family)])
            else:
                points, texts = _pooled_words(families, kind, points, texts)
        for column in family:
            found[column.header.position] = _word_reading(column, points, texts)
    return found


def _word_family(family: list[Rated]) -> Points:
    answers = sum(column.candidate.answers for column in family)
    return word_points(kind_named(family[0].candidate.kind), _observed(family), answers)


def _pooled_words(
    families: list[list[Rated]], kind: str, points: Points, texts: Mapping[int, str]
) -> tuple[Points, Mapping[int, str]]:
    """All columns of one kind together, where none of them alone shows the whole scale."""
    columns = [c for family in families for c in family if c.candidate.kind == kind]
    together = _word_family(columns)
    if together.doubt or not set(_observed(columns)) >= set(points.places):
        return points, texts
    return together, _texts([c.candidate for c in columns])


def _word_reading(column: Rated, points: Points, texts: Mapping[int, str]) -> Reading:
    kind = kind_named(column.candidate.kind)
    scale = word_scale(kind, points, texts)
    index = {place: point for point, place in enumerate(points.places, 1)}
    says = kind.says if kind else "how much of one thing"
    reason = f"{_spelled(scale.high)} labels ordered like a scale of {says}"
    answers = {answer: index[place] for answer, place in column.candidate.places.items()}
    return Reading(scale, answers, reason, 0.6 if points.doubt else 0.95, points.doubt)


def _texts(candidates: Iterable[Candidate]) -> dict[int, str]:
    """The form's most used label for each place."""
    votes: dict[int, dict[str, int]] = {}
    for candidate in candidates:
        for answer, place in candidate.places.items():
            weight = candidate.weights.get(answer, 0)
            at = votes.setdefault(place, {})
            at[answer] = at.get(answer, 0) + weight
    return {place: max(labels, key=lambda a: labels[a]) for place, labels in votes.items()}


def _spelled(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)
