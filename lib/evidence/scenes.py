"""Closed waves as the privacy self-test sees them: what is published, and who is behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from lib.evidence.counts import Counts, favorable, tally
from lib.evidence.floors import DIFFER_FLOOR, Floors
from lib.evidence.members import Grouping, Members, members_of
from lib.evidence.outsider import Bools, Range, Target, possible, targets
from lib.evidence.responses import take
from lib.evidence.types import EVERYBODY, Audience, Cell, Evidence, Figure, Printed, WaveTable
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback, Standing

_SHARES = {
    Standing.WORKS: "works",
    Standing.ISNT_WORKING: "isnt_working",
    Standing.USED_TO_WORK: "used_to_work",
}


@dataclass(frozen=True)
class Question:
    """One question's true counts, [A] each, and where its printed shares stand in a cell."""

    name: str
    said: Counts
    base: Counts
    practice: str
    share: str

    def printed(self, cell: Cell) -> Printed | None:
        """The cell's share, if the cell has one."""
        shares: Mapping[str, Printed] = getattr(cell, self.share)
        return shares.get(self.practice)

    def least(self, floor: int) -> int:
        """The smallest count that may be printed as it is."""
        return DIFFER_FLOOR if self.share == "favorable" else floor


@dataclass(frozen=True)
class Scene:
    """One closed wave: its published cells with their atoms, bool [r, A], and its people, [A]."""

    label: str
    cells: tuple[Cell, ...]
    masks: Bools
    people: Counts
    members: Members
    groupings: tuple[Grouping, ...]
    questions: tuple[Question, ...]
    floors: Floors
    _found: dict[tuple[Audience, bytes], list[Target]] = field(default_factory=dict)

    def views(self) -> list[tuple[Audience, list[int]]]:
        """The cells that each audience sees."""
        public = [i for i, cell in enumerate(self.cells) if cell.audience is Audience.PUBLIC]
        views = [(Audience.PUBLIC, public), (Audience.STAFF, list(range(len(self.cells))))]
        return [(audience, seen) for audience, seen in views if seen]

    def targets(self, audience: Audience, question: Question | None = None) -> list[Target]:
        """Groups below the audience's floor among all, or among who answered a question."""
        people = question.base if question else self.people
        key = (audience, people.tobytes())
        if key not in self._found:
            floor = self.floors.of(audience)
            self._found[key] = targets(self.members, self.groupings, people, floor)
        return self._found[key]

    def range_of(self, question: Question, i: int) -> Range:
        """The counts that the share of cell i allows: all of them where it is not printed."""
        cell, printed = self.cells[i], question.printed(self.cells[i])
        base = int(question.base[self.masks[i]].sum())
        if not isinstance(printed, Figure):
            return Range(0, base)
        allowed = possible(printed, base, 1 if cell.grouping == EVERYBODY else 5)
        if question.share == "favorable":
            return allowed
        floor = self.floors.of(cell.audience)
        return Range(max(allowed.least, floor), min(allowed.most, base - floor))


def scenes_of(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    floors: Floors,
    groupings: Sequence[Grouping],
) -> list[Scene]:
    """All closed waves of which anything is published."""
    index = assign(feedback.at, windows.waves)
    place = {wave.wave_id: i for i, wave in enumerate(windows.waves)}
    return [
        _scene(
            table,
            take(feedback, np.flatnonzero(index == place[table.wave.wave_id])),
            floors,
            groupings,
        )
        for table in evidence.waves
        if table.cells and table.wave.wave_id in place
    ]


def _scene(
    table: WaveTable,
    responses: Feedback,
    floors: Floors,
    groupings: Sequence[Grouping],
) -> Scene:
    shown = [c.grouping for c in table.cells if set(c.grouping) <= set(responses.groups)]
    by = tuple(dict.fromkeys([*groupings, *(g for g in shown if g != EVERYBODY)]))
    members = members_of(responses.groups, by, len(responses))
    counts = tally(responses, members)
    cells = tuple(c for c in table.cells if c.grouping == EVERYBODY or c.grouping in by)
    questions = [
        Question(
            practice,
            favorable(points, responses.scales[practice]),
            points.sum(axis=1),
            practice,
            "favorable",
        )
        for practice, points in counts.answers.items()
    ]
    questions += [
        Question(f"{practice} {standing.value}", said, members.people, practice, _SHARES[standing])
        for standing, found in counts.standings.items()
        for practice, said in zip(counts.answers, found, strict=True)
    ]
    return Scene(
        label=table.wave.label,
        cells=cells,
        masks=np.array([members.mask(cell.grouping, cell.members) for cell in cells]),
        people=members.people,
        members=members,
        groupings=by,
        questions=tuple(questions),
        floors=floors,
    )
