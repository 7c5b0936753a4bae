"""The privacy self-test: attack everything published as an outsider would, and say what came out.

The outsider is assumed to know who is in which group and who answered which question: more than
any parent, student or teacher knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import TypeVar

import numpy as np

from lib.evidence.floors import DIFFER_FLOOR, Floors
from lib.evidence.history import build, declared
from lib.evidence.members import Grouping
from lib.evidence.outsider import Floats, bounds, combined
from lib.evidence.responses import take
from lib.evidence.scenes import Question, Scene, scenes_of
from lib.evidence.types import Audience, Evidence, Figure
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback

PROGRAMS = 150
"""Small groups and questions, drawn by a fixed seed, that each wave's linear programs try."""

_TOLERANCE = 1e-6

Case = TypeVar("Case")


@dataclass(frozen=True)
class Attempt:
    """One way of attacking: what was tried, how often, and a sentence for each thing found."""

    what: str
    tried: int
    found: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """All attempts."""

    attempts: tuple[Attempt, ...]

    @property
    def leaks(self) -> int:
        """How many things were found."""
        return sum(len(attempt.found) for attempt in self.attempts)

    def as_text(self) -> str:
        """The report for people to read."""
        lines = []
        for attempt in self.attempts:
            lines.append(f"{attempt.what}: tried {attempt.tried:,}, found {len(attempt.found)}.")
            lines += [f"  {sentence}" for sentence in attempt.found]
        verdict = "Nothing was found." if not self.leaks else f"Found {self.leaks}: see above."
        return "\n".join([*lines, verdict])


def attack(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    *,
    now: datetime,
    floors: Floors | None = None,
    groupings: Sequence[Grouping] | None = None,
    programs: int = PROGRAMS,
) -> Report:
    """Attack ``evidence``, which was made from ``feedback``, in all the ways known here."""
    floors, by = floors or Floors(), declared(feedback, groupings)
    scenes = scenes_of(evidence, feedback, windows, floors, by)
    return Report(
        (
            _small_cells(scenes),
            _subtractions(scenes),
            _combinations(scenes),
            _waves_together(scenes),
            _ranges(scenes, programs),
            _few_who_differ(scenes, programs),
            _ends(scenes),
            _open_wave(evidence, windows, now),
            _one_answer_fewer(feedback, windows, now, floors, by),
        )
    )


def _small_cells(scenes: Sequence[Scene]) -> Attempt:
    found = [
        f"{scene.label}: {cell.name} holds fewer answers than its floor."
        for scene in scenes
        for cell, mask in zip(scene.cells, scene.masks, strict=True)
        if scene.people[mask].sum() < scene.floors.of(cell.audience) or cell.n % 5
    ]
    tried = sum(len(scene.cells) for scene in scenes)
    return Attempt("Looked for published groups that are too small", tried, tuple(found))


def _subtractions(scenes: Sequence[Scene]) -> Attempt:
    tried, found = 0, []
    for scene in scenes:
        for audience, seen in scene.views():
            for a, b in permutations(seen, 2):
                tried += 1
                left = scene.masks[b] & ~scene.masks[a]
                inside = not (scene.masks[a] & ~scene.masks[b]).any()
                if inside and 0 < scene.people[left].sum() < scene.floors.of(audience):
                    found.append(
                        f"{scene.label}: {scene.cells[b].name} without {scene.cells[a].name} "
                        f"is a small group that {audience.value} readers can work out."
                    )
    return Attempt("Subtracted one published group from another", tried, tuple(found))


def _combinations(scenes: Sequence[Scene]) -> Attempt:
    tried, found = 0, []
    for scene in scenes:
        for audience, seen in scene.views():
            small = scene.targets(audience)
            tried += len(small)
            groups = np.array([target.atoms for target in small], float)
            given_away = combined(scene.masks[seen].astype(float), groups)
            found += [
                f"{scene.label}: {target.words} can be worked out by {audience.value} readers."
                for target, given in zip(small, given_away, strict=True)
                if given
            ]
    return Attempt(
        "Added and subtracted published groups in every way, to single out a small group",
        tried,
        tuple(found),
    )


def _waves_together(scenes: Sequence[Scene]) -> Attempt:
    """All waves, everything that staff see, as one system; no answer belongs to two waves."""
    width = sum(len(scene.people) for scene in scenes)
    rows, groups, words, start = [], [], [], 0
    for scene in scenes:
        end = start + len(scene.people)
        small = scene.targets(Audience.STAFF)
        rows += [_placed(mask.astype(float), start, end, width) for mask in scene.masks]
        groups += [_placed(t.atoms.astype(float), start, end, width) for t in small]
        words += [f"{scene.label}: {t.words} can be worked out from several waves." for t in small]
        start = end
    given_away = combined(np.array(rows), np.array(groups))
    found = [says for says, given in zip(words, given_away, strict=True) if given]
    return Attempt("Put all waves and audiences together and tried again", len(words), tuple(found))


