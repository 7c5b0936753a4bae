"""The invariants of the protected table, on random schools (docs/methods.md, "Small groups").

In the browser I10 and I12 are tested again on every page (tests/browser/test_canary.py).
"""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.evidence.codec import to_json
from lib.evidence.floors import Floors
from lib.evidence.history import build
from lib.evidence.rowspace import small_group
from lib.evidence.selftest import attack
from lib.evidence.types import Evidence, Figure
from lib.intake.feedback import Comments
from tests.unit.evidence.schools import School, schools

OUTSIDER = "test_an_outsider_finds_nothing"
SAME_CELLS = "test_which_cells_exist_does_not_depend_on_answers"
INVARIANTS: dict[str, tuple[str, ...]] = {
    "I1: every printed cell reaches its floor": (OUTSIDER, "test_raised_floors_hold"),
    "I2: a cell inside another leaves nobody over, or the floor": (OUTSIDER,),
    "I3: no small group is a combination of cells": (OUTSIDER,),
    "I4: linear programs leave each small group's answers open": (OUTSIDER,),
    "I5: other answers, the same cells": (SAME_CELLS,),
    "I6: another order, the same table": ("test_the_order_of_rows_and_labels_changes_nothing",),
    "I7: safe stays safe": ("test_a_lower_floor_and_fewer_cells_stay_safe",),
    "I8: one more answer in the open wave changes nothing": (
        OUTSIDER,
        "test_one_answer_more_in_the_open_wave_changes_nothing_published",
    ),
    "I9: all audiences and waves together are safe": (OUTSIDER,),
    "I10: nothing of one respondent leaves": ("test_nothing_of_one_answer_is_in_a_table",),
    "I11: one respondent decides no cell": (SAME_CELLS,),
    "I12: no comment leaves": ("test_no_comment_is_in_a_table",),
    "I13: no end is printed or fixed": (OUTSIDER, "test_no_end_is_printed"),
}
"""What must hold, and the tests here that hold it."""

MANY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
FEW = settings(parent=MANY, max_examples=50)


def made(school: School) -> Evidence:
    return build(school.feedback, school.windows, now=school.now, groupings=school.groupings)


def shape(evidence: Evidence) -> list[tuple[str, list[tuple[object, ...]]]]:
    """Which cells exist."""
    return [
        (table.wave.wave_id, [(c.audience, c.grouping, c.members, c.n) for c in table.cells])
        for table in evidence.waves
    ]


@MANY
@given(schools())
def test_an_outsider_finds_nothing(school: School) -> None:
    """I1 to I4, I8, I9 and I13, by tools written apart from the code they attack."""
    evidence = made(school)
    report = attack(
        evidence,
        school.feedback,
        school.windows,
        now=school.now,
        groupings=school.groupings,
        programs=4,
    )
    assert report.leaks == 0, report.as_text()


def test_every_invariant_has_its_tests() -> None:
    assert [name.split(":")[0] for name in INVARIANTS] == [f"I{i}" for i in range(1, 14)]
    assert all(callable(globals()[test]) for tests in INVARIANTS.values() for test in tests)


def reordered(school: School, seed: int) -> School:
    order = np.random.default_rng(seed).permutation(len(school.feedback))
    fb = school.feedback
    return replace(
        school,
        feedback=replace(
            fb,
            row=fb.row[order],
            at=fb.at[order],
            ratings=fb.ratings[order],
            standings=fb.standings[order],
            groups={h: replace(g, codes=g.codes[order]) for h, g in fb.groups.items()},
        ),
    )


def relabeled(school: School, seed: int) -> School:
    """The same groups, their labels met in another order."""
    groups = {}
    for header, group in school.feedback.groups.items():
        order = np.random.default_rng(seed).permutation(len(group.labels))
        place = np.append(np.argsort(order), -1)
        labels = tuple(group.labels[i] for i in order)
        groups[header] = replace(group, labels=labels, codes=place[group.codes].astype(np.int32))
    return replace(school, feedback=replace(school.feedback, groups=groups))


@FEW
@given(schools(), st.integers(0, 1000))
def test_the_order_of_rows_and_labels_changes_nothing(school: School, seed: int) -> None:
    """I6."""
    assert made(relabeled(reordered(school, seed), seed)) == made(school)


