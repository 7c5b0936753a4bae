"""Word scales of a whole form: labels nobody chose are found in the questions that share them."""

from bisect import bisect
from collections.abc import Mapping, Sequence

from lib.intake.labels import place_in
from lib.intake.lexicon import Kind
from lib.intake.readings import Family, Rated, Reading, labels_used
from lib.intake.scales import Points, kind_named, word_points, word_scale
from lib.intake.text import fold

_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_TWO_LABELS = 0.05
_MOST_POINTS = 7


def read_word_scales(families: Sequence[Family]) -> dict[int, Reading]:
    """The scale of each column, by position."""
    own = [(family, _own_points(family)) for family in families]
    company = _Company(families, [(f, points) for f, points in own if not points.doubt])
    found: dict[int, Reading] = {}
    for family, points in own:
        labels = None
        if points.doubt:
            points, labels = company.points(family, points)
        texts = _known_labels(family) or labels or labels_used(c.candidate for c in family.columns)
        for column in family.columns:
            found[column.header.position] = _reading(column, points, texts)
    return found


def _own_points(family: Family) -> Points:
    kind = kind_named(family.kind)
    known = _known_labels(family)
    return Points(tuple(sorted(known))) if known else word_points(kind, family.seen, family.answers)


def _known_labels(family: Family) -> dict[int, str]:
    """The labels by place, where all of them are known beforehand."""
    kind = kind_named(family.kind)
    if kind is None:
        return {}
    labels = family.columns[0].candidate.labels
    return {place: text for text in labels if (place := place_in(kind, text)) is not None}


class _Company:
    """The other questions of a form, in whose light a scale is read that leaves a doubt.

    Questions with the same answers get the same light, so it is worked out once for all of them.
    """

    def __init__(
        self, families: Sequence[Family], settled: Sequence[tuple[Family, Points]]
    ) -> None:
        self._families = families
        self._settled: dict[tuple[str, Points], list[Family]] = {}
        for family, points in sorted(settled, key=lambda placed: placed[0].position):
            self._settled.setdefault((family.kind, points), []).append(family)
        self._together: dict[tuple[str, frozenset[int]], tuple[Points, dict[int, str]]] = {}

    def points(self, family: Family, own: Points) -> tuple[Points, dict[int, str] | None]:
        """A family's points, and the labels that show them; None: its own labels do."""
        fitting = [
            (nearest, points)
            for (kind, points), others in self._settled.items()
            if kind == family.kind and family.seen <= frozenset(points.places)
            for nearest in _nearest(others, family.position)
        ]
        if fitting:
            other, points = min(
                fitting, key=lambda f: (abs(f[0].position - family.position), f[0].position)
            )
            return points, labels_used(c.candidate for c in (*other.columns, *family.columns))
        together, labels = self._alike(family.kind, family.seen)
        if together.doubt and len(together.places) <= len(own.places):
            return own, None
        if len(together.places) > _MOST_POINTS:
            return own, None
        return together, labels

    def _alike(self, kind: str, seen: frozenset[int]) -> tuple[Points, dict[int, str]]:
        """The points and labels of all questions that share half of the answers ``seen``."""
        if (kind, seen) not in self._together:
            alike = Family(
                tuple(
                    column
                    for other in self._families
                    if other.kind == kind and len(other.seen & seen) * 2 >= len(seen)
                    for column in other.columns
                )
            )
            points = word_points(kind_named(kind), alike.seen, alike.answers)
            labels = labels_used(column.candidate for column in alike.columns)
            self._together[kind, seen] = points, labels
        return self._together[kind, seen]


def _nearest(families: Sequence[Family], position: int) -> Sequence[Family]:
    """Of families in the sheet's order the last one before a position, and the first one after."""
    at = bisect(families, position, key=lambda family: family.position)
    return families[max(0, at - 1) : at + 1]


def _reading(column: Rated, points: Points, texts: Mapping[int, str]) -> Reading:
    kind = kind_named(column.candidate.kind)
    scale = word_scale(kind, points, texts)
    point = {place: number for number, place in enumerate(points.places, 1)}
    answers = {answer: point[place] for answer, place in column.candidate.places.items()}
    says = kind.says if kind else "how much of one thing"
    count = _SPELLED[scale.high] if scale.high < len(_SPELLED) else str(scale.high)
    reason = f"{count} labels ordered like a scale of {says}"
    doubt = points.doubt or _two_labels_one_point(column, kind)
    return Reading(scale, answers, reason, 0.6 if doubt else 0.95, doubt)


def _two_labels_one_point(column: Rated, kind: Kind | None) -> str:
    """A doubt where two labels of one language, both much used, mean the same to the lexicon."""
    if kind is None:
        return ""
    candidate = column.candidate
    often = [
        (place, fold(answer))
        for answer, place in candidate.places.items()
        if candidate.weights[answer] >= _TWO_LABELS * candidate.answers
    ]
    for place, label in often:
        for other_place, other in often:
            shared = kind.languages.get(label, frozenset()) & kind.languages.get(other, frozenset())
            if place == other_place and label != other and shared:
                return "Two different labels were read as one and the same point of the scale"
    return ""
