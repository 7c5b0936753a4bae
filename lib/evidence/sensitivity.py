"""Would the picture change if every group counted by its size in the school? One line, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.evidence import priorities
from lib.evidence.coverage import Enrolled
from lib.evidence.floors import RANKING_FLOOR
from lib.evidence.intervals import Floats
from lib.evidence.members import members_of
from lib.evidence.ranking import RANKED_FROM
from lib.evidence.types import Audience, Tier, WaveTable
from lib.evidence.weights import clipped, rake
from lib.intake.feedback import Feedback
from lib.text import join_words


@dataclass(frozen=True)
class Sensitivity:
    """What weighting by enrollment would do; ``sentence`` names the largest move, in whole points.

    ``changed`` are the practices that would become, or cease to be, a clear priority.
    """

    changed: tuple[str, ...]
    sentence: str


def sensitivity(
    feedback: Feedback,
    rows: NDArray[np.intp],
    table: WaveTable,
    enrolled: Enrolled,
    names: Mapping[str, str],
) -> Sensitivity | None:
    """Weigh a closed wave's responses by enrollment of its published groups.

    ``rows``: their places in ``feedback``. ``names``: what its practices are called, by id.

    None where too few answered, or no published grouping has its enrollment in ``PD Groups``.
    """
    margins = _margins(feedback, rows, table, enrolled)
    if len(rows) < RANKING_FLOOR or not margins:
        return None
    weight = clipped(rake([c for c, _ in margins], [s for _, s in margins], len(rows)))
    ratings = feedback.ratings[rows]
    low = np.array([feedback.scales[p].low for p in feedback.practices])
    enough = np.array([feedback.scales[p].favorable_from for p in feedback.practices])
    answered, favorable = ratings >= low, ratings >= enough
    asked = answered.sum(axis=0) >= RANKING_FLOOR
    if asked.sum() < RANKED_FROM:
        return None
    answered, favorable = answered[:, asked], favorable[:, asked]
    practices = [p for p, enough_said in zip(feedback.practices, asked, strict=True) if enough_said]
    plain = favorable.sum(axis=0) / answered.sum(axis=0)
    weighted = (weight @ favorable) / (weight @ answered)
    largest = round(100 * float(np.abs(weighted - plain).max()))
    order = priorities.placing(favorable, answered, weight)
    # A frozen table may know practices that the form no longer asks: nothing is weighed of them.
    clear = {p.practice for p in table.priorities if p.tier is Tier.CLEAR} & set(practices)
    would_be = {
        practice
        for practice, probability in zip(practices, order.probability, strict=True)
        if priorities.tier(round(float(probability), 2)) is Tier.CLEAR
    }
    changed = tuple(sorted(clear ^ would_be))
    return Sensitivity(changed, _sentence(largest, [names.get(p, p) for p in changed]))


def _margins(
    feedback: Feedback, rows: NDArray[np.intp], table: WaveTable, enrolled: Enrolled
) -> list[tuple[NDArray[np.integer], Floats]]:
    """For each grouping with full enrollment: each response's cell, and the cells' shares."""
    found: list[tuple[NDArray[np.integer], Floats]] = []
    for header, students in enrolled.items():
        cells = table.cells_of((header,), Audience.STAFF)
        sizes = [sum(students.get(label, 0) for (label,) in cell.members) for cell in cells]
        group = feedback.groups.get(header)
        if group is None or not cells or not all(sizes) or sum(sizes) != sum(students.values()):
            continue
        members = members_of(
            {header: type(group)(group.labels, group.codes[rows])}, [(header,)], len(rows)
        )
        of_atom = np.argmax([members.mask((header,), cell.members) for cell in cells], axis=0)
        found.append((of_atom[members.atom], np.array(sizes) / sum(sizes)))
    return found


def _sentence(largest: int, changed: Sequence[str]) -> str:
    points = "1 point" if largest == 1 else f"{largest} points"
    says = (
        "If each group counted by its size in the school, no practice would move by more than "
        f"{points}"
    )
    if not changed:
        return f"{says}, and the clear priorities would stay the same."
    return (
        f"{says}, but these would be or stop being clear priorities: {join_words(list(changed))}."
    )
