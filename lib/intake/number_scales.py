"""Number scales of a whole form: what one question leaves open, those beside it often settle."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lib.intake.feedback import Scale
from lib.intake.headers import hinted_range, legend
from lib.intake.labels import Candidate, numbered_words, place_in
from lib.intake.lexicon import lexicon
from lib.intake.readings import Family, Rated, Reading, labels_used
from lib.intake.scales import favorable_from, number_ends

_FEW_ZEROS = 0.1
_SMALL = 30
_MANY = 120
_CODES = 2


@dataclass(frozen=True)
class _Ends:
    """The two ends of a scale, why, and the doubt that remains ("" where there is none)."""

    low: int
    high: int
    why: str = ""
    doubt: str = ""

    def same_as(self, other: "_Ends") -> bool:
        return (self.low, self.high) == (other.low, other.high)


class _Settled:
    """The scales that leave no doubt: where questions with each pair of ends stand in the sheet."""

    def __init__(self, placed: Sequence[tuple[Family, _Ends]]) -> None:
        self._positions: dict[tuple[int, int], list[int]] = {}
        for family, ends in placed:
            self._positions.setdefault((ends.low, ends.high), []).append(family.position)
        for positions in self._positions.values():
            positions.sort()

    @property
    def pairs(self) -> Iterable[tuple[int, int]]:
        """Each pair of ends."""
        return self._positions

    def distance(self, pair: tuple[int, int], position: int) -> int:
        """How far the nearest question with these ends is."""
        positions = self._positions[pair]
        at = bisect(positions, position)
        return min(abs(near - position) for near in positions[max(0, at - 1) : at + 1])

    def votes(self, own: _Ends) -> Counter[tuple[int, int]]:
        """How many questions have each pair of ends, but for one that has its ``own``."""
        votes = Counter({pair: len(found) for pair, found in self._positions.items()})
        votes[own.low, own.high] -= 1
        return votes


def read_number_scales(families: Sequence[Family]) -> dict[int, Reading]:
    """The scale of each column, by position.

    A column is missing where its numbers may as well be a code, or a count of something.
    """
    own = [(family, _own_ends(family)) for family in families]
    settled = _Settled([(f, ends) for f, ends in own if not ends.doubt and not f.weak])
    pooled = _pooled([f for f, ends in own if ends.doubt and not f.weak])
    placed = {
        family.position: (family, _in_company(family, ends, settled, pooled))
        for family, ends in own
        if not family.weak
    }
    ends_at = {c.header.position: ends for f, ends in placed.values() for c in f.columns}
    for family, _ in own:
        if family.weak:
            placed[family.position] = (family, _among_ratings(family, ends_at))
    return {
        column.header.position: _reading(column, ends)
        for family, ends in placed.values()
        if ends is not None
        for column in family.columns
    }


def _own_ends(family: Family) -> _Ends:
    """The ends as the family's own headers and answers show them."""
    for column in family.columns:
        stated = hinted_range(column.header.shown) or _legend_range(column)
        if stated is not None and stated[0] <= min(family.seen) and max(family.seen) <= stated[1]:
            return _Ends(*stated, why=", as the header says")
    low, high, doubt = number_ends(family.seen, family.answers, family.chosen(0))
    return _Ends(low, high, doubt=doubt)


def _in_company(
    family: Family, own: _Ends, settled: _Settled, pooled: _Ends | None
) -> _Ends | None:
    """The ends in the light of the form's other questions; None when this is no rating."""
    if own.why:
        return own
    if not own.doubt:
        return _outvoted(family, own, settled) or own
    beside = _beside(family, settled)
    if beside is None and max(family.seen) <= _CODES:
        return None
    if beside is not None and not _odd(family, beside):
        zeros = "" if min(family.seen) >= beside.low else _ZEROS_LEFT_OUT
        return _Ends(beside.low, beside.high, ", as in the questions beside it", zeros)
    if pooled is not None and pooled.low <= min(family.seen) <= max(family.seen) <= pooled.high:
        return pooled
    return own


def _beside(family: Family, settled: _Settled) -> _Ends | None:
    """The settled scale nearest in the sheet that holds all answers of a family."""
    bottom = min(1, max(0, min(family.seen)))
    fitting = [
        (settled.distance((low, high), family.position), low, high)
        for low, high in settled.pairs
        if high >= max(family.seen) and (low == bottom or _few_zeros(family, low))
    ]
    return _Ends(*min(fitting)[1:]) if fitting else None


