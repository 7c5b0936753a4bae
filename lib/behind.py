"""What stands behind the tables: the answers, in memory alone, and what may be asked of them.

Two things need them after a wave has closed: the privacy self-test, and making a frozen table
again. Both work on what cannot change any more, so nobody else waits for them.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from lib.evidence import Floors, Frozen, Windows
from lib.evidence.again import Remake, remakes
from lib.evidence.members import Grouping
from lib.evidence.types import Evidence, Hidden
from lib.intake.feedback import Feedback
from lib.workbook import WorkbookProblem

if TYPE_CHECKING:
    from lib.evidence.selftest import Report

SECONDS = 90.0
"""How long one self-test may take; what was not tried by then is said."""

NO_ANSWERS = (
    "The answers are not in memory: what you see is the last good copy, which holds none.",
    "Try again when the sheet can be read; Setup says what is wrong.",
)


@dataclass(frozen=True, eq=False)
class Answers:
    """One reading of the form, worked out; never handed to a page."""

    feedback: Feedback = field(repr=False)
    windows: Windows
    evidence: Evidence
    frozen: Mapping[str, Frozen | Hidden]
    names: Mapping[str, str]
    floors: Floors
    groupings: tuple[Grouping, ...]
    now: datetime

    def same(self, other: "Answers | None") -> bool:
        """Whether the other is of the same answers and tables."""
        return (
            other is not None
            and self.feedback is other.feedback
            and self.evidence is other.evidence
        )


@dataclass(frozen=True)
class Tested:
    """A self-test's report, and when it was made (school's local time)."""

    report: "Report"
    at: datetime


class Behind:
    """Asks the answers, one question at a time for everybody; keeps the last reply."""

    def __init__(self, answers: Callable[[], Answers | None]) -> None:
        self._answers = answers
        self._testing = threading.Lock()
        self._tested: tuple[Answers, Tested] | None = None
        self._offered: tuple[Answers, tuple[Remake, ...]] | None = None

    def self_test(
        self, note: Callable[[float, str], object], *, seconds: float = SECONDS
    ) -> Tested:
        """Attack what is published now, and tell ``note`` how far it is (a share, and what).

        Who asks while somebody else's attack is going on waits for it and gets its report.
        Raises WorkbookProblem where there are no answers to check against.
        """
        # Only here: linear programs need scipy, which takes a second to load.
        from lib.evidence.attempts import Watch
        from lib.evidence.selftest import attack

        asked_for = self._answers()
        if asked_for is None:
            raise WorkbookProblem(*NO_ANSWERS)
        begun = self._tested
        with self._testing:
            if self._tested is not begun and self._tested and asked_for.same(self._tested[0]):
                return self._tested[1]
            report = attack(
                asked_for.evidence,
                asked_for.feedback,
                asked_for.windows,
                now=asked_for.now,
                floors=asked_for.floors,
                groupings=asked_for.groupings,
                names=asked_for.names,
                frozen=asked_for.frozen,
                watch=Watch(time.monotonic() + seconds, note),
            )
            tested = Tested(report, asked_for.now)
            self._tested = (asked_for, tested)
        return tested

    @property
    def tested(self) -> Tested | None:
        """The last report, if it is of what is published now."""
        now, last = self._answers(), self._tested
        return last[1] if last and now and now.evidence.waves == last[0].evidence.waves else None

    def remakes(self) -> tuple[Remake, ...]:
        """Closed waves that were frozen when the form was read differently."""
        asked_for, last = self._answers(), self._offered
        if asked_for is None:
            return ()
        if last is None or not asked_for.same(last[0]):
            last = (
                asked_for,
                remakes(
                    asked_for.evidence,
                    asked_for.feedback,
                    asked_for.windows,
                    asked_for.frozen,
                    names=asked_for.names,
                    floors=asked_for.floors,
                ),
            )
            self._offered = last
        return last[1]
