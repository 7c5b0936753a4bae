"""Whom we have not heard: rates, marks, weights and what weighting would change."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipfn import ipfn

from lib.evidence.coverage import Coverage, coverage, enrolled_from
from lib.evidence.history import build
from lib.evidence.sensitivity import sensitivity
from lib.evidence.types import Tier, WaveTable
from lib.evidence.weights import clipped, rake
from lib.workbook.records import Record, fold, new_event
from lib.workbook.tabs import GROUPS
from tests.unit.evidence.schools import NOW, ONE_WAVE, answers, feedback

HEARD = ["Grade 6"] * 40 + ["Grade 7"] * 38 + ["Grade 8"] * 22
ENROLLED = {"Grade": {"Grade 6": 50, "Grade 7": 50, "Grade 8": 60}}


def table(grades: list[str], **yes: int) -> WaveTable:
    n = len(grades)
    ratings = {name: answers(count, n) for name, count in (yes or {"goals": n // 2}).items()}
    return build(feedback(ratings, groups={"Grade": grades}), ONE_WAVE, now=NOW).waves[0]


def found(grades: list[str], enrolled: dict[str, dict[str, int]] = ENROLLED) -> Coverage:
    result = coverage(table(grades), enrolled)
    assert result is not None
    return result


def test_rates_from_printed_numbers() -> None:
    result = found(HEARD)
    assert [(g.name, g.n, g.enrolled, g.rate, g.low) for g in result.groups] == [
        ("Grade 6", 40, 50, 80, False),
        ("Grade 7", 40, 50, 80, False),
        ("Grade 8", 20, 60, 35, True),  # (20 / 60) / (100 / 160) = 0.53
    ]
    assert result.sentences == (  # 100 of 160
        "About 65% as many answers as enrolled students came in.",
        "Grade 8 is heard less than the others: about 35% of 60 students. Next time, go to them "
        "first, in class or with a panel.",
    )
    assert "weighting cannot mend that" in result.warning


def test_alike_rates_raise_no_warning() -> None:
    result = found(["Grade 6"] * 40 + ["Grade 7"] * 40 + ["Grade 8"] * 50)
    assert result.sentences == ("About 80% as many answers as enrolled students came in.",)


def test_fewer_than_half_is_said() -> None:
    enrolled = {"Grade": {"Grade 6": 90, "Grade 7": 86, "Grade 8": 50}}
    result = found(HEARD, enrolled)
    assert result.sentences[0].startswith("About 45% ")
    assert "fewer than half" in result.sentences[1]


def test_a_group_of_fewer_than_ten_students_is_not_marked() -> None:
    enrolled = {"Grade": {"Grade 6": 100, "Grade 7": 50, "Grade 8": 9}}
    grades = ["Grade 6"] * 90 + ["Grade 7"] * 40 + ["Grade 8"] * 5
    (small,) = (group for group in found(grades, enrolled).groups if group.enrolled == 9)
    assert not small.low


def test_merged_groups_are_compared_with_their_enrollment_together() -> None:
    result = found(["Grade 6"] * 40 + ["Grade 7"] * 30 + ["Grade 8"] * 4)
    assert [(g.name, g.enrolled) for g in result.groups] == [
        ("Grade 6", 50),
        ("Grade 7 or Grade 8", 110),
    ]


def test_a_group_that_no_answer_names_is_said() -> None:
    enrolled = {"Grade": {**ENROLLED["Grade"], "Grade 9": 40}}
    assert found(HEARD, enrolled).sentences[-1] == (
        "No answer names Grade 9, which PD Groups lists under Grade: check the spelling, or go "
        "and ask there."
    )


def test_without_enrollment_nothing_can_be_said() -> None:
    assert coverage(table(HEARD), {}) is None
    assert coverage(table(["Grade 6"] * 4), ENROLLED) is None


def test_it_is_said_when_weighting_changes_the_order() -> None:
    result = coverage(table(HEARD), ENROLLED, changed_order=True)
    assert result is not None
    assert "the clear priorities would change" in result.sentences[-1]


def enrollment(*rows: tuple[str, str, str]) -> dict[str, Record]:
    at = datetime(2025, 1, 1, tzinfo=UTC)
    events = [
        new_event(
            GROUPS, {"grouping": g, "label": label, "enrolled": n}, who="c", at=at, record_id=str(i)
        )
        for i, (g, label, n) in enumerate(rows)
    ]
    return fold(events)[GROUPS]


def test_enrollment_is_read_from_its_tab() -> None:
    records = enrollment(("Grade", "Grade 6", "50"), ("Grade", "Grade 7", " 48 "))
    assert enrolled_from(records) == ({"Grade": {"Grade 6": 50, "Grade 7": 48}}, ())


@pytest.mark.parametrize("number", ["", "about 50", "-3", "4.5", "٥٠", "9" * 5000])
def test_a_number_that_cannot_be_read_is_said(number: str) -> None:
    enrolled, notes = enrolled_from(enrollment(("Grade", "Grade 6", number)))
    assert enrolled == {}
    assert notes == (
        "In PD Groups the number of students in Grade 6 cannot be read: write a whole number.",
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_weights_agree_with_ipfn(seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.integers(2, 30, (4, 3))
    n = int(counts.sum())
    rows, columns = rng.dirichlet(np.full(4, 5.0)), rng.dirichlet(np.full(3, 5.0))
    fitted = ipfn.ipfn(
        counts.astype(float), [rows * n, columns * n], [[0], [1]], convergence_rate=1e-13
    ).iteration()
    row, column = np.repeat(np.indices((4, 3)).reshape(2, -1), counts.ravel(), axis=1)
    weight = rake([row, column], [rows, columns], n)
    assert np.abs(weight - (fitted / counts)[row, column]).max() < 1e-6


def test_weights_are_kept_between_a_third_and_three() -> None:
    weight = clipped(np.array([0.01, 1.0, 1.0, 1.0, 20.0]))
    assert weight.mean() == pytest.approx(1.0)
    assert weight.max() / weight.min() == pytest.approx(9.0)


def test_what_weighting_would_change_is_said_in_whole_points() -> None:
    n, rng = len(HEARD), np.random.default_rng(2)
    ratings = {f"p{i}": rng.permutation(answers(65 + 3 * i, n)).tolist() for i in range(6)}
    ratings["goals"] = [2 if grade == "Grade 8" else 5 for grade in HEARD]
    responses = feedback(ratings, groups={"Grade": HEARD})
    made = build(responses, ONE_WAVE, now=NOW).waves[0]
    enrolled = {"Grade": {"Grade 6": 40, "Grade 7": 38, "Grade 8": 82}}
    result = sensitivity(responses, np.arange(n), made, enrolled, {"goals": "Clear goals"})
    assert result is not None
    assert "goals" in result.changed
    # 82 of 160 instead of 22 of 100
    assert "move by more than 29 points, but" in result.sentence
    assert result.sentence.endswith("clear priorities: Clear goals.")


def test_a_practice_that_the_form_no_longer_asks_is_not_weighed() -> None:
    n, rng = len(HEARD), np.random.default_rng(2)
    ratings = {f"p{i}": rng.permutation(answers(65 + 3 * i, n)).tolist() for i in range(6)}
    then = ratings | {"goals": rng.permutation(answers(20, n)).tolist()}
    made = build(feedback(then, groups={"Grade": HEARD}), ONE_WAVE, now=NOW).waves[0]
    assert "goals" in {row.practice for row in made.priorities if row.tier is Tier.CLEAR}
    now = feedback(ratings, groups={"Grade": HEARD})
    result = sensitivity(now, np.arange(n), made, ENROLLED, {})
    assert result is not None
    assert "goals" not in result.changed


def test_where_groups_answer_alike_nothing_changes() -> None:
    n = len(HEARD)
    rng = np.random.default_rng(3)
    ratings = {f"p{i}": rng.permutation(answers(30 + 8 * i, n)).tolist() for i in range(7)}
    responses = feedback(ratings, groups={"Grade": HEARD})
    made = build(responses, ONE_WAVE, now=NOW).waves[0]
    result = sensitivity(responses, np.arange(n), made, ENROLLED, {})
    assert result is not None
    assert result.changed == ()
    assert "the clear priorities would stay the same" in result.sentence


def test_without_full_enrollment_there_is_no_line() -> None:
    responses = feedback({f"p{i}": answers(50, 100) for i in range(5)}, groups={"Grade": HEARD})
    made = build(responses, ONE_WAVE, now=NOW).waves[0]
    assert sensitivity(responses, np.arange(100), made, {"Grade": {"Grade 6": 50}}, {}) is None
    assert sensitivity(responses, np.arange(100), made, {"Team": {"a": 50}}, {}) is None
