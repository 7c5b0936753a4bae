"""The probability that a practice is truly among the lowest; small seeded simulations.

``benchmarks/honesty.py`` runs the same on more schools.
"""

import numpy as np
import pytest

from benchmarks.honesty import flags
from lib.evidence.history import build
from lib.evidence.priorities import placing, tier
from lib.evidence.types import Tier
from tests.unit.evidence.schools import NOW, ONE_WAVE, answers, feedback


def ratings(yes: list[int], n: int) -> np.ndarray:
    return np.array([[i < y for y in yes] for i in range(n)])


def test_far_apart_is_certain() -> None:
    found = placing(ratings([5, 10, 15, 90, 92, 94], 100), np.ones((100, 6), bool))
    assert found.probability.tolist() == [1, 1, 1, 0, 0, 0]
    assert (found.rank_low[3:] >= 4).all()
    assert (found.rank_high[:3] <= 3).all()


def test_probabilities_add_up_to_three() -> None:
    found = placing(ratings([50, 52, 54, 56, 58, 60], 100), np.ones((100, 6), bool))
    assert found.probability.sum() == pytest.approx(3.0)
    assert (np.diff(found.probability) <= 0.02).all()


def test_the_order_of_answers_changes_nothing() -> None:
    rng = np.random.default_rng(5)
    said = rng.random((80, 8)) < 0.6
    answered = rng.random((80, 8)) < 0.9
    order = rng.permutation(80)
    first, second = placing(said, answered), placing(said[order], answered[order])
    assert first.probability.tolist() == second.probability.tolist()


def test_large_waves_agree_with_small_ones_drawn_the_same_way() -> None:
    """Beyond 5,000 answers normal draws stand in for the bootstrap."""
    rng = np.random.default_rng(6)
    base = rng.random((5000, 6)) < [0.60, 0.61, 0.62, 0.63, 0.64, 0.65]
    small = placing(base, np.ones(base.shape, bool)).probability
    one_more = np.vstack([base, np.ones((1, 6), bool)])
    large = placing(one_more, np.ones(one_more.shape, bool)).probability
    assert np.abs(small - large).max() < 0.06


def test_weights_move_the_order() -> None:
    half = np.repeat([[True], [False]], 50, axis=0)
    said = np.hstack([half, ~half, np.ones((100, 4), bool)])
    weight = np.repeat([1.5, 0.5], 50)
    plain = placing(said, np.ones(said.shape, bool)).probability
    weighted = placing(said, np.ones(said.shape, bool), weight)
    assert abs(plain[0] - plain[1]) < 0.1
    assert weighted.rank_low[1] == 1
    assert weighted.rank_low[0] == 2


@pytest.mark.parametrize(
    ("probability", "word"),
    [(1.0, Tier.CLEAR), (0.8, Tier.CLEAR), (0.79, Tier.POSSIBLE), (0.2, Tier.POSSIBLE),
     (0.19, Tier.NOT_NOW), (0.0, Tier.NOT_NOW)],
)  # fmt: skip
def test_tiers_at_their_edges(probability: float, word: Tier) -> None:
    assert tier(probability) is word


@pytest.mark.parametrize(("n", "runs"), [(30, 120), (120, 60), (300, 40)])
def test_equal_practices_are_hardly_ever_called(n: int, runs: int) -> None:
    assert flags(n, 0.0, runs, seed=n).any_flag <= 0.05


def test_what_is_called_is_right_as_often_as_it_says() -> None:
    found = flags(60, 0.08, 200, seed=60)
    assert found.calls > 100
    assert found.stated == pytest.approx(found.right, abs=0.05)


def test_fewer_than_thirty_answers_are_not_ranked() -> None:
    made = build(
        feedback({name: answers(5 + i, 29) for i, name in enumerate("abcde")}), ONE_WAVE, now=NOW
    )
    (table,) = made.waves
    assert [p.practice for p in table.priorities] == ["a", "b", "c", "d", "e"]
    assert {p.tier for p in table.priorities} == {Tier.TOO_FEW}
    assert {p.probability for p in table.priorities} == {0.0}
    assert table.priorities[0].sentence == (
        "83% of answers on a are not favorable. There are too few answers to rank it."
    )


def test_three_practices_are_not_ranked() -> None:
    made = build(
        feedback({name: answers(9 * i + 9, 60) for i, name in enumerate("abc")}), ONE_WAVE, now=NOW
    )
    assert {p.tier for p in made.waves[0].priorities} == {Tier.TOO_FEW}


def test_a_practice_that_few_answered_is_not_ranked_among_the_others() -> None:
    many = {name: answers(30 + 5 * i, 100) for i, name in enumerate("abcdef")}
    made = build(feedback({**many, "few": answers(2, 20, skipped=80)}), ONE_WAVE, now=NOW)
    found = {p.practice: p for p in made.waves[0].priorities}
    assert found["few"].tier is Tier.TOO_FEW
    assert found["a"].tier is Tier.CLEAR
    assert found["a"].sentence == (
        "70% of answers on a are not favorable. If as many students of this school answered "
        "again, it would be among the three lowest nearly always."
    )


def test_a_school_of_one_opinion_is_ranked_without_a_stumble() -> None:
    nobody = placing(np.zeros((40, 5), bool), np.ones((40, 5), bool))
    assert nobody.probability.sum() == pytest.approx(3.0)
    one_low = np.ones((40, 5), bool)
    one_low[:, 2] = False
    assert placing(one_low, np.ones((40, 5), bool)).probability[2] == 1.0
