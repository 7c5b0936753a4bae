"""Draw the answers: who answers, what they rate, pick, agree with and write, and when.

Every answer of a person leans the same way a little (the "halo", 0.65 of one standard deviation,
as measured in real surveys); the rest is that person's own view of the practice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from lib.catalogue import CATALOGUE, FORM
from sample_data import school
from sample_data.school import WavePlan
from sample_data.writing import write_comments

HALO = 0.65
CUTS = (-1.55, -0.80, 0.0, 0.95)
"""Where the five points part; from 0 upward an answer is favorable."""

NOT_APPLICABLE = 5
BLANK = 6

_Z = NormalDist().inv_cdf


@dataclass(frozen=True)
class Student:
    """A seat in the school, not a person: each wave draws anew who sits there."""

    grade: int
    program: str


def students() -> tuple[Student, ...]:
    """All seats of the school."""
    return tuple(
        Student(grade, program)
        for program, numbers in school.ENROLLED.items()
        for grade, number in zip(school.GRADES, numbers, strict=True)
        for _ in range(number)
    )


def wave_rows(index: int, streams: Sequence[np.random.Generator]) -> list[list[str]]:
    """All answers of one wave in the order they came in, as the form's tab writes them.

    ``streams`` are four generators (who and when, ratings, picks and taps, words), so that a
    change in the words leaves the numbers alone.
    """
    who, rated, tapped, wrote = streams
    wave = school.WAVES[index]
    people = _respondents(index, who)
    times = _times(wave, who)
    halo = rated.standard_normal(len(people))
    points = _points(index, people, halo, rated)
    taps = _taps(index, halo, tapped)
    picks = _picks(index, points, tapped)
    words = write_comments(index, [person.program for person in people], points, wrote)
    labels = (*FORM.grid.points, FORM.grid.not_applicable, "")
    return [
        [
            f"{at.month}/{at.day}/{at.year} {at.hour}:{at:%M:%S}",
            f"Grade {person.grade}",
            person.program,
            *(labels[point] for point in points[i]),
            *picks[i],
            *words[i],
            *taps[i],
        ]
        for i, (person, at) in enumerate(zip(people, times, strict=True))
    ]


def _respondents(index: int, rng: np.random.Generator) -> list[Student]:
    """Who answers: the willing more often, and a fixed few of the tiny program."""
    seats = students()
    weight = np.array([school.WILLING[seat.grade - school.GRADES[0]] for seat in seats])
    tiny = np.array([seat.program == school.TINY_PROGRAM for seat in seats])
    few = school.TINY_ANSWERS[index]
    chosen: list[int] = []
    for group, number in ((tiny, few), (~tiny, school.WAVES[index].answers - few)):
        chance = np.where(group, weight, 0.0)
        drawn = rng.choice(len(seats), number, replace=False, p=chance / chance.sum())
        chosen.extend(int(seat) for seat in drawn)
    return [seats[seat] for seat in rng.permutation(chosen)]


def _times(wave: WavePlan, rng: np.random.Generator) -> list[datetime]:
    """When they answer: school days, mostly in class, some in the evening; never after now."""
    end = wave.closes or school.CLOCK.date()
    days = [
        wave.opens + timedelta(days=day)
        for day in range((end - wave.opens).days)
        if (wave.opens + timedelta(days=day)).weekday() < 5
    ]
    weight = np.array([1.0 / (1 + position % 5) for position in range(len(days))])
    which = rng.choice(len(days), wave.answers, p=weight / weight.sum())
    evening = rng.random(wave.answers) < 0.08
    lesson = rng.integers(0, 7, wave.answers)
    seconds = np.where(
        evening,
        rng.integers(17 * 3600, 21 * 3600, wave.answers),
        8 * 3600 + 20 * 60 + lesson * 3600 + rng.integers(0, 900, wave.answers),
    )
    return sorted(
        datetime.combine(days[int(day)], time()) + timedelta(seconds=int(second))
        for day, second in zip(which, seconds, strict=True)
    )


def _points(
    index: int, people: Sequence[Student], halo: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Ratings 0 to 4 as [people, practices]; NOT_APPLICABLE or BLANK where there is none."""
    mood = school.MOOD if index >= school.LATER_START else 0.0
    center = np.array(
        [
            [_Z(school.favorable(index, p.practice_id, person.grade)) + mood for p in CATALOGUE]
            for person in people
        ]
    )
    own = rng.standard_normal(center.shape)
    latent = center + HALO * halo[:, None] + np.sqrt(1 - HALO**2) * own
    points: NDArray[np.int64] = np.searchsorted(CUTS, latent).astype(np.int64)
    often_missing = np.array(
        [0.035 if p.practice_id in ("handson", "retry") else 0.01 for p in CATALOGUE]
    )
    points[rng.random(points.shape) < often_missing] = NOT_APPLICABLE
    points[rng.random(points.shape) < 0.012] = BLANK
    return points


