"""Exact counts of one wave, by atom. They never leave this room."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.evidence.members import Members
from lib.intake.feedback import STANDING_BIT, Feedback, Scale, Standing

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Tally:
    """Counts by practice and atom; A atoms.

    ``answers``: by practice, [A, k], how many gave each of the k points of its scale.
    ``standings``: by standing the form asks about, [p, A], how many said so of each practice.
    ``trust`` and ``followup``: by header, [k], everybody.
    """

    answers: Mapping[str, Counts]
    standings: Mapping[Standing, Counts]
    trust: Mapping[str, Counts]
    followup: Mapping[str, Counts]


def tally(responses: Feedback, members: Members) -> Tally:
    """Count ``responses``, whose atoms are ``members.atom``."""
    atom, atoms = members.atom, len(members.people)
    standings = {
        standing: np.zeros((len(responses.practices), atoms), np.int64)
        for standing in Standing
        if standing in responses.standing_asked
    }
    for p in range(len(responses.practices)) if standings else ():
        together = _crossed(atom, atoms, responses.standings[:, p], 8)
        for standing, counts in standings.items():
            holds = np.arange(8) & STANDING_BIT[standing] > 0
            counts[p] = together[:, holds].sum(axis=1)
    return Tally(
        answers={
            practice: _points(responses.ratings[:, p], responses.scales[practice], atom, atoms)
            for p, practice in enumerate(responses.practices)
        },
        standings=standings,
        trust=_everybody(responses.trust),
        followup=_everybody(responses.followup),
    )


def favorable(points: Counts, scale: Scale) -> Counts:
    """How many of each row of ``points`` [..., k] answered favorably."""
    return np.asarray(points[..., scale.favorable_from - scale.low :].sum(axis=-1))


def _points(ratings: NDArray[np.int8], scale: Scale, atom: NDArray[np.int32], atoms: int) -> Counts:
    """How many gave each point of the scale in each atom, [A, k]; other values do not count."""
    width = scale.high - scale.low + 2
    place = np.zeros(256, np.uint8)
    for point in range(scale.low, scale.high + 1):
        place[point % 256] = point - scale.low + 1
    return _crossed(atom, atoms, place[ratings.view(np.uint8)], width)[:, 1:]


def _crossed(atom: NDArray[np.int32], atoms: int, values: NDArray[np.uint8], width: int) -> Counts:
    """How often each value of 0 to width-1 occurs in each atom, [A, width]."""
    code = atom * np.int32(width)
    code += values
    return np.bincount(code, minlength=atoms * width).reshape(atoms, width)


def _everybody(questions: Mapping[str, tuple[Scale, NDArray[np.int8]]]) -> dict[str, Counts]:
    return {
        header: _points(points, scale, np.zeros(len(points), np.int32), 1)[0]
        for header, (scale, points) in questions.items()
    }
