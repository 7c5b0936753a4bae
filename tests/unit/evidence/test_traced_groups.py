"""Groups: what is merged, what is hidden, and that membership alone decides it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.evidence import Floors
from lib.evidence.groups import breaks
from lib.evidence.members import members_of
from lib.evidence.planner import SEES, plan
from lib.evidence.types import EVERYBODY, Audience, Cell, Evidence, Figure, Hidden, WaveTable
from lib.intake.feedback import MISSING, Feedback, Group, Standing
from tests.unit.evidence import NO, YES, closed, group, made, share

TOO_FEW = Hidden("Too few answers to show.")
GRADE, PROGRAM = ("Grade",), ("Program",)
Bools = NDArray[np.bool_]


def table_of(groups: dict[str, Sequence[str]], floors: Floors | None = None) -> WaveTable:
    """The table of one wave in which everybody answers one practice, half of them favorably."""
    n = len(next(iter(groups.values())))
    return closed(made({"goals": [YES, NO] * (n // 2) + [YES] * (n % 2)}, groups=groups)).waves[0]


def shown(table: WaveTable, grouping: tuple[str, ...], audience: Audience) -> list[tuple[str, int]]:
    """The cells of their own that an audience has of a grouping: names and printed n."""
    return [
        (cell.name, cell.n)
        for cell in table.cells
        if cell.grouping == grouping and cell.audience is audience
    ]


# Merging


def test_a_category_below_the_floor_is_merged_with_the_next_smallest() -> None:
    grades = ["Grade 6"] * 30 + ["Grade 7"] * 20 + ["Grade 8"] * 15 + ["Grade 9"] * 4
    table = table_of({"Grade": grades})
    assert shown(table, GRADE, Audience.PUBLIC) == [
        ("Grade 6", 30),
        ("Grade 7", 20),
        ("Grade 8 or Grade 9", 20),
    ]
    assert shown(table, GRADE, Audience.STAFF) == []


def test_staff_see_what_reaches_their_own_floor() -> None:
    grades = ["Grade 6"] * 30 + ["Grade 7"] * 20 + ["Grade 8"] * 6
    table = table_of({"Grade": grades})
    assert shown(table, GRADE, Audience.PUBLIC) == [("Grade 6", 30), ("Grade 7 or Grade 8", 25)]
    assert shown(table, GRADE, Audience.STAFF) == [("Grade 7", 20), ("Grade 8", 5)]


@pytest.mark.parametrize(("eight", "own"), [(9, False), (10, True)])
def test_a_group_of_exactly_the_floor_stands_alone(eight: int, own: bool) -> None:
    table = table_of({"Grade": ["Grade 6"] * 30 + ["Grade 7"] * 20 + ["Grade 8"] * eight})
    names = [name for name, _ in shown(table, GRADE, Audience.PUBLIC)]
    assert ("Grade 8" in names) is own


def test_a_grouping_of_which_nothing_passes_is_not_offered_and_that_is_said() -> None:
    table = table_of({"Grade": ["Grade 6"] * 40 + ["Grade 7"] * 4})
    assert [cell.grouping for cell in table.cells] == [EVERYBODY]
    assert table.not_offered == {GRADE: "By Grade: hidden to protect a small group."}


def test_no_answer_to_a_group_question_is_a_category_of_its_own() -> None:
    table = table_of({"Grade": ["Grade 6"] * 20 + [""] * 12})
    assert shown(table, GRADE, Audience.PUBLIC) == [("Grade 6", 20), ("no answer to Grade", 10)]
    few = table_of({"Grade": ["Grade 6"] * 20 + ["Grade 7"] * 12 + [""] * 3})
    assert shown(few, GRADE, Audience.PUBLIC) == [
        ("Grade 6", 20),
        ("Grade 7 or no answer to Grade", 15),
    ]


# Nested attributes and subtraction


def nested(strangers: int) -> WaveTable:
    """Art holds all 20 of grade 6, and ``strangers`` of the 20 in grade 7."""
    grades = ["Grade 6"] * 20 + ["Grade 7"] * 20
    programs = ["Art"] * (20 + strangers) + ["Music"] * (20 - strangers)
    return table_of({"Grade": grades, "Program": programs})


@pytest.mark.parametrize(
    ("strangers", "public", "staff"),
    [
        # Art minus grade 6 would be so few of grade 7.
        (1, [], []),
        (4, [], []),
        (5, [], [("Art", 25), ("Music", 15)]),
        (9, [], [("Art", 30), ("Music", 10)]),
        (10, [("Art", 30), ("Music", 10)], []),
    ],
)
def test_a_nested_attribute_hides_what_it_must(
    strangers: int, public: list[tuple[str, int]], staff: list[tuple[str, int]]
) -> None:
    table = nested(strangers)
    assert shown(table, GRADE, Audience.PUBLIC) == [("Grade 6", 20), ("Grade 7", 20)]
    assert shown(table, PROGRAM, Audience.PUBLIC) == public
    assert shown(table, PROGRAM, Audience.STAFF) == staff
    assert (PROGRAM in table.not_offered) is (not public and not staff)


def test_the_same_attribute_under_another_name_gives_nothing_away() -> None:
    table = nested(0)
    assert shown(table, PROGRAM, Audience.PUBLIC) == [("Art", 20), ("Music", 20)]


def test_which_grouping_yields_is_settled_by_their_order() -> None:
    grades = ["Grade 6"] * 20 + ["Grade 7"] * 20
    feedback = made(
        {"goals": share(20, 20)},
        groups={"Grade": grades, "Program": ["Art"] * 23 + ["Music"] * 17},
    )
    table = closed(feedback, groupings=[PROGRAM, GRADE]).waves[0]
    assert [cell.grouping for cell in table.cells] == [EVERYBODY, PROGRAM, PROGRAM]
    assert list(table.not_offered) == [GRADE]


def test_a_pair_goes_through_the_same_gate() -> None:
    pair = ("Grade", "Program")
    feedback = made(
        {"goals": share(40, 42)},
        groups={
            "Grade": ["Grade 6"] * 40 + ["Grade 7"] * 42,
            "Program": ["Art"] * 20 + ["Music"] * 20 + ["Art"] * 22 + ["Music"] * 20,
        },
    )
    table = closed(feedback, groupings=[GRADE, PROGRAM, pair]).waves[0]
    assert shown(table, pair, Audience.PUBLIC) == [
        ("Grade 6 and Art", 20),
        ("Grade 6 and Music", 20),
        ("Grade 7 and Art", 20),
        ("Grade 7 and Music", 20),
    ]
    assert {cell.grouping for cell in closed(feedback).waves[0].cells} == {
        EVERYBODY,
        GRADE,
        PROGRAM,
    }


def test_public_cells_come_first_then_those_of_staff() -> None:
    grades = ["Grade 6"] * 30 + ["Grade 7"] * 20 + ["Grade 8"] * 6
    programs = (["Art", "Music"] * 28)[:56]
    table = table_of({"Grade": grades, "Program": programs})
    audiences = [cell.audience for cell in table.cells]
    assert table.cells[0].grouping == EVERYBODY
    assert audiences == sorted(audiences, key=list(Audience).index)
    assert set(audiences) == set(Audience)


# Who skipped a question


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.STAFF])
def test_a_practice_that_few_answered_in_one_cell_is_hidden_in_all(audience: Audience) -> None:
    size = 20 if audience is Audience.PUBLIC else 8
    skipped = [MISSING] * (size - (9 if audience is Audience.PUBLIC else 4))
    ratings = {
        "goals": share(8, 7) + share(7, 8) + share(4, size - len(skipped) - 4) + skipped,
        "pace": share(8, 7) + share(7, 8) + share(size // 2, size // 2),
    }
    grades = ["Grade 6"] * 15 + ["Grade 7"] * 15 + ["Grade 8"] * size
    table = closed(made(ratings, groups={"Grade": grades})).waves[0]
    everybody, *cells = table.cells
    assert len(cells) >= 3
    assert isinstance(everybody.favorable["goals"], Figure)
    assert {cell.favorable["goals"] for cell in cells} == {TOO_FEW}
    assert all(isinstance(cell.favorable["pace"], Figure) for cell in cells)


# Lines over the waves


def waves_of(then: Sequence[str], now: Sequence[str]) -> tuple[WaveTable, WaveTable]:
    halves = [*([YES, NO] * (len(then) // 2)), *([YES, NO] * (len(now) // 2))]
    feedback = made({"goals": halves, "pace": halves[::-1]}, groups={"Grade": [*then, *now]})
    first, second = closed(feedback, len(then), len(now)).waves
    return first, second


def why_broken(*waves: WaveTable) -> dict[str, tuple[str, ...]]:
    """Why the lines of the last wave's groups break."""
    evidence = Evidence(waves, None, "")
    groups = [cell for cell in waves[-1].cells if cell.grouping != EVERYBODY]
    return {cell.name: breaks(evidence, cell) for cell in groups}


