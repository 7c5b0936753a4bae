"""The practices in order, the least favorable first, with a sentence for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from lib.evidence import priorities
from lib.evidence.beside import beside
from lib.evidence.floors import RANKING_FLOOR
from lib.evidence.types import Beside, Cell, Coding, Comparison, Figure, Priority, Tier
from lib.intake.feedback import Feedback

RANKED_FROM = 4
"""With three practices or fewer, being among the three lowest says nothing."""


def rank(
    responses: Feedback,
    answered: Mapping[str, int],
    cells: tuple[Cell, ...],
    since_last: Mapping[str, Comparison],
    names: Mapping[str, str],
) -> tuple[Priority, ...]:
    """Practices by percent not favorable among ``responses``; ``cells[0]`` is everybody.

    ``answered``: how many answered each practice.
    """
    printed = {p: f for p, f in cells[0].favorable.items() if isinstance(f, Figure)}
    placed = _placed(responses, answered, [p for p in responses.practices if p in printed])
    evidence = beside(cells, since_last)
    ordered = [
        _priority(p, names.get(p, p), figure, placed.get(p), evidence.get(p, ()))
        for p, figure in printed.items()
    ]
    ordered.sort(key=lambda r: (-r.unfavorable.percent, -r.probability, r.practice))
    return tuple(ordered)


def opposite(figure: Figure) -> Figure:
    """The share of everybody else: 62% favorable is 38% not favorable."""
    turned = {Coding.AT_LEAST: Coding.AT_MOST, Coding.AT_MOST: Coding.AT_LEAST}
    return Figure(
        percent=100 - figure.percent,
        low=100 - figure.high,
        high=100 - figure.low,
        coding=turned.get(figure.coding, Coding.EXACT),
    )


@dataclass(frozen=True)
class _Place:
    probability: float
    rank_low: int
    rank_high: int


def _placed(
    responses: Feedback, answered: Mapping[str, int], practices: Sequence[str]
) -> dict[str, _Place]:
    """Where each practice with enough answers stands; empty where too few can be ranked."""
    ranked = [p for p in practices if answered[p] >= RANKING_FLOOR]
    if len(ranked) < RANKED_FROM:
        return {}
    ratings, scales = responses.ratings, responses.scales
    if len(ranked) < len(responses.practices):
        ratings = ratings[:, [responses.practices.index(p) for p in ranked]]
    # Compared in the ratings' own small type: a million answers are read once each.
    enough = np.array([scales[p].favorable_from for p in ranked], ratings.dtype)
    low = np.array([scales[p].low for p in ranked], ratings.dtype)
    found = priorities.placing(ratings >= enough, ratings >= low)
    return {
        p: _Place(round(float(probability), 2), int(first), int(last))
        for p, probability, first, last in zip(
            ranked, found.probability, found.rank_low, found.rank_high, strict=True
        )
    }


def _priority(
    practice: str, name: str, favorable: Figure, place: _Place | None, found: tuple[Beside, ...]
) -> Priority:
    unfavorable = opposite(favorable)
    says = f"{unfavorable.text[0].upper()}{unfavorable.text[1:]} of answers on {name} "
    if place is None:
        return Priority(
            practice=practice,
            unfavorable=unfavorable,
            probability=0.0,
            tier=Tier.TOO_FEW,
            sentence=f"{says}are not favorable. There are too few answers to rank it.",
            beside=found,
        )
    return Priority(
        practice=practice,
        unfavorable=unfavorable,
        probability=place.probability,
        tier=priorities.tier(place.probability),
        sentence=(
            f"{says}are not favorable. If as many students of this school answered again, it "
            f"would be among the three lowest {_times(place.probability)}."
        ),
        rank_low=place.rank_low,
        rank_high=place.rank_high,
        beside=found,
    )


def _times(probability: float) -> str:
    hundredths = round(100 * probability)
    if hundredths >= 100:
        return "nearly always"
    return "hardly ever" if hundredths <= 0 else f"about {hundredths} times in 100"
