"""Did the PD reach students? A practice against the other practices, before and after a session.

Within each respondent: the rating of the practice minus the mean of the others, on a scale from 0
to 100. A better mood lifts both and cancels out. Everybody only; words and whole points leave.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lib.catalogue import last_name
from lib.evidence.floors import RANKING_FLOOR
from lib.evidence.intervals import Z95, Floats
from lib.evidence.types import Wave
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback

SEEABLE = 7
"""Points of 100. If no smaller move could have been missed, "no clear movement" may be said.

On a five-point scale they are what 10 points of percent favorable are: docs/methods.md.
"""

_POWER = 2.8
"""A true move of 2.8 standard errors is seen 80 times in 100 (Bloom 1995)."""


class Verdict(StrEnum):
    """What may be said of a practice after a session. Never that the session caused it."""

    MOVED = "moved more than the other practices"
    NO_MOVE = "no clear movement"
    CANNOT_TELL = "cannot tell with this many answers"
    BEHIND = "fell behind"
    NOT_YET = "no wave has closed since"
    NO_BASELINE = "nothing to compare it with"


@dataclass(frozen=True)
class Reach:
    """The verdict on one practice and one session, in whole points of 100.

    ``before`` is the label of the baseline wave; ``points`` the move against the other practices;
    ``seeable`` the smallest true move that would be seen 80 times in 100, 0 where nothing is known.
    """

    practice: str
    verdict: Verdict
    sentence: str
    before: str = ""
    points: int = 0
    seeable: int = 0


@dataclass(frozen=True)
class _Sample:
    """One wave: its answers on 0 to 100, NaN where missing, [n, p]."""

    wave: Wave
    scaled: Floats

    def asked(self) -> NDArray[np.bool_]:
        """Practices that enough people answered, [p]."""
        return np.asarray((~np.isnan(self.scaled)).sum(axis=0) >= RANKING_FLOOR)


@dataclass(frozen=True)
class Estimate:
    """A mean, in points of 100, and its variance."""

    mean: float
    variance: float


def reach(
    feedback: Feedback,
    windows: Windows,
    practice: str,
    *,
    session: date,
    chosen_on: Collection[str],
    now: datetime,
    name: str = "",
    alongside: Collection[str] = (),
) -> Reach:
    """Judge whether a session on ``practice`` reached students.

    ``chosen_on`` are the ids of the waves that chose the practice; ``alongside`` other practices
    in focus on that day, which are not counted among the others. After is the first wave that
    opened on the session's day or later.
    """
    name = name or last_name(practice)
    if practice not in feedback.practices:
        says = f"The form does not ask about {name}, so nothing can be said."
        return Reach(practice, Verdict.NO_BASELINE, says)
    column = feedback.practices.index(practice)
    samples = [s for s in _samples(feedback, windows, now) if s.asked()[column]]
    begins = datetime.combine(session, time.min)
    earlier = [s for s in samples if s.wave.closes and s.wave.closes <= begins]
    later = [s for s in samples if s.wave.opens >= begins]
    unchosen = [s for s in earlier if s.wave.wave_id not in chosen_on]
    if not earlier:
        says = f"No wave with enough answers on {name} closed before the session."
        return Reach(practice, Verdict.NO_BASELINE, says)
    before, shrunken = (unchosen or earlier)[-1], not unchosen
    out = {column} | {feedback.practices.index(p) for p in alongside if p in feedback.practices}
    others = before.asked() & (later[0].asked() if later else True)
    others[list(out)] = False
    if not others.any():
        says = f"The form asks about nothing that {name} could be compared with."
        return Reach(practice, Verdict.NO_BASELINE, says)
    for sample in (before, *later[:1]):
        if _comparable(sample.scaled, column, others).sum() < RANKING_FLOOR:
            says = (
                f"In {sample.wave.label} fewer than {RANKING_FLOOR} students answered both on "
                f"{name} and on another practice, so nothing can be compared."
            )
            lacking = Verdict.NO_BASELINE if sample is before else Verdict.CANNOT_TELL
            return Reach(practice, lacking, says)
    base = contrast(before.scaled, column, others)
    if shrunken:
        base = shrink(base, _contrasts(before.scaled, others | (np.arange(len(others)) == column)))
    if not later:
        seeable = _whole_up(_POWER * np.sqrt(2 * base.variance))
        says = (
            f"No wave has closed since the session. With as many answers as in "
            f"{before.wave.label}, a move of {seeable} points or more would be seen."
        )
        return Reach(practice, Verdict.NOT_YET, says, before.wave.label, seeable=seeable)
    return _judged(practice, name, base, before.wave, shrunken, later[0], column, others)


def contrast(scaled: Floats, column: int, others: NDArray[np.bool_]) -> Estimate:
    """The mean over respondents of one practice minus their mean of ``others`` [p], all 0 to 100.

    ``scaled``: [n, p], NaN where not answered. Who did not answer the practice, or none of the
    others, is left out; at least two must be left.
    """
    answered = ~np.isnan(scaled[:, others])
    held = _comparable(scaled, column, others)
    rest = np.nansum(scaled[np.ix_(held, others)], axis=1) / answered[held].sum(axis=1)
    own = scaled[held, column] - rest
    return Estimate(float(own.mean()), float(own.var(ddof=1) / len(own)))


def _comparable(scaled: Floats, column: int, others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who answered both the practice and one of the others, [n]."""
    held: NDArray[np.bool_] = ~np.isnan(scaled[:, column]) & ~np.isnan(scaled[:, others]).all(
        axis=1
    )
    return held