@FEW
@given(schools(), st.integers(0, 1000))
def test_which_cells_exist_does_not_depend_on_answers(school: School, seed: int) -> None:
    """I5 and I11: shuffle, flip or remove answers, and the same cells are there."""
    rng = np.random.default_rng(seed)
    fb = school.feedback
    shuffled = fb.ratings[rng.permutation(len(fb))]
    one = int(rng.integers(len(fb)))
    flipped, removed = fb.ratings.copy(), fb.ratings.copy()
    flipped[one] = 7 - flipped[one]
    removed[one] = -1
    expected = shape(made(school))
    for ratings in (shuffled, flipped.clip(-1, 5), removed):
        other = replace(school, feedback=replace(fb, ratings=ratings.astype(np.int8)))
        assert shape(made(other)) == expected


@FEW
@given(schools())
def test_one_answer_more_in_the_open_wave_changes_nothing_published(school: School) -> None:
    """I8, with the open wave's last answer taken out."""
    fb = school.feedback
    keep = np.arange(len(fb)) < len(fb) - 1
    if fb.at[-1] < np.datetime64(school.windows.waves[-1].opens):
        return
    fewer = replace(
        fb,
        row=fb.row[keep],
        at=fb.at[keep],
        ratings=fb.ratings[keep],
        standings=fb.standings[keep],
        groups={h: replace(g, codes=g.codes[keep]) for h, g in fb.groups.items()},
    )
    assert made(replace(school, feedback=fewer)).waves == made(school).waves


@MANY
@given(st.integers(2, 10), st.integers(0, 2**32 - 1))
def test_a_lower_floor_and_fewer_cells_stay_safe(floor: int, seed: int) -> None:
    """I7, on cells drawn at random, safe or not."""
    rng = np.random.default_rng(seed)
    people = rng.integers(1, 9, 8)
    cells = np.vstack([np.ones(8, bool), rng.random((5, 8)) < 0.5])
    if small_group(cells, people, floor) is None:
        assert small_group(cells, people, floor - 1) is None
        assert small_group(cells[:-1], people, floor) is None


@FEW
@given(schools())
def test_nothing_of_one_answer_is_in_a_table(school: School) -> None:
    """I10: no time, no row; and every n is a multiple of 5."""
    evidence = made(school)
    for table in evidence.waves:
        written = to_json(table)
        inside = (school.feedback.at >= np.datetime64(table.wave.opens)) & (
            school.feedback.at < np.datetime64(table.wave.closes)
        )
        assert not any(str(moment) in written for moment in school.feedback.at[inside])
        assert all(cell.n % 5 == 0 for cell in table.cells)


@FEW
@given(schools(), st.integers(0, 1000))
def test_no_comment_is_in_a_table(school: School, seed: int) -> None:
    """I12: with or without words, the same tables; which words may be shown is voices' to say."""
    rng = np.random.default_rng(seed)
    n = len(school.feedback)
    wrote = np.sort(rng.choice(n, min(n, 9), replace=False)).astype(np.int32)
    words = tuple(f"CANARY {i} my own words" for i in range(len(wrote)))
    comments = Comments(wrote, np.full(len(wrote), 9, np.int16), words, {9: None})
    talking = replace(school, feedback=replace(school.feedback, comments=comments))
    evidence = made(talking)
    assert evidence == made(school)
    assert not any("CANARY" in to_json(table) for table in evidence.waves)


@FEW
@given(schools())
def test_no_end_is_printed(school: School) -> None:
    """I13: no share says none or all, and none is left of what fewer than 3 could change."""
    for table in made(school).waves:
        for cell in table.cells:
            for printed in (*cell.favorable.values(), *cell.used_to_work.values()):
                if isinstance(printed, Figure):
                    assert 0 < printed.percent < 100
                    assert 0 <= printed.low <= printed.percent <= printed.high <= 100


@FEW
@given(schools(), st.integers(5, 20), st.integers(10, 40))
def test_raised_floors_hold(school: School, staff: int, public: int) -> None:
    floors = Floors(staff=staff, public=public)
    evidence = build(
        school.feedback,
        school.windows,
        now=school.now,
        groupings=school.groupings,
        floors=floors,
    )
    for table in evidence.waves:
        assert all(cell.n >= floors.of(cell.audience) - 2 for cell in table.cells)
