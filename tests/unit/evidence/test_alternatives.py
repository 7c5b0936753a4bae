"""What printed figures fix, on tables small enough to count every way of answering."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.evidence import printing
from lib.evidence.alternatives import fixed_group, open_counts
from lib.evidence.bounds import fixed_near_an_end, relations, tightened
from lib.evidence.outsider import possible


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_proofs_hold_when_every_way_of_answering_is_counted(seed: int) -> None:
    rng = np.random.default_rng(seed)
    atoms = int(rng.integers(2, 6))
    base = rng.integers(1, 4, atoms)
    said = rng.integers(0, base + 1)
    cells = np.vstack([np.ones(atoms, bool), rng.random((int(rng.integers(1, 4)), atoms)) < 0.5])
    counts = cells @ said
    spans = [(int(c) - int(rng.integers(2)), int(c) + int(rng.integers(2))) for c in counts]
    low, high = np.array(spans).T
    ways = np.array(list(product(*(range(int(b) + 1) for b in base))))
    fitting = ways[((ways @ cells.T >= low) & (ways @ cells.T <= high)).all(axis=1)]
    floor = int(rng.integers(2, 6))
    related = relations(cells, [])
    if not fixed_group(cells, spans, said, base, floor):
        for chosen in product((0, 1), repeat=atoms):
            if 1 <= base @ chosen < floor:
                assert len(np.unique(fitting @ chosen)) > 1
    unprinted = [(0, int(whole @ base)) for whole in related.sets[len(cells) :]]
    within = tightened([*spans, *unprinted], related.sums)
    for cell in range(len(cells)):
        if open_counts(cells, spans, said, base, {cell: within[cell]}, 3):
            assert len(np.unique(fitting @ cells[cell])) >= 3


def test_a_group_is_fixed_where_nobody_answered_favorably() -> None:
    cells = np.array([[True, True], [True, False]])
    assert fixed_group(cells, [(3, 3), (0, 0)], np.array([0, 3]), np.array([4, 20]), 10)


def test_a_group_is_open_where_rounding_leaves_room() -> None:
    cells = np.array([[True, True], [True, False]])
    said, base = np.array([9, 30]), np.array([20, 60])
    assert not fixed_group(cells, [(38, 40), (8, 10)], said, base, 10)


def test_a_swap_inside_a_printed_group_proves_its_parts_open() -> None:
    """Nothing printed moves when one favorable answer goes from one half to the other."""
    cells = np.ones((1, 2), bool)
    assert not fixed_group(cells, [(5, 5)], np.array([2, 3]), np.array([4, 4]), 5)


def test_a_swap_around_a_square_is_found() -> None:
    """Two crossed groupings, all figures exact: only four changes at once print the same."""
    cells = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], bool)
    said, base = np.array([2, 3, 1, 2]), np.array([4, 4, 4, 4])
    spans = [(int(count), int(count)) for count in cells @ said]
    assert not fixed_group(cells, spans, said, base, 5)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_known_of_a_count_spares_only_searches_that_find_nothing(seed: int) -> None:
    rng = np.random.default_rng(seed)
    atoms = int(rng.integers(2, 12))
    base = rng.integers(1, 9, atoms)
    said = rng.integers(0, base + 1)
    cells = np.vstack([np.ones(atoms, bool), rng.random((int(rng.integers(1, 6)), atoms)) < 0.5])
    counts = cells @ said
    spans = [(int(c) - int(rng.integers(3)), int(c) + int(rng.integers(3))) for c in counts]
    related = relations(cells, [])
    unprinted = [(0, int(whole @ base)) for whole in related.sets[len(cells) :]]
    within = tightened([*spans, *unprinted], related.sums)
    for cell in range(len(cells)):
        nothing_known = {cell: (-99, 999)}
        assert open_counts(cells, spans, said, base, {cell: within[cell]}, 3) == open_counts(
            cells, spans, said, base, nothing_known, 3
        )


def test_parts_that_add_up_narrow_each_other() -> None:
    related = relations(np.array([[1, 1, 1], [1, 0, 0], [0, 1, 1]], bool), [[1, 2]])
    assert (0, (1, 2)) in related.sums
    assert tightened([(10, 10), (4, 6), (0, 5), *[(0, 20)] * 2], related.sums)[:3] == [
        (10, 10),
        (5, 6),
        (4, 5),
    ]


@pytest.mark.parametrize(
    ("span", "base", "fixed"),
    [
        ((0, 2), 20, False),  # none, one or two: three values
        ((1, 2), 20, True),
        ((18, 20), 20, False),
        ((19, 19), 20, True),
        ((9, 9), 20, False),  # fixed, and far from both ends
    ],
)
def test_fixed_near_an_end(span: tuple[int, int], base: int, *, fixed: bool) -> None:
    assert fixed_near_an_end(span, base) is fixed


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 400), st.sampled_from([1, 5]), st.floats(0, 1))
def test_what_a_figure_says_is_what_prints_the_same(base: int, step: int, share: float) -> None:
    count = round(share * base)
    printed = printing.coded(count, base, step)
    alike = [c for c in range(base + 1) if printing.coded(c, base, step) == printed]
    assert printing.consistent(count, base, step) == (alike[0], alike[-1])
    assert alike == list(range(alike[0], alike[-1] + 1))
    read = possible(printing.figure(count, base, step, base), base, step)
    assert (read.least, read.most) == (alike[0], alike[-1])


@settings(max_examples=60, deadline=None)
@given(st.integers(5, 400), st.sampled_from([1, 5]), st.integers(0, 2))
def test_at_most_is_true_and_hides_how_few(base: int, step: int, count: int) -> None:
    figure = printing.figure(count, base, step, printing.printed_n(base))
    if count < base - 2:
        assert figure.text.startswith("at most ")
        assert 100 * count <= figure.percent * base
        assert 0 < figure.percent < 100
