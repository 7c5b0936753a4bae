"""Word scales of a whole form: labels nobody chose are found in the questions that share them."""

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
    settled = [(family, points) for family, points in own if not points.doubt]
    found: dict[int, Reading] = {}
    for family, points in own:
        like = family
        if points.doubt:
            points, like = _in_company(family, points, settled, families)
        texts = _known_labels(family) or labels_used(c.candidate for c in like.columns)
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
    labels = family.columns[0].candidate.points
    return {place: text for text in labels if (place := place_in(kind, text)) is not None}


def _in_company(
    family: Family,
    own: Points,
    settled: Sequence[tuple[Family, Points]],
    families: Sequence[Family],
) -> tuple[Points, Family]:
    """The points in the light of the other questions of the kind, and whose labels show them."""
    fitting = [
        (abs(other.position - family.position), index)
        for index, (other, points) in enumerate(settled)
        if other.kind == family.kind and family.seen <= frozenset(points.places)
    ]
    if fitting:
        other, points = settled[min(fitting)[1]]
        return points, Family((*other.columns, *family.columns))
    alike = Family(
        tuple(
            column
            for other in families
            if other.kind == family.kind and len(other.seen & family.seen) * 2 >= len(family.seen)
            for column in other.columns
        )
    )
    together = word_points(kind_named(family.kind), alike.seen, alike.answers)
    if together.doubt and len(together.places) <= len(own.places):
        return own, family
    if len(together.places) > _MOST_POINTS:
        return own, family
    return together, alike


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
