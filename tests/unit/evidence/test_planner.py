"""The planner on schools planted by hand: what it shows, merges and hides."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from lib.evidence.floors import Floors
from lib.evidence.members import Members, members_of
from lib.evidence.planner import Plan, kept, plan
from lib.evidence.rowspace import small_group
from lib.evidence.types import Audience, Cell
from tests.unit.evidence.schools import group


def people(**groups: Sequence[str]) -> Members:
    n = len(next(iter(groups.values())))
    return members_of({h: group(labels) for h, labels in groups.items()}, [(h,) for h in groups], n)


def planned(members: Members, *more: tuple[str, ...]) -> Plan:
    return plan(members, [*members.labels, *more], Floors())


def names(plan: Plan, audience: Audience, header: str) -> list[list[str]]:
    return [
        [label for (label,) in cell.members]
        for cell in plan.cells
        if cell.audience is audience and cell.grouping == (header,)
    ]


def test_groups_at_the_floor_stand_alone() -> None:
    found = planned(people(Grade=["6"] * 10 + ["7"] * 30))
    assert names(found, Audience.PUBLIC, "Grade") == [["6"], ["7"]]
    assert names(found, Audience.STAFF, "Grade") == []


def test_one_below_the_floor_is_merged_with_the_next_smallest() -> None:
    found = planned(people(Grade=["6"] * 9 + ["7"] * 30 + ["8"] * 12))
    assert names(found, Audience.PUBLIC, "Grade") == [["6", "8"], ["7"]]
    assert names(found, Audience.STAFF, "Grade") == [["6"], ["8"]]


def test_a_category_of_one_is_merged_for_staff_too() -> None:
    found = planned(people(Program=["Arts"] * 40 + ["STEM"] * 30 + ["Work"]))
    assert names(found, Audience.PUBLIC, "Program") == [["Arts"], ["STEM", "Work"]]
    assert names(found, Audience.STAFF, "Program") == []


def test_two_categories_of_six_go_together() -> None:
    found = planned(people(Grade=["6"] * 6 + ["7"] * 6 + ["8"] * 20))
    assert names(found, Audience.PUBLIC, "Grade") == [["6", "7"], ["8"]]
    assert names(found, Audience.STAFF, "Grade") == [["6"], ["7"]]


def test_a_grouping_of_which_nothing_passes_is_not_offered() -> None:
    found = planned(people(Grade=["6"] * 40 + ["7"] * 3))
    assert [cell.grouping for cell in found.cells] == [()]
    assert found.hidden == (("Grade",),)


def test_no_answer_is_a_category_like_any_other() -> None:
    found = planned(people(Grade=["6"] * 20 + ["7"] * 12 + [""] * 3))
    assert names(found, Audience.PUBLIC, "Grade") == [["6"], ["7", ""]]


def test_a_nearly_equal_grouping_is_hidden() -> None:
    """Three people differ between the two groupings: their difference must not be printed."""
    grade = ["6"] * 20 + ["7"] * 20 + ["8"] * 20
    house = ["a"] * 17 + ["b"] * 23 + ["c"] * 20
    members = people(Grade=grade, House=house)
    found = planned(members)
    assert names(found, Audience.PUBLIC, "Grade") == [["6"], ["7"], ["8"]]
    assert found.hidden == (("House",),)  # "b" less grade 7 would leave three
    cells = np.array([cell.atoms for cell in found.cells])
    assert small_group(cells, members.people, 10) is None


def test_a_finer_grouping_that_leaves_few_is_merged() -> None:
    grade = ["6"] * 30 + ["7"] * 30
    team = ["6 a"] * 26 + ["6 b"] * 4 + ["7 a"] * 30
    found = planned(people(Grade=grade, Team=team))
    assert names(found, Audience.PUBLIC, "Team") == [["6 a", "6 b"], ["7 a"]]
    assert names(found, Audience.STAFF, "Team") == []


def test_staff_cells_are_planned_on_top_of_the_public_ones() -> None:
    """Six people are in Grade 6 and not in Arts: fine for staff alone, and for nobody else."""
    grade = ["6"] * 20 + ["7"] * 40
    program = ["Arts"] * 14 + ["STEM"] * 6 + ["STEM"] * 40
    members = people(Grade=grade, Program=program)
    found = planned(members)
    assert names(found, Audience.PUBLIC, "Program") == []
    assert names(found, Audience.STAFF, "Program") == [["Arts"], ["STEM"]]
    seen = {Audience.PUBLIC: 10, Audience.STAFF: 5}
    for audience, floor in seen.items():
        cells = [
            c.atoms
            for c in found.cells
            if audience is Audience.STAFF or c.audience is Audience.PUBLIC
        ]
        assert small_group(np.array(cells), members.people, floor) is None


def test_a_pair_passes_through_the_same_gate() -> None:
    grade = (["6"] * 30 + ["7"] * 30) * 2
    program = ["Arts"] * 60 + ["STEM"] * 60
    members = members_of(
        {"Grade": group(grade), "Program": group(program)},
        [("Grade",), ("Program",), ("Grade", "Program")],
        120,
    )
    found = plan(members, list(members.labels), Floors())
    pair = [cell for cell in found.cells if len(cell.grouping) == 2]
    assert [cell.members for cell in pair] == [
        (("6", "Arts"),),
        (("6", "STEM"),),
        (("7", "Arts"),),
        (("7", "STEM"),),
    ]


def test_the_last_partition_is_kept_where_it_can_be() -> None:
    members = people(Grade=["6"] * 20 + ["7"] * 20 + ["8"] * 20)
    before = {(Audience.PUBLIC, ("Grade",)): ((("6",), ("7",)), (("8",),))}
    found = plan(members, [("Grade",)], Floors(), before)
    assert names(found, Audience.PUBLIC, "Grade") == [["6", "7"], ["8"]]


def test_a_group_that_vanished_keeps_its_place_in_the_partition() -> None:
    members = people(Grade=["6"] * 20 + ["8"] * 20 + ["9"] * 20)
    before = {(Audience.PUBLIC, ("Grade",)): ((("6",), ("7",)), (("8",),))}
    found = plan(members, [("Grade",)], Floors(), before)
    assert names(found, Audience.PUBLIC, "Grade") == [["6", "7"], ["8"], ["9"]]


@pytest.mark.parametrize(
    ("n", "audiences"),
    [(4, []), (5, [Audience.STAFF]), (9, [Audience.STAFF]), (10, [Audience.PUBLIC])],
)
def test_everybody_needs_the_floor(n: int, audiences: list[Audience]) -> None:
    assert [cell.audience for cell in planned(people(Grade=["6"] * n)).cells] == audiences


def test_labels_stand_in_natural_order() -> None:
    found = planned(people(Grade=["10"] * 10 + ["9"] * 10 + ["6"] * 10 + [""] * 10))
    assert names(found, Audience.PUBLIC, "Grade") == [["6"], ["9"], ["10"], [""]]


def test_a_combination_of_three_cells_is_found() -> None:
    """Everybody less two groups that do not overlap leaves three people."""
    cells = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0]], bool)
    weights = np.array([20, 20, 3])
    assert small_group(cells, weights, 10) is not None
    assert small_group(cells, weights, 3) is None


def test_halves_and_overlaps_are_solved_exactly() -> None:
    """Each of three people alone is half of the three pairs' alternating sum."""
    cells = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], bool)
    found = small_group(cells, np.array([1, 30, 30]), 10)
    assert found is not None
    assert found.tolist() == [True, False, False]