def _picks(
    index: int, points: NDArray[np.int64], rng: np.random.Generator
) -> list[tuple[str, str, str]]:
    """The three pick-lists of each person, joined as Forms joins them."""
    liking = np.where(points < NOT_APPLICABLE, points - 2.0, -9.0)
    disliking = np.where(points < NOT_APPLICABLE, 2.0 - points, -9.0)
    stopped = np.log(np.array(school.used_to_work(index)))
    rows: list[tuple[str, str, str]] = []
    for i in range(len(points)):
        works = _pick(0.9 * liking[i], (0.12, 0.24, 0.32, 0.32), rng)
        isnt = _pick(_without(1.3 * disliking[i], works), (0.25, 0.33, 0.25, 0.17), rng)
        used = _pick(_without(stopped, works + isnt), (0.42, 0.42, 0.12, 0.04), rng)
        rows.append((_joined(works), _joined(isnt), _joined(used)))
    return rows


def _without(scores: NDArray[np.float64], taken: Sequence[int]) -> NDArray[np.float64]:
    left = scores.copy()
    left[list(taken)] = -99.0
    return left


def _pick(
    scores: NDArray[np.float64], how_many: Sequence[float], rng: np.random.Generator
) -> list[int]:
    """Draw none to three practices, those with a high score more often (Gumbel's trick)."""
    number = int(rng.choice(len(how_many), p=how_many))
    order = np.argsort(-(scores + rng.gumbel(size=len(scores))))
    return sorted(int(practice) for practice in order[:number])


def _joined(picked: Sequence[int]) -> str:
    return ", ".join(CATALOGUE[practice].name for practice in picked)


def _taps(index: int, halo: NDArray[np.float64], rng: np.random.Generator) -> list[tuple[str, ...]]:
    """The two trust questions, then one column for each promise ever asked about."""
    columns = [
        _trust(share, question.options, halo, rng)
        for share, question in zip(
            (school.HONEST[index], school.USED[index]), FORM.trust, strict=True
        )
    ]
    columns += [
        _follow_up(asked[index], len(halo), rng) if index in asked else [""] * len(halo)
        for asked in school.FOLLOW_UPS.values()
    ]
    return list(zip(*columns, strict=True))


def _trust(
    share: float, options: Sequence[str], halo: NDArray[np.float64], rng: np.random.Generator
) -> list[str]:
    latent = _Z(share) + 0.4 * halo + np.sqrt(1 - 0.4**2) * rng.standard_normal(len(halo))
    blank = rng.random(len(halo)) < 0.03
    points = np.searchsorted(CUTS, latent)
    return ["" if empty else options[point] for point, empty in zip(points, blank, strict=True)]


def _follow_up(shares: Sequence[float], people: int, rng: np.random.Generator) -> list[str]:
    answers = rng.choice(len(shares), people, p=shares)
    blank = rng.random(people) < 0.2
    options = FORM.followup.options
    return ["" if empty else options[answer] for answer, empty in zip(answers, blank, strict=True)]