def _ranges(scenes: Sequence[Scene], programs: int) -> Attempt:
    """How far the figures fix the answers of small groups."""
    tried, found = 0, []
    for scene in scenes:
        cases = [
            (audience, question, target)
            for audience, _ in scene.views()
            for question in scene.questions
            for target in scene.targets(audience, question)
        ]
        for audience, question, target in _drawn(cases, programs):
            width = _width(scene, question, audience, target.atoms.astype(float))
            tried += width is not None
            if width is not None and width < 1 - _TOLERANCE:
                found.append(
                    f"{scene.label}, {question.name}: the answers of {target.words} are fixed "
                    f"by what {audience.value} readers see."
                )
    return Attempt(
        "Asked linear programs for the least and the most that a small group can have said",
        tried,
        tuple(found),
    )


def _few_who_differ(scenes: Sequence[Scene], programs: int) -> Attempt:
    """How far the figures fix a count that is printed as "at most" or "at least"."""
    tried, found = 0, []
    for scene in scenes:
        cases = [
            (question, i)
            for question in scene.questions
            for i, cell in enumerate(scene.cells)
            if isinstance(figure := question.printed(cell), Figure) and figure.coding
        ]
        for question, i in _drawn(cases, programs):
            width = _width(scene, question, Audience.STAFF, scene.masks[i].astype(float))
            tried += width is not None
            if width is not None and width < DIFFER_FLOOR - 1 - _TOLERANCE:
                found.append(
                    f"{scene.label}, {question.name}: in {scene.cells[i].name} the number who "
                    "differ from the others is nearly fixed."
                )
    return Attempt(
        'Asked linear programs how many are behind "at most" and "at least"', tried, tuple(found)
    )


def _ends(scenes: Sequence[Scene]) -> Attempt:
    tried, found = 0, []
    for scene in scenes:
        for question in scene.questions:
            for i, cell in enumerate(scene.cells):
                figure = question.printed(cell)
                if not isinstance(figure, Figure):
                    continue
                tried += 1
                said, base = (int(x[scene.masks[i]].sum()) for x in (question.said, question.base))
                least = question.least(scene.floors.of(cell.audience))
                if figure.percent in (0, 100) or (
                    not figure.coding and not least <= said <= base - least
                ):
                    found.append(
                        f"{scene.label}, {question.name}: in {cell.name} so few differ from the "
                        "others that their share should not be printed."
                    )
    return Attempt("Looked for figures that say none, all, or nearly", tried, tuple(found))


def _open_wave(evidence: Evidence, windows: Windows, now: datetime) -> Attempt:
    still_open = [wave for wave in windows.waves if not wave.closed(now)]
    shown = {table.wave.wave_id for table in evidence.waves if table.cells}
    found = [
        f"{wave.label} is still open and has figures already."
        for wave in still_open
        if wave.wave_id in shown
    ]
    return Attempt("Looked for figures of a wave that is still open", len(still_open), tuple(found))


def _one_answer_fewer(
    feedback: Feedback,
    windows: Windows,
    now: datetime,
    floors: Floors,
    groupings: Sequence[Grouping],
) -> Attempt:
    """Whether the last answer of the open wave changes anything that is published."""
    index = assign(feedback.at, windows.waves)
    still_open = [i for i, wave in enumerate(windows.waves) if not wave.closed(now)]
    late = np.flatnonzero(np.isin(index, still_open))
    if not len(late):
        return Attempt("Compared what is published before and after one more answer", 0, ())
    made = [
        build(each, windows, now=now, floors=floors, groupings=groupings).waves
        for each in (feedback, take(feedback, np.delete(np.arange(len(feedback)), late[-1])))
    ]
    found = (
        f"{before.wave.label} changes when one more answer comes in."
        for before, after in zip(*made, strict=True)
        if before != after
    )
    return Attempt(
        "Compared what is published before and after one more answer", len(made[0]), tuple(found)
    )


def _width(scene: Scene, question: Question, audience: Audience, group: Floats) -> float | None:
    """How far apart the least and the most of a group are; None where nothing fits the figures."""
    seen = [
        i
        for i in dict(scene.views())[audience]
        if isinstance(question.printed(scene.cells[i]), Figure)
    ]
    ranges = [scene.range_of(question, i) for i in seen]
    try:
        found = bounds(scene.masks[seen].astype(float), ranges, question.base.astype(float), group)
    except ValueError:
        return None
    return found.most - found.least


def _drawn(cases: Sequence[Case], at_most: int) -> Sequence[Case]:
    """At most so many cases, drawn by a fixed seed."""
    if len(cases) <= at_most:
        return cases
    chosen = np.random.default_rng(len(cases)).choice(len(cases), at_most, replace=False)
    return [cases[i] for i in chosen]


def _placed(values: Floats, start: int, end: int, width: int) -> Floats:
    """Values at their wave's place among all waves' atoms."""
    row = np.zeros(width)
    row[start:end] = values
    return row
