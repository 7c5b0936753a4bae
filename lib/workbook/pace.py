"""How fast the app may ask Google, and how it tries again."""

import random
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from lib.workbook.google_problem import Fault, GoogleProblem

BURST = 8
PER_MINUTE = 30
"""At most 38 calls in any minute; Google allows 60 reads and 60 writes to a service account."""

PATIENCE = 20.0
"""No new try is begun later than this many seconds after the first."""

LONGEST_PAUSE = 32.0
"""Seconds at most between two tries, where Google names no time."""
LIMIT_PAUSE = 5.0
"""The least wait after a 429: the limit is counted by the minute, and Google names no time."""

T = TypeVar("T")


class Pace:
    """A bucket of calls that all threads of this process share.

    ``clock`` and ``sleep`` work in seconds; tests bring their own.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self._lock = threading.Lock()
        self._calls = float(BURST)
        self._at = clock()
        self._closed_until = self._at
        self._closed_by: GoogleProblem | None = None

    def take_turn(self) -> None:
        """Wait until one more call is within the limit, first come, first served.

        Raises the problem with which Google asked to be left alone, while that time runs.
        """
        with self._lock:
            now = self.clock()
            if self._closed_by is not None and now < self._closed_until:
                raise self._closed_by
            self._calls = min(BURST, self._calls + (now - self._at) * PER_MINUTE / 60)
            self._at = now
            self._calls -= 1
            wait = -self._calls * 60 / PER_MINUTE
        if wait > 0:
            self.sleep(wait)

    def close(self, problem: GoogleProblem, seconds: float) -> None:
        """Make no call for so long, because Google said so."""
        with self._lock:
            self._closed_by = problem
            self._closed_until = self.clock() + seconds


@cache
def shared_pace(email: str, kind: str) -> Pace:  # noqa: ARG001  (they are the cache's key)
    """The one bucket of this process for an account's calls of a kind, reads or writes."""
    return Pace()


def patiently(call: Callable[[], T], pace: Pace, patience: float = PATIENCE) -> T:
    """Make a call that may be repeated, and repeat it with growing random pauses.

    Raises the last GoogleProblem when it is not temporary or when patience has run out.
    """
    began, tries = pace.clock(), 0
    while True:
        pace.take_turn()
        try:
            return call()
        except GoogleProblem as problem:
            pause = pause_after(problem, tries)
            if problem.wait is not None and problem.wait > patience:
                pace.close(problem, problem.wait)
            if not problem.temporary or pace.clock() - began + pause > patience:
                raise
        pace.sleep(pause)
        tries += 1


def pause_after(problem: GoogleProblem, tries: int) -> float:
    """Seconds to wait after so many failed tries: what Google says, else full jitter."""
    if problem.wait is not None:
        return problem.wait
    jitter = random.uniform(0, min(LONGEST_PAUSE, 2.0**tries))  # noqa: S311  (no secret in it)
    return jitter + LIMIT_PAUSE if problem.fault is Fault.LIMITED else jitter
