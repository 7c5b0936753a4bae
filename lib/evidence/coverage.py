"""Whom have we not heard? Printed numbers of answers against enrollment, by published group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.evidence.floors import is_whole
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
"""Points of 100 to which rates are rounded."""

WARNING = (
    "Those who did not answer may think differently; weighting cannot mend that. An anonymous "
    "form counts answers, not students."
)


@dataclass(frozen=True)
class GroupCoverage:
    """One published group: its printed n, and its rate in percent to the nearest 5.

    ``low``: it is heard less than the others, and large enough to say so.
    """

    name: str
    enrolled: int
    n: int
    rate: int
    low: bool


@dataclass(frozen=True)
class Coverage:
    """Who answered one wave; ``sentences`` say what stands out and what to do."""

    groups: tuple[GroupCoverage, ...]
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
    table: WaveTable, enrolled: Enrolled, *, changed_order: bool = False
) -> Coverage | None:
    """Compare a closed wave's printed numbers with enrollment; None where nothing can be said.

    Groups as staff see them. ``changed_order``: weighting the answers by enrollment changes the
    clear priorities.
    """
    everybody = table.everybody
    total = max((sum(labels.values()) for labels in enrolled.values()), default=0)
    if everybody is None or not total:
        return None
    groups = [
        group
        for header, students in enrolled.items()
        for cell in table.cells_of((header,), Audience.STAFF)
        if (group := _group(cell, everybody.n, students))
    ]
    rate = _nearest(100 * everybody.n / total)
    low = [group for group in groups if group.low]
    return Coverage(
        groups=tuple(groups),
        sentences=(*_sentences(rate, low, changed_order), *_unknown(table, enrolled)),
    )


def _group(cell: Cell, n: int, students: Mapping[str, int]) -> GroupCoverage | None:
    """One cell against enrollment; None where the tab does not say how many are in it."""
    enrolled = sum(students.get(label, 0) for (label,) in cell.members)
    if not enrolled or any(label and label not in students for (label,) in cell.members):
        return None
    ratio = (cell.n / n) / (enrolled / sum(students.values()))
    return GroupCoverage(
        name=cell.name,
        enrolled=enrolled,
        n=cell.n,
        rate=_nearest(100 * cell.n / enrolled),
        low=enrolled >= SMALLEST_MARKED and ratio < LOW_RATIO,
    )


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


def _unknown(table: WaveTable, enrolled: Enrolled) -> list[str]:
    """Groups of PD Groups that none of the published ones holds."""
    said = []
    for header, students in enrolled.items():
        cells = table.cells_of((header,), Audience.STAFF)
        missing = sorted(set(students) - {label for cell in cells for (label,) in cell.members})
        if cells and missing:
            said.append(
                f"No answer names {join_words(missing)}, which PD Groups lists under {header}: "
                "check the spelling, or go and ask there."
            )
    return said


def _nearest(percent: float) -> int:
    return int(percent / RATE_STEP + 0.5) * RATE_STEP
