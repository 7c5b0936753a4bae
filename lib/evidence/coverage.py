"""Whom have we not heard? Printed numbers of answers against enrollment, by published group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lib.evidence.floors import is_whole
from lib.evidence.members import Grouping
from lib.evidence.types import Audience, Cell, WaveTable
from lib.text import join_words
from lib.workbook.records import Record

Enrolled = Mapping[str, Mapping[str, int]]
"""How many students are enrolled, by group question and label."""

LOW_RATE = 50
"""Percent of the enrolled; fewer answers than that are marked."""

LOW_RATIO = 0.8
"""A group's rate over everybody's; a group below it is marked, if it is large enough."""

SMALLEST_MARKED = 10
"""Enrolled students below which a group is not marked."""

RATE_STEP = 5

WARNING = (
    "Those who did not answer may think differently; weighting cannot mend that. An anonymous "
    "form counts answers, not students."
)


class Level(StrEnum):
    """How far the answers stand for the school."""

    FINE = "no warning"
    AMBER = "look again"
    RED = "the order depends on who answered"


@dataclass(frozen=True)
class GroupCoverage:
    """One published group: printed n, rate in percent to the nearest 5, and its ratio.

    ``ratio`` is its rate over everybody's, to two digits: 1 is heard as much as the others.
    """

    name: str
    grouping: Grouping
    enrolled: int
    n: int
    rate: int
    ratio: float
    low: bool


@dataclass(frozen=True)
class Coverage:
    """Who answered one wave. ``representativity``, by grouping, is 1 where all rates are alike.

    ``rate`` is in percent to the nearest 5. ``sentences`` say what stands out and what to do.
    """

    wave: str
    rate: int
    groups: tuple[GroupCoverage, ...]
    representativity: Mapping[Grouping, float]
    level: Level
    sentences: tuple[str, ...]
    warning: str = WARNING


def enrolled_from(
    records: Mapping[str, Record],
) -> tuple[dict[str, dict[str, int]], tuple[str, ...]]:
    """Read the tab ``PD Groups``; sentences say which of its rows cannot be read."""
    enrolled: dict[str, dict[str, int]] = {}
    notes = []
    for record in records.values():
        grouping, label = (record.fields.get(f, "").strip() for f in ("grouping", "label"))
        number = record.fields.get("enrolled", "").strip()
        if grouping and label and is_whole(number):
            enrolled.setdefault(grouping, {})[label] = int(number)
        else:
            notes.append(
                f"In PD Groups the number of students in {label or 'a group without a name'} "
                "cannot be read: write a whole number."
            )
    return enrolled, tuple(notes)


def coverage(
    table: WaveTable,
    enrolled: Enrolled,
    *,
    audience: Audience = Audience.STAFF,
    changed_order: bool = False,
) -> Coverage | None:
    """Compare a closed wave's printed numbers with enrollment; None where nothing can be said.

    ``changed_order``: weighting the answers by enrollment changes the clear priorities.
    """
    everybody = table.everybody
    total = max((sum(labels.values()) for labels in enrolled.values()), default=0)
    if everybody is None or not total:
        return None
    groups = [
        group
        for header, students in enrolled.items()
        for cell in table.cells_of((header,), audience)
        if (group := _group(cell, everybody.n, students))
    ]
    rate = _nearest(100 * everybody.n / total)
    low = [group for group in groups if group.low]
    level = Level.AMBER if rate < LOW_RATE or low else Level.FINE
    return Coverage(
        wave=table.wave.label,
        rate=rate,
        groups=tuple(groups),
        representativity=_representativity(groups, enrolled),
        level=Level.RED if changed_order else level,
        sentences=(*_sentences(rate, low, changed_order), *_unknown(table, enrolled, audience)),
    )


def _group(cell: Cell, n: int, students: Mapping[str, int]) -> GroupCoverage | None:
    """One cell against enrollment; None where the tab does not say how many are in it."""
    enrolled = sum(students.get(label, 0) for (label,) in cell.members)
    if not enrolled or any(label and label not in students for (label,) in cell.members):
        return None
    ratio = (cell.n / n) / (enrolled / sum(students.values()))
    return GroupCoverage(
        name=cell.name,
        grouping=cell.grouping,
        enrolled=enrolled,
        n=cell.n,
        rate=_nearest(100 * cell.n / enrolled),
        ratio=round(ratio, 2),
        low=enrolled >= SMALLEST_MARKED and ratio < LOW_RATIO,
    )


def _representativity(groups: Sequence[GroupCoverage], enrolled: Enrolled) -> dict[Grouping, float]:
    """R = 1 - 2 S of the groups' rates, where enrollment is known for all of them.

    Schouten, Cobben and Bethlehem 2009. It runs low when few have answered.
    """
    found: dict[Grouping, float] = {}
    for header, students in enrolled.items():
        mine = [group for group in groups if group.grouping == (header,)]
        total = sum(group.enrolled for group in mine)
        if mine and total == sum(students.values()):
            rate = sum(group.n for group in mine) / total
            variance = sum(
                group.enrolled / total * (group.n / group.enrolled - rate) ** 2 for group in mine
            )
            found[(header,)] = round(max(0.0, 1 - 2 * float(variance) ** 0.5), 2)
    return found


def _sentences(rate: int, low: Sequence[GroupCoverage], changed_order: bool) -> list[str]:  # noqa: FBT001
    said = [f"About {rate}% as many answers as enrolled students came in."]
    if rate < LOW_RATE:
        said.append("That is fewer than half. Next time, set aside ten minutes in class for it.")
    said += [
        f"{group.name} is heard less than the others: about {group.rate}% of "
        f"{group.enrolled} students. Next time, go to them first, in class or with a panel."
        for group in low
    ]
    if changed_order:
        said.append(
            "If each group counted by its size in the school, the clear priorities would change. "
            "Talk to the groups that answered least before you choose."
        )
    return said


def _unknown(table: WaveTable, enrolled: Enrolled, audience: Audience) -> list[str]:
    """Groups of PD Groups that none of the published ones holds."""
    said = []
    for header, students in enrolled.items():
        cells = table.cells_of((header,), audience)
        missing = sorted(set(students) - {label for cell in cells for (label,) in cell.members})
        if cells and missing:
            said.append(
                f"No answer names {join_words(missing)}, which PD Groups lists under {header}: "
                "check the spelling, or go and ask there."
            )
    return said


def _nearest(percent: float) -> int:
    return int(percent / RATE_STEP + 0.5) * RATE_STEP