def test_identical_members_are_compared() -> None:
    grades = ["Grade 6"] * 20 + ["Grade 7"] * 20
    first, second = waves_of(grades, grades)
    assert why_broken(first, second) == {"Grade 6": (), "Grade 7": ()}
    assert [cell.since_last["goals"].since for cell in second.cells[1:]] == ["Fall 2024"] * 2


def test_a_line_breaks_where_a_group_was_counted_with_others() -> None:
    then, now = waves_of(
        ["Grade 6"] * 20 + ["Grade 7"] * 20,
        ["Grade 6"] * 20 + ["Grade 7"] * 18 + ["Grade 8"] * 4,
    )
    # Grade 8 joins the next smallest; grade 7 is no longer itself.
    assert why_broken(then, now) == {
        "Grade 6": (),
        "Grade 7 or Grade 8": ("In Fall 2024 this group was counted with other members.",),
    }
    merged = now.cells[2]
    assert (merged.since_last, merged.since_last_year) == ({}, {})


def test_a_group_once_merged_stays_so_that_its_line_goes_on() -> None:
    then, now = waves_of(
        ["Grade 6"] * 20 + ["Grade 7"] * 18 + ["Grade 8"] * 4,
        ["Grade 6"] * 20 + ["Grade 7"] * 20 + ["Grade 8"] * 20,
    )
    assert shown(then, GRADE, Audience.PUBLIC) == [("Grade 6", 20), ("Grade 7 or Grade 8", 20)]
    assert shown(now, GRADE, Audience.PUBLIC) == [("Grade 6", 20), ("Grade 7 or Grade 8", 40)]
    public = [cell for cell in now.cells if cell.audience is Audience.PUBLIC]
    assert [list(cell.since_last) for cell in public[1:]] == [["goals", "pace"]] * 2
    # Staff, who had no cells of their own, now see the two apart; those lines begin here.
    assert shown(now, GRADE, Audience.STAFF) == [("Grade 7", 20), ("Grade 8", 20)]