def _among_ratings(family: Family, ends_at: Mapping[int, _Ends | None]) -> _Ends | None:
    """A count is a rating after all where it stands between two that share a scale it fits."""
    for column in family.columns:
        left = ends_at.get(column.header.position - 1)
        right = ends_at.get(column.header.position + 1)
        if left is None or right is None or not left.same_as(right):
            return None
        if not left.low <= min(family.seen) <= max(family.seen) <= left.high:
            return None
        return _Ends(left.low, left.high, ", as in the questions beside it", _MAYBE_A_COUNT)
    return None


def _odd(family: Family, ends: _Ends) -> bool:
    """Whether so many answers would have reached the upper points if the scale had them."""
    return family.answers >= _MANY and max(family.seen) < ends.high - 1


def _outvoted(family: Family, own: _Ends, settled: _Settled) -> _Ends | None:
    """The scale of most other questions, where few answers fit it as well as a smaller one."""
    others = settled.votes(own)
    if family.answers >= _SMALL or others.total() < 3:
        return None
    (low, high), votes = others.most_common(1)[0]
    if votes * 10 < others.total() * 7 or low != own.low or high <= own.high:
        return None
    doubt = (
        "The answers do not show where the scale ends; most questions of this form run from "
        f"{low} to {high}, so this one was taken to do so too"
    )
    return _Ends(low, high, doubt=doubt)


def _pooled(doubtful: Sequence[Family]) -> _Ends | None:
    """The ends as all doubtful questions together show them."""
    if len(doubtful) < 2:
        return None
    columns = tuple(column for family in doubtful for column in family.columns)
    together = Family(columns)
    low, high, doubt = number_ends(together.seen, together.answers, together.chosen(0))
    return _Ends(low, high, doubt=doubt)


def _few_zeros(family: Family, low: int) -> bool:
    """Whether the only answers under a scale from 1 are a few zeros, as for "no answer"."""
    return low == 1 and min(family.seen) == 0 and family.chosen(0) < _FEW_ZEROS * family.answers


def _reading(column: Rated, ends: _Ends) -> Reading:
    low, high = ends.low, ends.high
    points = {a: p for a, p in column.candidate.places.items() if low <= p <= high}
    doubt = ends.doubt
    labels = _labels(column.candidate, low, high)
    explained = _turned_around(legend(column.header.shown))
    turned = explained or _turned_around(numbered_words(column.candidate.places))
    if turned:
        points = {answer: low + high - point for answer, point in points.items()}
        labels = tuple(reversed(labels))
        doubt = doubt or (
            f"The {'header says' if explained else 'answers say'} that {low} is the best answer "
            "here, so the numbers were turned around: the highest point is the most favorable"
        )
    reason = f"whole numbers on a scale from {low} to {high}{ends.why}"
    if low < 0:  # points under 0 would look like missing answers, so they are counted from 1
        labels = labels or tuple(map(str, range(low, high + 1)))
        points = {answer: point + 1 - low for answer, point in points.items()}
        low, high = 1, high + 1 - low
    scale = Scale(low, high, favorable_from(low, high), labels)
    confidence = 0.95 if not doubt else 0.8 if turned else 0.6
    return Reading(scale, points, reason, confidence, doubt)


def _labels(candidate: Candidate, low: int, high: int) -> tuple[str, ...]:
    """The form's labels where the ends or all points have words, else nothing."""
    texts = labels_used([candidate])
    if all(text.isdecimal() for text in texts.values()):
        return ()
    return tuple(texts.get(place, str(place)) for place in range(low, high + 1))


def _legend_range(column: Rated) -> tuple[int, int] | None:
    numbers = sorted(int(key) for key in legend(column.header.shown) if key.isdecimal())
    if len(numbers) < 2 or numbers[0] > 1 or not 3 <= numbers[-1] <= 10:
        return None
    return numbers[0], numbers[-1]


def _turned_around(words: dict[str, str]) -> bool:
    """Whether the lowest of the explained numbers has the most favorable words."""
    numbers = sorted(int(key) for key in words if key.isdecimal())
    if len(numbers) < 2:
        return False
    lowest, highest = words[str(numbers[0])], words[str(numbers[-1])]
    ends = [(place_in(k, lowest), place_in(k, highest)) for k in lexicon().kinds]
    known = [(low, high) for low, high in ends if low is not None and high is not None]
    return bool(known) and all(low > high for low, high in known)


_ZEROS_LEFT_OUT = (
    "A few answers are 0, which the questions beside this one do not have; they were taken for "
    "“no answer”"
)
_MAYBE_A_COUNT = (
    "The header seems to ask for a number of something, but the answers look like those of the "
    "questions beside it, so this was taken for a rating"
)
