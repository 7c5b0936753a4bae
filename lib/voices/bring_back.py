"""Bring back: what students say used to work, most named first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lib.evidence.beside import OFTEN
from lib.evidence.types import EVERYBODY, Audience, Coding, Evidence, Figure, Printed, WaveTable
from lib.intake.feedback import Standing


@dataclass(frozen=True)
class GroupSays:
    """A published group that names the practice, with its printed share."""

    group: str
    figure: Figure
    audience: Audience


@dataclass(frozen=True)
class BringBack:
    """One practice that used to work, by printed figures alone.

    ``since`` is the label of the first wave, of those in a row up to now, in which ``OFTEN``
    percent or more said so; "" where the latest does not. ``groups``: published groups, the
    largest share first. ``talks``: in how many logged conversations it was said, which no percent
    contains.
    """

    practice: str
    figure: Figure | None
    since: str
    groups: tuple[GroupSays, ...]
    talks: int


def bring_back(
    evidence: Evidence, audience: Audience, mentions: Mapping[str, Mapping[Standing, int]]
) -> tuple[BringBack, ...]:
    """The list, largest printed share first; then what only conversations mention.

    ``mentions`` are ``lib.voices.conversations.mentions``. A practice whose share is hidden stands
    in the list only where a conversation mentions it.
    """
    table = evidence.latest
    cell = table.everybody if table else None
    shares: Mapping[str, Printed] = cell.used_to_work if cell else {}
    talks = {p: by.get(Standing.USED_TO_WORK, 0) for p, by in mentions.items()}
    named = dict.fromkeys((*shares, *(p for p, number in talks.items() if number)))
    found = []
    for practice in named:
        printed = shares.get(practice)
        figure = printed if isinstance(printed, Figure) else None
        if figure is None and not talks.get(practice):
            continue
        found.append(
            BringBack(
                practice=practice,
                figure=figure,
                since=_since(evidence, practice),
                groups=_groups(table, practice, audience) if table else (),
                talks=talks.get(practice, 0),
            )
        )
    order = {practice: place for place, practice in enumerate(named)}
    return tuple(
        sorted(
            found,
            key=lambda each: (
                -(each.figure.percent if each.figure else -1),
                -each.talks,
                order[each.practice],
            ),
        )
    )


def most_named(found: Sequence[BringBack]) -> tuple[BringBack, ...]:
    """Those that enough students or a conversation name now; the first three where none is."""
    named = tuple(each for each in found if each.since or each.talks)
    return named or tuple(found[:3])


def _since(evidence: Evidence, practice: str) -> str:
    label = ""
    for table in reversed(evidence.waves):
        cell = table.everybody
        if cell is None:
            continue
        printed = cell.used_to_work.get(practice)
        if not says_so(printed):
            break
        label = table.wave.label
    return label


def _groups(table: WaveTable, practice: str, audience: Audience) -> tuple[GroupSays, ...]:
    groupings = dict.fromkeys(cell.grouping for cell in table.cells if cell.grouping != EVERYBODY)
    found = [
        GroupSays(cell.name, printed, cell.audience)
        for grouping in groupings
        for cell in table.cells_of(grouping, audience)
        if isinstance(printed := cell.used_to_work.get(practice), Figure) and says_so(printed)
    ]
    return tuple(sorted(found, key=lambda says: (-says.figure.percent, says.group)))


def says_so(printed: Printed | None) -> bool:
    """Whether enough say that a practice used to work: a figure of ``OFTEN`` percent or more."""
    return (
        isinstance(printed, Figure)
        and printed.coding is not Coding.AT_MOST
        and printed.percent >= OFTEN
    )