def shrink(chosen: Estimate, all_of_them: Sequence[Estimate]) -> Estimate:
    """Move a contrast that was picked for being low toward zero, by the noise it was picked on.

    ``all_of_them`` are the contrasts of all practices in the same wave; their mean is zero but
    for missing answers (empirical Bayes; Daw and Hatfield 2018 on why).
    """
    noise = float(np.mean([one.variance for one in all_of_them]))
    spread = float(np.mean([one.mean**2 for one in all_of_them])) - noise
    kept = max(spread, 0.0) / (max(spread, 0.0) + chosen.variance)
    return Estimate(kept * chosen.mean, kept * chosen.variance)


def _samples(feedback: Feedback, windows: Windows, now: datetime) -> list[_Sample]:
    """Closed waves, oldest first."""
    index = assign(feedback.at, windows.waves)
    low = np.array([feedback.scales[p].low for p in feedback.practices], float)
    high = np.array([feedback.scales[p].high for p in feedback.practices], float)
    found = []
    for place, wave in enumerate(windows.waves):
        if wave.closed(now):
            ratings = feedback.ratings[index == place].astype(float)
            ratings[ratings < low] = np.nan
            found.append(_Sample(wave, 100 * (ratings - low) / (high - low)))
    return found


def _contrasts(scaled: Floats, among: NDArray[np.bool_]) -> list[Estimate]:
    """Each practice of ``among`` [p] against the rest of them."""
    found = []
    for column in np.flatnonzero(among):
        others = among.copy()
        others[column] = False
        if _comparable(scaled, int(column), others).sum() >= RANKING_FLOOR:
            found.append(contrast(scaled, int(column), others))
    return found


def _judged(
    practice: str,
    name: str,
    base: Estimate,
    before: Wave,
    shrunken: bool,  # noqa: FBT001
    after: _Sample,
    column: int,
    others: NDArray[np.bool_],
) -> Reach:
    now = contrast(after.scaled, column, others)
    moved, error = now.mean - base.mean, float(np.sqrt(now.variance + base.variance))
    low, high = moved - Z95 * error, moved + Z95 * error
    verdict = _verdict(low, high, _POWER * error)
    points, seeable = round(moved), _whole_up(_POWER * error)
    return Reach(
        practice=practice,
        verdict=verdict,
        sentence=_sentence(name, verdict, points, seeable, before.label, after.wave.label)
        + (_SHRUNKEN if shrunken else ""),
        before=before.label,
        points=points,
        seeable=seeable,
    )


def _verdict(low: float, high: float, seeable: float) -> Verdict:
    if low > 0:
        return Verdict.MOVED
    if high < 0:
        return Verdict.BEHIND
    return Verdict.NO_MOVE if seeable <= SEEABLE else Verdict.CANNOT_TELL


_SHRUNKEN = (
    " The only wave before it is the one that chose the practice, so its low figure was moved "
    "toward the middle first."
)


def _sentence(
    name: str, verdict: Verdict, points: int, seeable: int, before: str, after: str
) -> str:
    span = f"between {before} and {after}"
    if verdict is Verdict.MOVED:
        return (
            f"{name} moved {points} points of 100 more than the other practices {span}. "
            "That does not say what caused it."
        )
    if verdict is Verdict.BEHIND:
        return f"{name} fell {-points} points of 100 behind the other practices {span}."
    if verdict is Verdict.NO_MOVE:
        return (
            f"{name} shows no clear movement against the other practices {span}. A move of "
            f"{seeable} points of 100 or more would most likely have been seen."
        )
    return (
        f"With this many answers nobody can tell whether {name} moved more than the other "
        f"practices {span}: only a move of {seeable} points of 100 or more would have been seen."
    )


def _whole_up(points: float) -> int:
    return int(np.ceil(points))