def test_a_search_that_grows_beyond_reason_is_taken_for_a_leak(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("lib.evidence.rowspace._STATES", 0)
    cells = np.array([[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 1, 0]], bool)
    assert small_group(cells, np.array([4, 4, 4, 4]), 4) is None  # nobody is below the floor
    assert small_group(cells, np.array([4, 4, 4, 4]), 5) is not None


def test_where_too_few_answered_every_grouping_is_hidden() -> None:
    assert planned(people(Grade=["6"] * 2 + ["7"] * 2)) == Plan((), (("Grade",),))


def test_staff_see_nothing_more_where_their_parts_cross_the_public_ones() -> None:
    """Two ways to cut four grades in half: side by side they would be no refinement."""
    members = people(Grade=[grade for grade in "6789" for _ in range(20)])

    def halves(one: str, other: str) -> tuple[tuple[tuple[str], ...], ...]:
        return tuple(tuple((grade,) for grade in half) for half in (one, other))

    before = {
        (Audience.PUBLIC, ("Grade",)): halves("67", "89"),
        (Audience.STAFF, ("Grade",)): halves("68", "79"),
    }
    found = plan(members, [("Grade",)], Floors(), before)
    assert names(found, Audience.PUBLIC, "Grade") == [["6", "7"], ["8", "9"]]
    assert names(found, Audience.STAFF, "Grade") == []


def test_a_category_that_is_gone_counts_nobody_in_the_part_it_was_in() -> None:
    members = people(Grade=["6"] * 12 + ["7"] * 12 + ["8"] * 3)
    before = {(Audience.PUBLIC, ("Grade",)): ((("6",), ("5",)), (("7",),), (("8",),))}
    found = plan(members, [("Grade",)], Floors(), before)
    assert names(found, Audience.PUBLIC, "Grade") == [["5", "6", "8"], ["7"]]


def cells_of(found: Plan) -> list[Cell]:
    return [Cell(cell.audience, cell.grouping, cell.members, 10, {}) for cell in found.cells]


def test_cells_that_were_printed_are_kept_while_they_are_safe() -> None:
    school = people(Grade=["6"] * 10 + ["7"] * 30)
    printed = cells_of(planned(school))
    again = kept(school, printed, Floors())
    assert again is not None
    assert [cell.atoms.tolist() for cell in again.cells] == [
        cell.atoms.tolist() for cell in planned(school).cells
    ]
    assert [(c.audience, c.grouping, c.members) for c in again.cells] == [
        (c.audience, c.grouping, c.members) for c in planned(school).cells
    ]


def test_cells_are_not_kept_once_one_is_under_the_floor() -> None:
    printed = cells_of(planned(people(Grade=["6"] * 10 + ["7"] * 30)))
    assert kept(people(Grade=["6"] * 9 + ["7"] * 31), printed, Floors()) is None
    assert kept(people(Grade=["6"] * 10 + ["7"] * 30), printed, Floors(public=11)) is None


def test_cells_are_not_kept_once_few_can_be_worked_out_from_them() -> None:
    """Both groupings are large; those who are in one cell and not in the other are three."""
    printed = cells_of(planned(people(Grade=["6"] * 20 + ["7"] * 20)))
    house = cells_of(planned(people(House=["a"] * 17 + ["b"] * 23)))[1:]
    school = people(Grade=["6"] * 20 + ["7"] * 20, House=["a"] * 17 + ["b"] * 23)
    assert kept(school, [*printed, *house], Floors()) is None
    staff = [replace(cell, audience=Audience.STAFF) for cell in house]
    assert kept(school, [*printed, *staff], Floors()) is None


def test_what_is_few_in_public_may_be_enough_for_staff() -> None:
    """Six are in grade 6 and not in house a."""
    school = people(Grade=["6"] * 20 + ["7"] * 20, House=["a"] * 14 + ["b"] * 26)
    printed = cells_of(planned(people(Grade=["6"] * 20 + ["7"] * 20)))
    house = cells_of(planned(people(House=["a"] * 14 + ["b"] * 26)))[1:]
    assert kept(school, [*printed, *house], Floors()) is None
    staff = [replace(cell, audience=Audience.STAFF) for cell in house]
    assert kept(school, [*printed, *staff], Floors()) is not None


def test_a_cell_whose_people_are_gone_is_not_kept() -> None:
    printed = cells_of(planned(people(Grade=["6"] * 10 + ["7"] * 30)))
    assert kept(people(Grade=["7"] * 40), printed, Floors()) is None
