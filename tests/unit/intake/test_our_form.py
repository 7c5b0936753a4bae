"""Our own form needs no mapping: a hand-traced export, and the whole sample school."""

import csv
from pathlib import Path

import numpy as np

from lib.catalogue import CATALOGUE, FORM
from lib.intake import practice_names
from lib.intake.feedback import MISSING, Role, Standing
from tests.unit.intake.reading import read

_SAMPLE = Path(__file__).parents[3] / "sample_data" / "responses.csv"
_PROMISE = "give comments while the work is still open"
_HEADER = FORM.headers([_PROMISE])


def _row(at: float, grade: str, grid: dict[int, str], lists: list[str], rest: list[str]) -> list:  # type: ignore[type-arg]
    points = [grid.get(i, "Sometimes") for i in range(len(FORM.grid.rows))]
    return [at, grade, "STEM", *points, *lists, *rest]


_ROWS = [
    _row(45000.5, "Grade 9", {0: "Almost always", 1: "Doesn't apply"},
         ["Clear goals, Real choices", "", "Hands-on learning"],
         ["It is loud in here", "", "Agree", "In the middle", "Changed a lot"]),
    _row(45000.75, "Grade 10", {0: "Often", 1: "Almost never", 13: ""},
         ["", "Clear goals", "Clear goals, Hands-on learning"],
         ["", "Reading time on Fridays", "Strongly agree", "Disagree", "Not yet"]),
    _row(45001.25, "Grade 9", {0: "Once in a while", 1: "Almost always"},
         ["Work that makes us think", "", ""], ["", "", "", "", "Changed a bit"]),
]  # fmt: skip


def test_every_value_of_a_hand_traced_export() -> None:
    feedback = read(_HEADER, _ROWS)
    assert feedback.problems == ()
    assert feedback.left_out == {}
    assert feedback.practices == tuple(p.practice_id for p in CATALOGUE)
    assert feedback.row.tolist() == [2, 3, 4]
    assert feedback.at.astype(str).tolist() == [
        "2023-03-15T12:00:00",
        "2023-03-15T18:00:00",
        "2023-03-16T06:00:00",
    ]
    expected = np.full((3, 14), 3, np.int8)
    expected[:, 0] = [5, 4, 2]
    expected[:, 1] = [MISSING, 1, 5]
    expected[1, 13] = MISSING
    np.testing.assert_array_equal(feedback.ratings, expected)
    index = feedback.practices.index
    standings = np.zeros((3, 14), np.uint8)
    standings[0, index("goals")] = standings[0, index("choice")] = 1
    standings[0, index("handson")] = 4
    standings[1, index("goals")] = 2 + 4
    standings[1, index("handson")] = 4
    standings[2, index("stretch")] = 1
    np.testing.assert_array_equal(feedback.standings, standings)
    assert feedback.standing_asked == frozenset(Standing)
    assert feedback.groups["Grade"].labels == ("Grade 9", "Grade 10")
    assert feedback.groups["Grade"].codes.tolist() == [0, 1, 0]
    assert feedback.groups["Program"].codes.tolist() == [0, 0, 0]


def test_trust_follow_up_and_comments_of_the_hand_traced_export() -> None:
    feedback = read(_HEADER, _ROWS)
    scale, points = feedback.trust["I felt OK answering honestly"]
    assert (scale.low, scale.high, scale.favorable_from) == (1, 5, 4)
    assert points.tolist() == [4, 5, MISSING]
    assert feedback.trust["Adults here will use this"][1].tolist() == [3, 2, MISSING]
    scale, points = feedback.followup[FORM.followup.title(_PROMISE)]
    assert scale.labels == ("Not yet", "Changed a bit", "Changed a lot")
    assert points.tolist() == [3, 1, 2]
    assert [(c.response, c.standing, c.text) for c in feedback.comments] == [
        (0, Standing.ISNT_WORKING, "It is loud in here"),
        (1, Standing.USED_TO_WORK, "Reading time on Fridays"),
    ]


def test_the_scale_of_the_grid_is_the_forms_own() -> None:
    feedback = read(_HEADER, _ROWS)
    scale = feedback.scales["goals"]
    assert scale.labels == FORM.grid.points
    assert scale.favorable_from == 4
    reason = next(c.reason for c in feedback.columns if c.role is Role.RATING)
    assert reason == "Five labels ordered like a scale of how often; favorable from point 4 of 5."


def test_practices_are_shown_by_the_catalogues_names() -> None:
    names = practice_names(read(_HEADER, _ROWS), CATALOGUE)
    assert names == {p.practice_id: p.name for p in CATALOGUE}


def test_one_answer_alone_is_read_without_a_problem() -> None:
    feedback = read(_HEADER, _ROWS[:1])
    assert feedback.problems == ()
    assert {s.high for s in feedback.scales.values()} == {5}


def test_the_sample_school_is_read_without_a_problem() -> None:
    with _SAMPLE.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    feedback = read(header, rows)
    assert feedback.problems == ()
    assert len(feedback) == len(rows)
    assert set(feedback.practices) == {p.practice_id for p in CATALOGUE}
