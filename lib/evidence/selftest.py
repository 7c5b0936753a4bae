"""The privacy self-test: attack everything published as an outsider would, and say what came out.

The outsider is assumed to know who is in which group and who answered which question: more than
any parent, student or teacher knows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import numpy as np

from lib.evidence import attempts, freeze
from lib.evidence.attempts import Attempt, Rules, Watch
from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.history import declared
from lib.evidence.members import Grouping
from lib.evidence.scenes import scenes_of
from lib.evidence.seals import seal
from lib.evidence.types import Evidence, Hidden
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback

PROGRAMS = 150
"""Small groups and questions, drawn by a fixed seed, that each wave's linear programs try."""


@dataclass(frozen=True)
class Report:
    """All attempts, and the waves that could not be attacked, each with the reason."""

    attempts: tuple[Attempt, ...]
    not_attacked: tuple[str, ...] = ()

    @property
    def leaks(self) -> int:
        """How many things were found."""
        return sum(len(attempt.found) for attempt in self.attempts)

    @property
    def complete(self) -> bool:
        """Whether the time sufficed for everything, and every wave was attacked."""
        return not self.not_attacked and all(attempt.left == 0 for attempt in self.attempts)

    @property
    def verdict(self) -> str:
        """The end of the report in one sentence."""
        if self.leaks:
            return f"Found {self.leaks}: see above."
        return "Nothing was found." if self.complete else "Nothing was found in what was tried."

    def as_text(self) -> str:
        """The report for people to read."""
        lines = []
        for attempt in self.attempts:
            lines.append(f"{attempt.what}: {attempt.said}.")
            lines += [f"  {sentence}" for sentence in attempt.found]
        return "\n".join([*lines, *self.not_attacked, self.verdict])


def attack(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    *,
    now: datetime,
    floors: Floors | None = None,
    groupings: Sequence[Grouping] | None = None,
    names: Mapping[str, str] | None = None,
    frozen: Mapping[str, Frozen | Hidden] | None = None,
    programs: int = PROGRAMS,
    watch: Watch | None = None,
) -> Report:
    """Attack ``evidence``, which was made from ``feedback``, in all the ways known here.

    ``floors``, ``groupings``, ``names`` and ``frozen`` as it was made with. A wave in ``frozen`` is
    attacked only if it was made of the answers that there are now.
    """
    watch = watch or Watch()
    rules = Rules(floors or Floors(), declared(feedback, groupings), names or {}, frozen or {})
    known, apart = _with_their_answers(evidence, feedback, windows, rules.frozen)
    scenes = scenes_of(known, feedback, windows, rules.floors, rules.groupings)
    fewer = partial(attempts.one_answer_fewer, evidence, feedback, windows, now, rules)
    ways: tuple[tuple[str, Callable[[], Attempt]], ...] = (
        (attempts.SMALL_CELLS, lambda: attempts.small_cells(scenes)),
        (attempts.ENDS, lambda: attempts.ends(scenes)),
        (attempts.OPEN_WAVE, lambda: attempts.open_wave(evidence, windows, now)),
        (attempts.SUBTRACTIONS, lambda: attempts.subtractions(scenes)),
        (attempts.COMBINATIONS, lambda: attempts.combinations(scenes)),
        (attempts.WAVES_TOGETHER, lambda: attempts.waves_together(scenes)),
        (attempts.ONE_FEWER, fewer),
        (attempts.BEHIND_ENDS, lambda: attempts.few_who_differ(scenes, programs, watch)),
        (attempts.RANGES, lambda: attempts.ranges(scenes, programs, watch)),
    )
    made = []
    for place, (what, way) in enumerate(ways):
        watch.note(place / len(ways), what)
        made.append(Attempt(what, 0, (), None) if watch.over else way())
    return Report(tuple(made), apart)


def _with_their_answers(
    evidence: Evidence,
    feedback: Feedback,
    windows: Windows,
    frozen: Mapping[str, Frozen | Hidden],
) -> tuple[Evidence, tuple[str, ...]]:
    """The waves whose figures come from the answers that there are now; of others, why not."""
    kept, apart = [], []
    index, reading = assign(feedback.at, windows.waves), freeze.reading(feedback)
    place = {wave.wave_id: i for i, wave in enumerate(windows.waves)}
    for table in evidence.waves:
        old = frozen.get(table.wave.wave_id)
        rows = np.flatnonzero(index == place.get(table.wave.wave_id, len(place)))
        if isinstance(old, Frozen) and (
            old.reading != reading or old.seals != seal(feedback, rows, old.table.cells)
        ):
            apart.append(
                f"{table.wave.label} was not attacked: its answers, or how they are read, have "
                "changed since its figures were frozen."
            )
        else:
            kept.append(table)
    return replace(evidence, waves=tuple(kept)), tuple(apart)