def test_a_line_begins_where_nobody_answered_before() -> None:
    waves = waves_of(
        ["Grade 6"] * 20 + ["Grade 7"] * 20,
        ["Grade 6"] * 20 + ["Grade 7"] * 20 + ["Grade 8"] * 20,
    )
    assert why_broken(*waves)["Grade 8"] == ("In Fall 2024 nobody answered for this group.",)


def test_a_line_begins_where_the_grouping_was_hidden() -> None:
    waves = waves_of(["Grade 6"] * 40 + ["Grade 7"] * 4, ["Grade 6"] * 20 + ["Grade 7"] * 20)
    hidden = ("In Fall 2024 this was hidden to protect a small group.",)
    assert why_broken(*waves) == {"Grade 6": hidden, "Grade 7": hidden}


def test_a_public_line_does_not_go_on_from_a_cell_for_staff() -> None:
    then, now = waves_of(["Grade 6"] * 30 + ["Grade 7"] * 8, ["Grade 6"] * 30 + ["Grade 7"] * 20)
    seven = next(cell for cell in now.cells if cell.name == "Grade 7")
    assert seven.audience is Audience.PUBLIC
    assert why_broken(then, now)["Grade 7"]
    assert seven.since_last == {}


# Random schools

GRADES = tuple(f"Grade {grade}" for grade in (6, 7, 8, 9, 10))
PROGRAMS = ("Arts", "STEM", "Work Study", "")
PRACTICES = ("goals", "pace", "calm")


