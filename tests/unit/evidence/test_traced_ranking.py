"""The order of practices: no false alarm, a real one found, and the same every time."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.evidence.priorities import tier
from lib.evidence.types import Audience, Coding, Figure, Flag, Priority, Tier
from lib.intake.feedback import MISSING, Feedback, Standing
from tests.unit.evidence import NO, YES, closed, made

PRACTICES = tuple(f"p{place:02}" for place in range(12))
HALO = 0.65
"""How far, in standard deviations of 1, one person leans the same way on every practice."""

Numbers = NDArray[np.float64]


def answers(rng: np.random.Generator, n: int, lean: Numbers) -> Feedback:
    """Answers of n people to twelve practices; ``lean``, [12], 0 is half of them favorable."""
    person = HALO * rng.standard_normal((n, 1))
    own = np.sqrt(1 - HALO**2) * rng.standard_normal((n, len(lean)))
    points = np.where(lean + person + own > 0, YES, NO)
    return made({p: points[:, i].tolist() for i, p in enumerate(PRACTICES)})


def order_of(feedback: Feedback) -> tuple[Priority, ...]:
    return closed(feedback).waves[0].priorities


def test_where_all_are_equal_hardly_ever_is_one_a_clear_priority() -> None:
    rng = np.random.default_rng(20261105)
    equal = np.full(len(PRACTICES), 0.4)
    schools = [order_of(answers(rng, 60, equal)) for _ in range(40)]
    alarms = sum(any(p.tier is Tier.CLEAR for p in order) for order in schools)
    assert alarms <= 2  # 5 % of 40


@pytest.mark.parametrize("seed", range(5))
def test_one_that_is_far_lower_is_the_clear_priority(seed: int) -> None:
    lean = np.full(len(PRACTICES), 0.7)
    lean[4] = -0.7
    first, *others = order_of(answers(np.random.default_rng(seed), 120, lean))
    assert (first.practice, first.tier) == ("p04", Tier.CLEAR)
    assert first.probability >= 0.99
    assert (first.rank_low, first.rank_high) == (1, 1)
    assert not any(p.tier is Tier.CLEAR for p in others)


def test_one_in_three_of_many_equal_ones_is_among_the_lowest_by_chance() -> None:
    # Whatever is drawn, three of twelve are the lowest: the probabilities add up to three.
    order = order_of(answers(np.random.default_rng(7), 90, np.full(len(PRACTICES), 0.2)))
    assert sum(p.probability for p in order) == pytest.approx(3, abs=0.06)
    assert all(1 <= p.rank_low <= p.rank_high <= 12 for p in order)


@pytest.mark.parametrize(("n", "ranked"), [(29, False), (30, True)])
def test_under_thirty_answers_nothing_is_ranked(n: int, ranked: bool) -> None:
    order = order_of(answers(np.random.default_rng(3), n, np.full(len(PRACTICES), 0.3)))
    assert len(order) == 12
    assert all((p.tier is not Tier.TOO_FEW) is ranked for p in order)
    if not ranked:
        assert {(p.probability, p.rank_low, p.rank_high) for p in order} == {(0.0, 0, 0)}
        assert all(p.sentence.endswith("There are too few answers to rank it.") for p in order)


def test_a_practice_with_too_few_answers_of_its_own_is_not_ranked_with_the_others() -> None:
    feedback = answers(np.random.default_rng(5), 60, np.full(len(PRACTICES), 0.3))
    ratings = feedback.ratings.copy()
    ratings[29:, 0] = MISSING
    found = {p.practice: p.tier for p in order_of(replace(feedback, ratings=ratings))}
    assert found.pop("p00") is Tier.TOO_FEW
    assert Tier.TOO_FEW not in found.values()


def test_of_three_practices_none_can_be_among_the_three_lowest() -> None:
    rng = np.random.default_rng(9)
    ratings = {p: rng.choice([NO, YES], 60).tolist() for p in ("goals", "pace", "calm")}
    assert {p.tier for p in order_of(made(ratings))} == {Tier.TOO_FEW}


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, Tier.CLEAR),
        (0.80, Tier.CLEAR),
        (0.79, Tier.POSSIBLE),
        (0.20, Tier.POSSIBLE),
        (0.19, Tier.NOT_NOW),
        (0.0, Tier.NOT_NOW),
    ],
)
def test_words_for_probabilities(probability: float, word: Tier) -> None:
    assert tier(probability) is word


def test_the_order_is_by_percent_not_favorable() -> None:
    ratings = {
        "goals": [YES] * 30 + [NO] * 10,
        "pace": [NO, YES] * 20,
        "calm": [YES, YES, NO, YES, NO] * 8,
        "retry": [NO] * 39 + [YES],
    }
    order = closed(made(ratings), names={"retry": "Another try"}).waves[0].priorities
    assert [(p.practice, p.unfavorable) for p in order] == [
        ("retry", Figure(94, 82, 100, Coding.AT_LEAST)),
        ("pace", Figure(50, 35, 65)),
        ("calm", Figure(40, 26, 55)),
        ("goals", Figure(25, 14, 40)),
    ]
    assert order[0].sentence == (
        "At least 94% of answers on Another try are not favorable. If as many students of this "
        "school answered again, it would be among the three lowest nearly always."
    )


def test_the_same_answers_give_the_same_order_every_time_and_in_any_row_order() -> None:
    rng = np.random.default_rng(11)
    feedback = answers(rng, 80, rng.normal(0.3, 0.3, len(PRACTICES)))
    once = order_of(feedback)
    assert order_of(feedback) == once
    for _ in range(3):
        rows = rng.permutation(len(feedback))
        mixed = replace(feedback, ratings=feedback.ratings[rows])
        assert order_of(mixed) == once


def test_numbers_of_the_draws_do_not_come_from_the_world_outside() -> None:
    feedback = answers(np.random.default_rng(13), 50, np.full(len(PRACTICES), 0.1))
    np.random.seed(1)
    once = order_of(feedback)
    np.random.seed(2)
    assert order_of(feedback) == once


# Evidence beside the order


def test_what_used_to_work_stands_beside_from_ten_percent_on() -> None:
    rng = np.random.default_rng(17)
    ratings = {p: rng.choice([NO, YES], 200).tolist() for p in PRACTICES[:5]}
    said = {
        "p00": [1] * 60 + [0] * 140,
        "p01": [1] * 20 + [0] * 180,
        "p02": [1] * 19 + [0] * 181,  # 9.5 %, printed 10 %
        "p03": [1] * 18 + [0] * 182,
    }
    order = order_of(made(ratings, standings={Standing.USED_TO_WORK: said}))
    beside = {p.practice: [(b.flag, b.points, b.sentence) for b in p.beside] for p in order}
    assert beside == {
        "p00": [(Flag.USED_TO_WORK, 30, "30% say it used to help and stopped.")],
        "p01": [(Flag.USED_TO_WORK, 10, "10% say it used to help and stopped.")],
        "p02": [(Flag.USED_TO_WORK, 10, "10% say it used to help and stopped.")],
        "p03": [],
        "p04": [],
    }


def test_a_fall_stands_beside_but_does_not_change_the_order() -> None:
    rng = np.random.default_rng(19)
    steady = {p: rng.permutation([YES, NO] * 100).tolist() for p in PRACTICES[:4]}
    low = rng.permutation([YES] * 40 + [NO] * 160).tolist()
    high = rng.permutation([YES] * 180 + [NO] * 20).tolist()
    middle = rng.permutation([YES] * 120 + [NO] * 80).tolist()
    ratings = {p: [*said, *said] for p, said in steady.items()}
    ratings |= {"low": [*low, *low], "fell": [*high, *middle]}
    order = closed(made(ratings), 200, 200).waves[1].priorities
    assert order[0].practice == "low"
    assert order[-1].practice == "fell"
    (fall,) = order[-1].beside
    assert (fall.flag, fall.points, fall.audience) == (Flag.FALL, 30, Audience.PUBLIC)
    assert fall.sentence == "Fell by 30 points since Fall 2024."
    assert all(p.beside == () for p in order[:-1])


def test_a_group_far_below_the_others_stands_beside() -> None:
    rng = np.random.default_rng(23)
    # Of grade 6 everything is as of grade 7, but for one practice: 20 % instead of 70 %.
    even = [YES, NO] * 50
    ratings = {p: rng.permutation(even).tolist() * 2 for p in PRACTICES[:5]}
    six, seven = [YES] * 20 + [NO] * 80, [YES] * 70 + [NO] * 30
    ratings["gap"] = [*rng.permutation(six).tolist(), *rng.permutation(seven).tolist()]
    grades = ["Grade 6"] * 100 + ["Grade 7"] * 100
    order = closed(made(ratings, groups={"Grade": grades})).waves[0].priorities
    beside = {p.practice: p.beside for p in order}
    (gap,) = beside.pop("gap")
    assert gap.flag is Flag.GAP
    assert gap.sentence == f"Grade 6: about {gap.points} points lower than the others."
    # 50 points apart, shrunken a little.
    assert 40 <= gap.points < 50
    assert set(beside.values()) == {()}
