"""The ways in which the privacy self-test attacks: what each tries, and what it finds."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from typing import TypeVar

import numpy as np

from lib.evidence.floors import DIFFER_FLOOR, Floors
from lib.evidence.freeze import Frozen
from lib.evidence.history import build
from lib.evidence.members import Grouping
from lib.evidence.outsider import Floats, bounds, combined
from lib.evidence.responses import take
from lib.evidence.scenes import Question, Scene
from lib.evidence.types import Audience, Evidence, Figure, Hidden, WaveTable
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback

SMALL_CELLS = "Looked for published groups that are too small"
SUBTRACTIONS = "Subtracted one published group from another"
ENDS = "Looked for figures that say none, all, or nearly"
OPEN_WAVE = "Looked for figures of a wave that is still open"
ONE_FEWER = "Compared what is published before and after one more answer"
WAVES_TOGETHER = "Put all waves and audiences together and tried again"
COMBINATIONS = "Added and subtracted published groups in every way, to single out a small group"
RANGES = "Worked out the least and the most that a small group can have said (linear programs)"
BEHIND_ENDS = 'Worked out how many can be behind "at most" and "at least" (linear programs)'

_TOLERANCE = 1e-6

Case = TypeVar("Case")


@dataclass(frozen=True)
class Attempt:
    """One way of attacking: what was tried, how often, and a sentence for each thing found.

    ``left`` says how many cases the time did not suffice for; None where it was not begun.
    """

    what: str
    tried: int
    found: tuple[str, ...]
    left: int | None = 0

    @property
    def said(self) -> str:
        """How often it was tried and what was found: "tried 1,204, found 0"."""
        if self.left is None:
            return "not tried, the time was over"
        rest = f", {self.left:,} more not tried, the time was over" if self.left else ""
        return f"tried {self.tried:,}, found {len(self.found)}{rest}"


@dataclass(frozen=True)
class Rules:
    """What the attacked tables were made with, besides the answers."""

    floors: Floors
    groupings: tuple[Grouping, ...]
    names: Mapping[str, str]
    frozen: Mapping[str, Frozen | Hidden]


@dataclass(frozen=True)
class Watch:
    """How long the attack may go on, and whom to tell how far it is.

    ``until`` is a moment of the monotonic clock; ``note`` gets the share done and what comes next.
    """

    until: float = float("inf")
    note: Callable[[float, str], object] = lambda share, what: None  # noqa: ARG005

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self.until


def small_cells(scenes: Sequence[Scene]) -> Attempt:
    """Groups below their floor, and numbers of answers that are not rounded."""
    found = [
        f"{scene.label}: {cell.name} holds fewer answers than its floor."
        for scene in scenes
        for cell, mask in zip(scene.cells, scene.masks, strict=True)
        if scene.people[mask].sum() < scene.floors.of(cell.audience) or cell.n % 5
    ]
    tried = sum(len(scene.cells) for scene in scenes)
    return Attempt(SMALL_CELLS, tried, tuple(found))


def subtractions(scenes: Sequence[Scene]) -> Attempt:
    """Pairs of published groups, one inside the other, that leave a small group over."""
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
    return Attempt(SUBTRACTIONS, tried, tuple(found))


def combinations(scenes: Sequence[Scene]) -> Attempt:
    """Small groups that any sum and difference of published groups singles out."""
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
    return Attempt(COMBINATIONS, tried, tuple(found))


def waves_together(scenes: Sequence[Scene]) -> Attempt:
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
    return Attempt(WAVES_TOGETHER, len(words), tuple(found))


def ranges(scenes: Sequence[Scene], programs: int, watch: Watch) -> Attempt:
    """How far the figures fix the answers of small groups."""
    tried, left, found = 0, 0, []
    for scene in scenes:
        cases = [
            (audience, question, target)
            for audience, _ in scene.views()
            for question in scene.questions
            for target in scene.targets(audience, question)
        ]
        for audience, question, target in _drawn(cases, programs):
            left += watch.over
            if watch.over:
                continue
            width = _width(scene, question, audience, target.atoms.astype(float))
            tried += width is not None
            if width is not None and width < 1 - _TOLERANCE:
                found.append(
                    f"{scene.label}, {question.name}: the answers of {target.words} are fixed "
                    f"by what {audience.value} readers see."
                )
    return Attempt(RANGES, tried, tuple(found), left)


def few_who_differ(scenes: Sequence[Scene], programs: int, watch: Watch) -> Attempt:
    """How far the figures fix a count that is printed as "at most" or "at least"."""
    tried, left, found = 0, 0, []
    for scene in scenes:
        cases = [
            (question, i)
            for question in scene.questions
            for i, cell in enumerate(scene.cells)
            if isinstance(figure := question.printed(cell), Figure) and figure.coding
        ]
        for question, i in _drawn(cases, programs):
            left += watch.over
            if watch.over:
                continue
            width = _width(scene, question, Audience.STAFF, scene.masks[i].astype(float))
            tried += width is not None
            if width is not None and width < DIFFER_FLOOR - 1 - _TOLERANCE:
                found.append(
                    f"{scene.label}, {question.name}: in {scene.cells[i].name} the number who "
                    "differ from the others is nearly fixed."
                )
    return Attempt(BEHIND_ENDS, tried, tuple(found), left)


def ends(scenes: Sequence[Scene]) -> Attempt:
    """Shares of nobody, of all, or with too few people on one side."""
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
    return Attempt(ENDS, tried, tuple(found))


def open_wave(evidence: Evidence, windows: Windows, now: datetime) -> Attempt:
    """Figures of waves that are not over."""
    still_open = [wave for wave in windows.waves if not wave.closed(now)]
    shown = {table.wave.wave_id for table in evidence.waves if table.cells}
    found = [
        f"{wave.label} is still open and has figures already."
        for wave in still_open
        if wave.wave_id in shown
    ]
    return Attempt(OPEN_WAVE, len(still_open), tuple(found))


def one_answer_fewer(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    now: datetime,
    rules: Rules,
) -> Attempt:
    """Whether the last answer of the open wave changes anything that is published."""
    index = assign(feedback.at, windows.waves)
    still_open = [i for i, wave in enumerate(windows.waves) if not wave.closed(now)]
    late = np.flatnonzero(np.isin(index, still_open))
    if not len(late):
        return Attempt(ONE_FEWER, 0, ())

    def made(responses: Feedback) -> tuple[WaveTable, ...]:
        return build(
            responses,
            windows,
            now=now,
            names=rules.names,
            floors=rules.floors,
            groupings=rules.groupings,
            frozen=rules.frozen,
        ).waves

    without = made(take(feedback, np.delete(np.arange(len(feedback)), late[-1])))
    # Where nothing differs from what is published, there is no need to make that once more.
    now_made = evidence.waves if without == evidence.waves else made(feedback)
    found = (
        f"{before.wave.label} changes when one more answer comes in."
        for before, after in zip(now_made, without, strict=True)
        if before != after
    )
    return Attempt(ONE_FEWER, len(without), tuple(found))


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
