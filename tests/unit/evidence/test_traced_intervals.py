"""Wilson, Newcombe and Benjamini-Hochberg: published values, and what statsmodels says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from lib.evidence.intervals import benjamini_hochberg, newcombe, newcombe_p, wilson

CLOSE = 1e-9
SIZES = st.integers(1, 2000)


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(SIZES)
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [
        # z^2 = 3.8415: the center of 8/10 is (0.8 + 0.19207) / 1.38415 = 0.7167, half 0.2266
        (8, 10, 0.4902, 0.9433),
        (0, 10, 0.0000, 0.2775),  # up to z^2 / (n + z^2)
        (10, 10, 0.7225, 1.0000),
        # Newcombe 1998, "Interval estimation for the single proportion", table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_by_hand_and_by_published_table(count: int, n: int, low: float, high: float) -> None:
    found = wilson(count / n, n)
    assert [round(float(end), 4) for end in found] == [low, high]


@pytest.mark.parametrize(
    ("count", "n", "count0", "n0", "low", "high"),
    [
        # Newcombe 1998, "Interval estimation for the difference", table II, method 10
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_newcombe_by_published_table(
    count: int, n: int, count0: int, n0: int, low: float, high: float
) -> None:
    found = newcombe(count / n, n, count0 / n0, n0)
    assert [round(float(end), 4) for end in found] == [low, high]


def test_benjamini_hochberg_by_hand() -> None:
    # 4 x 0.005 = 0.020 is pulled down by 4/2 x 0.009 = 0.018; 4/3 x 0.05 = 0.0667; 0.5 stays.
    found = benjamini_hochberg([0.05, 0.009, 0.5, 0.005])
    assert found == pytest.approx([0.2 / 3, 0.018, 0.5, 0.018])
    assert benjamini_hochberg([0.01, 0.02, 0.03, 0.04, 0.05]) == pytest.approx([0.05] * 5)
    assert benjamini_hochberg([0.04]) == pytest.approx([0.04])


@given(counts())
@settings(max_examples=200, deadline=None)
def test_wilson_agrees_with_statsmodels(drawn: tuple[int, int]) -> None:
    count, n = drawn
    expected = proportion_confint(count, n, method="wilson")
    assert np.abs(np.array(wilson(count / n, n)) - expected).max() < CLOSE


@given(counts(), counts())
@settings(max_examples=200, deadline=None)
def test_newcombe_agrees_with_statsmodels(now: tuple[int, int], then: tuple[int, int]) -> None:
    expected = confint_proportions_2indep(*now, *then, method="newcomb", compare="diff")
    found = newcombe(now[0] / now[1], now[1], then[0] / then[1], then[1])
    assert np.abs(np.array(found) - expected).max() < CLOSE


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_benjamini_hochberg_agrees_with_statsmodels(p: list[float]) -> None:
    expected = multipletests(p, method="fdr_bh")[1]
    assert np.abs(benjamini_hochberg(p) - expected).max() < CLOSE


@given(counts(), counts())
@settings(max_examples=100, deadline=None)
def test_at_its_own_level_the_interval_just_touches_zero(
    now: tuple[int, int], then: tuple[int, int]
) -> None:
    share, share0 = now[0] / now[1], then[0] / then[1]
    p = float(newcombe_p(share, now[1], share0, then[1]))
    if abs(share - share0) < CLOSE:
        assert p == pytest.approx(1)
    elif p > 1e-12:
        low, high = confint_proportions_2indep(
            *now, *then, method="newcomb", compare="diff", alpha=p
        )
        assert min(abs(low), abs(high)) < 1e-7
        assert low <= 1e-7
        assert high >= -1e-7


def test_all_takes_arrays_and_keeps_their_order() -> None:
    p = newcombe_p(np.array([0.8, 0.5]), 100, np.array([0.5, 0.5]), 100)
    assert p[0] < 0.001
    assert p[1] == pytest.approx(1)
    low, high = wilson(np.array([0.0, 0.8]), 10)
    assert low.round(4).tolist() == [0.0, 0.4902]
    assert high.round(4).tolist() == [0.2775, 0.9433]


def test_rounding_of_what_is_printed_widens_the_difference() -> None:
    # Two figures to the nearest 5: each adds 0.05^2 / 12 to the variance. Without noise the lower
    # arm is 0.2000 - 0.0524 = 0.1476; with it sqrt(0.1476^2 + 3.8415 * 2 * 0.05^2 / 12) = 0.1529.
    low, high = newcombe(0.8, 70, 0.6, 80, noise=2 * 0.05**2 / 12)
    assert round(float(low), 4) == 0.0471
    assert round(float(high), 4) == 0.3397
    plain, noisy = (newcombe_p(0.8, 70, 0.6, 80, noise=x) for x in (0, 2 * 0.05**2 / 12))
    assert plain < noisy < 0.05
