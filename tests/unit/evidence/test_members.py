"""Memberships, settings and the small parts of the room."""

import numpy as np
import pytest

from lib.evidence.floors import Floors, floors_from
from lib.evidence.groupings import groupings_from
from lib.evidence.history import build
from lib.evidence.members import members_of
from lib.evidence.responses import take
from lib.evidence.rowspace import null_space, small_group
from lib.evidence.types import Evidence
from lib.text import natural
from tests.unit.evidence.schools import NOW, ONE_WAVE, answers, feedback, group


def test_atoms_are_the_crossings_that_hold_anybody() -> None:
    found = members_of(
        {"Grade": group(["7", "6", "7", "6"]), "House": group(["a", "a", "a", ""])},
        [("Grade",), ("House",), ("Grade", "House")],
        4,
    )
    assert found.people.tolist() == [1, 1, 2]
    assert found.labels[("Grade", "House")] == (("6", "a"), ("6", ""), ("7", "a"))
    assert found.atom.tolist() == [2, 0, 2, 1]
    assert found.mask(("House",), [("a",)]).tolist() == [True, False, True]


def test_many_group_questions_with_many_labels_are_crossed_in_steps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(1)
    groups = {h: group([str(x) for x in rng.integers(0, 30, 500)]) for h in "abcd"}
    groupings = [(h,) for h in "abcd"]
    usual = members_of(groups, groupings, 500)
    monkeypatch.setattr("lib.evidence.members._DENSE", 40)
    stepwise = members_of(groups, groupings, 500)
    assert stepwise.people.tolist() == usual.people.tolist()
    assert stepwise.labels == usual.labels
    assert stepwise.atom.tolist() == usual.atom.tolist()


def test_no_group_question_makes_one_atom() -> None:
    assert members_of({}, [], 7).people.tolist() == [7]


def test_natural_order() -> None:
    texts = ["Grade 10", "", "grade 9", "Grade 9b", "Arts"]
    assert sorted(texts, key=natural) == ["Arts", "grade 9", "Grade 9b", "Grade 10", ""]


def test_natural_order_of_what_a_student_typed_for_fun() -> None:
    long, longer = "9" * 5000, "1" + "0" * 5000
    texts = [longer, long, "Grade 10", "Grade ٩", "Grade 007"]
    assert sorted(texts, key=natural) == [long, longer, "Grade 007", "Grade ٩", "Grade 10"]


def test_whole_numbers_without_a_limit() -> None:
    """Products of these do not fit 64 bits; the answer is exact all the same."""
    big = 3_000_000_001
    cells = np.array([[big, big - 1, 0], [big - 2, 0, big], [1, 1, 1]], np.int64)
    found = small_group(cells, np.array([1, 30, 30]), 10)
    assert found is not None
    assert found.tolist() == [True, False, False]
    assert null_space(np.array([[2, 4, 6]])).tolist() == [[-4, 2, 0], [-6, 0, 2]]


@pytest.mark.parametrize(
    ("settings", "floors"),
    [
        ({}, Floors(5, 10)),
        ({"floor staff": ["8"]}, Floors(8, 10)),
        ({"floor staff": ["15"]}, Floors(15, 15)),
        ({"floor public": ["20"]}, Floors(5, 20)),
        ({"floor public": ["30", "20", "a few"]}, Floors(5, 30)),
        ({"floor staff": ["2"], "floor public": ["3"]}, Floors(5, 10)),
        ({"floor staff": ["many"], "floor public": ["-5"]}, Floors(5, 10)),
        ({"floor staff": ["9" * 5000], "floor public": ["1" + "0" * 20]}, Floors(5, 10)),
    ],
)
def test_floors_are_raised_and_never_lowered(
    settings: dict[str, list[str]], floors: Floors
) -> None:
    assert floors_from(settings) == floors


def test_declared_pairs_come_after_the_group_questions() -> None:
    responses = feedback(
        {"goals": [5]}, groups={"Grade": ["6"], "Program": ["Arts"], "House": [""]}
    )
    settings = {"group pairs": "Grade + Program; House + Grade;; Grade + Program"}
    assert groupings_from(settings, responses) == (
        (("Grade",), ("Program",), ("House",), ("Grade", "Program"), ("House", "Grade")),
        (),
    )


@pytest.mark.parametrize("text", ["Grade", "Grade + Team", "Grade + Grade", "Grade+Program"])
def test_a_pair_that_cannot_be_is_said(text: str) -> None:
    responses = feedback({"goals": [5]}, groups={"Grade": ["6"], "Program": ["Arts"]})
    found, (note,) = groupings_from({"group pairs": text}, responses)
    assert found == (("Grade",), ("Program",))
    assert note == (
        f'The setting "group pairs" says "{text}": write two group questions of the form with '
        '" + " between them. The form asks Grade, Program.'
    )


def test_taking_responses() -> None:
    responses = feedback(
        {"goals": [1, 2, 3, 4]},
        groups={"Grade": ["6", "7", "6", ""]},
        trust={"honest": [5, 4, 3, 2]},
    )
    run, picked = take(responses, np.array([1, 2])), take(responses, np.array([0, 3]))
    assert np.shares_memory(run.ratings, responses.ratings)
    assert run.ratings.ravel().tolist() == [2, 3]
    assert picked.groups["Grade"].codes.tolist() == [0, -1]
    assert picked.trust["honest"][1].tolist() == [5, 2]
    assert len(take(responses, np.array([], np.intp))) == 0


def test_without_answers_there_is_nothing() -> None:
    assert build(None, ONE_WAVE, now=NOW) == Evidence((), None, "")
    empty = build(feedback({"goals": []}), ONE_WAVE, now=NOW)
    assert empty.waves[0].notes == ("Fewer than 5 answers came in, so nothing is shown.",)


def test_a_grouping_that_the_form_no_longer_asks_is_left_out() -> None:
    responses = feedback({"goals": answers(10, 20)}, groups={"Grade": ["6"] * 10 + ["7"] * 10})
    (table,) = build(responses, ONE_WAVE, now=NOW, groupings=[("House",), ("Grade",)]).waves
    assert {cell.grouping for cell in table.cells} == {(), ("Grade",)}
    assert table.not_offered == {}