@st.composite
def schools(draw: st.DrawFn) -> tuple[Feedback, tuple[int, ...]]:
    """Up to two waves of uneven groups, of which one nearly follows another; many skip."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = tuple(draw(st.lists(st.integers(4, 90), min_size=1, max_size=2)))
    n = sum(sizes)
    grade = rng.choice(len(GRADES), n, p=rng.dirichlet(np.full(len(GRADES), 0.7)))
    program = rng.choice(len(PROGRAMS), n, p=rng.dirichlet(np.full(len(PROGRAMS), 0.7)))
    follows = draw(st.sampled_from([0.0, 0.5, 0.95]))
    program = np.where(rng.random(n) < follows, grade % len(PROGRAMS), program)
    ratings = rng.integers(1, 6, (n, len(PRACTICES)))
    ratings[rng.random(ratings.shape) < draw(st.sampled_from([0.0, 0.1, 0.6]))] = MISSING
    tilt = draw(st.sampled_from([0.02, 0.5, 0.98]))
    ratings[:, 0] = np.where(rng.random(n) < tilt, YES, NO)
    said = {p: (rng.random(n) < rng.random()).astype(int).tolist() for p in PRACTICES}
    feedback = made(
        {p: ratings[:, i].tolist() for i, p in enumerate(PRACTICES)},
        groups={
            "Grade": [GRADES[i] for i in grade],
            "Program": [PROGRAMS[i] for i in program],
        },
        standings={Standing.USED_TO_WORK: said},
        trust={"Honest": ratings[:, 1].tolist()},
    )
    return feedback, sizes


def held(feedback: Feedback, cell: Cell) -> Bools:
    """Which responses a cell holds, read off the labels, [n]."""
    labels = zip(*(_labels(feedback.groups[header]) for header in cell.grouping), strict=True)
    if cell.grouping == EVERYBODY:
        return np.ones(len(feedback), bool)
    return np.array([tuple(own) in cell.members for own in labels])


def _labels(asked: Group) -> list[str]:
    return [asked.labels[code] if code != MISSING else "" for code in asked.codes]


def cells_of(table: WaveTable) -> list[tuple[Audience, tuple[str, ...], object, int]]:
    return [(cell.audience, cell.grouping, cell.members, cell.n) for cell in table.cells]


def reordered(feedback: Feedback, order: NDArray[np.intp]) -> Feedback:
    """The same responses in another order."""
    return replace(
        feedback,
        row=feedback.row[order],
        ratings=feedback.ratings[order],
        standings=feedback.standings[order],
        groups={h: Group(g.labels, g.codes[order]) for h, g in feedback.groups.items()},
        trust={h: (scale, said[order]) for h, (scale, said) in feedback.trust.items()},
    )


@given(schools(), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_which_cells_exist_does_not_depend_on_the_answers(
    school: tuple[Feedback, tuple[int, ...]], seed: int
) -> None:
    feedback, sizes = school
    rng = np.random.default_rng(seed)
    other = replace(
        feedback,
        ratings=rng.permutation(feedback.ratings.ravel()).reshape(feedback.ratings.shape),
        standings=rng.permutation(feedback.standings),
    )
    for one, two in zip(closed(feedback, *sizes).waves, closed(other, *sizes).waves, strict=True):
        assert cells_of(one) == cells_of(two)
        assert one.not_offered == two.not_offered


@given(schools(), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_rows_changes_nothing(
    school: tuple[Feedback, tuple[int, ...]], seed: int
) -> None:
    feedback, sizes = school
    rng = np.random.default_rng(seed)
    starts = np.cumsum((0, *sizes))
    order = np.concatenate(
        [start + rng.permutation(size) for start, size in zip(starts, sizes, strict=False)]
    )
    assert closed(reordered(feedback, order), *sizes) == closed(feedback, *sizes)


def test_neither_the_order_of_labels_nor_of_rows_changes_the_plan() -> None:
    labels = ["Grade 6"] * 12 + ["Grade 7"] * 12 + ["Grade 8"] * 12 + ["Grade 9"] * 4
    plans = []
    for order in permutations(range(4)):
        blocks = [labels[0:12], labels[12:24], labels[24:36], labels[36:40]]
        rows = [label for place in order for label in blocks[place]]
        members = members_of({"Grade": group(rows)}, [GRADE], len(rows))
        cells = plan(members, [GRADE], Floors()).cells
        plans.append([(cell.audience, cell.members) for cell in cells])
    assert all(one == plans[0] for one in plans)


@given(schools())
@settings(max_examples=100, deadline=None)
def test_no_cell_and_no_difference_of_two_cells_is_below_its_floor(
    school: tuple[Feedback, tuple[int, ...]],
) -> None:
    feedback, sizes = school
    ends = np.cumsum((0, *sizes))
    tables = closed(feedback, *sizes).waves
    for table, start, end in zip(tables, ends, ends[1:], strict=False):
        mine = np.zeros(len(feedback), bool)
        mine[start:end] = True
        people = [held(feedback, cell) & mine for cell in table.cells]
        for audience in Audience:
            floor = Floors().of(audience)
            seen = [i for i, c in enumerate(table.cells) if c.audience in SEES[audience]]
            assert all(people[i].sum() >= Floors().of(table.cells[i].audience) for i in seen)
            assert_apart([people[i] for i in seen], floor)
            for p, practice in enumerate(PRACTICES):
                answered = feedback.ratings[:, p] != MISSING
                printed = [
                    people[i] & answered
                    for i in seen
                    if isinstance(table.cells[i].favorable[practice], Figure)
                ]
                assert all(
                    (people[i] & answered).sum() >= Floors().of(table.cells[i].audience)
                    for i in seen
                    if isinstance(table.cells[i].favorable[practice], Figure)
                )
                assert_apart(printed, floor)


def assert_apart(people: Sequence[Bools], floor: int) -> None:
    """Of any two sets of people, one within the other, the rest is nobody or enough."""
    for one in people:
        for other in people:
            if not (one & ~other).any():
                rest = int((other & ~one).sum())
                assert rest == 0 or rest >= floor


@given(schools())
@settings(max_examples=100, deadline=None)
def test_nothing_is_printed_as_0_or_100_percent_and_n_in_fives(
    school: tuple[Feedback, tuple[int, ...]],
) -> None:
    feedback, sizes = school
    for table in closed(feedback, *sizes).waves:
        for cell in table.cells:
            assert cell.n % 5 == 0
            step = 1 if cell.grouping == EVERYBODY else 5
            for printed in (*cell.favorable.values(), *cell.used_to_work.values()):
                if isinstance(printed, Figure):
                    assert 0 < printed.percent < 100
                    assert printed.percent % step == 0
                    assert 0 <= printed.low <= printed.percent <= printed.high <= 100
        for figure in table.trust.values():
            assert isinstance(figure, Hidden) or 0 < figure.percent < 100
        for bands in table.distributions.values():
            assert all(0 < band.percent < 100 for band in bands)
