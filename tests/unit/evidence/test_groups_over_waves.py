"""Groups from wave to wave: what is compared, what is not and why, and the gap beside a rank."""

from datetime import timedelta

from lib.evidence.groups import (
    breaks,
    cells_of,
    gap_title,
    group_lines,
    most_apart,
    over_waves,
)
from lib.evidence.history import build
from lib.evidence.types import Audience, Cell, Change, Evidence, Figure, Flag, WaveTable
from tests.unit.evidence.schools import FIRST_DAY, NOW, feedback, windows

PRACTICES = ("goals", "choice", "pace", "calm")


def wave(**grades: tuple[int, int]) -> list[tuple[str, int]]:
    """One (grade, rating) a respondent: grade = (favorable, others)."""
    return [
        (grade, rating) for grade, (yes, no) in grades.items() for rating in [5] * yes + [2] * no
    ]


def over(*waves: list[tuple[str, int]], days: int = 120) -> Evidence:
    """``goals`` rated as given, the other practices half favorable in every grade alike."""
    rows = [row for each in waves for row in each]
    starts = [FIRST_DAY + timedelta(days=days * i) for i in range(len(waves))]
    half = [5 if i % 2 else 2 for i in range(len(rows))]
    responses = feedback(
        {"goals": [rating for _, rating in rows], "choice": half, "pace": half, "calm": half},
        groups={"Grade": [grade for grade, _ in rows]},
        at=[start for start, each in zip(starts, waves, strict=True) for _ in each],
    )
    found = windows(*((start, start + timedelta(days=14)) for start in starts))
    return build(responses, found, now=NOW, names={"goals": "Clear goals"})


def cell(table: WaveTable, name: str) -> Cell:
    return next(cell for cell in table.cells if cell.name == name)


def test_a_group_is_compared_with_itself() -> None:
    _, table = over(wave(A=(60, 60), B=(60, 60)), wave(A=(100, 20), B=(60, 60))).waves
    rose = cell(table, "A").since_last["goals"]
    assert rose.change is Change.BETTER
    assert rose.sentence == (
        "Clear goals rose from 50% to 85% since Wave 1. With this many answers, a move of 13 "
        "points can happen by chance."
    )
    assert cell(table, "B").since_last["goals"].change is Change.SAME


def test_a_group_that_was_merged_before_breaks_its_line() -> None:
    """Grade C stood with B in the first wave: the partition stays, so B and C stay together."""
    evidence = over(
        wave(A=(30, 30), B=(10, 10), C=(2, 2)), wave(A=(30, 30), B=(10, 10), C=(20, 20))
    )
    first, second = evidence.waves
    assert [c.name for c in first.cells] == ["everybody", "A", "B or C"]
    assert [(c.audience, c.name) for c in second.cells] == [
        (Audience.PUBLIC, "everybody"),
        (Audience.PUBLIC, "A"),
        (Audience.PUBLIC, "B or C"),
        (Audience.STAFF, "B"),
        (Audience.STAFF, "C"),
    ]
    assert cell(second, "B or C").since_last["choice"].since == "Wave 1"
    assert cell(second, "B").since_last == {}
    assert breaks(evidence, cell(second, "B")) == (
        "In Wave 1 this group was counted with other members.",
    )


def test_a_group_that_must_be_merged_now_breaks_its_line() -> None:
    evidence = over(
        wave(A=(30, 30), B=(10, 10), C=(10, 10)), wave(A=(30, 30), B=(10, 10), C=(1, 2))
    )
    merged = cell(evidence.waves[-1], "B or C")
    assert merged.since_last == {}
    assert breaks(evidence, merged) == ("In Wave 1 this group was counted with other members.",)


def test_a_grouping_that_was_hidden_before_says_so() -> None:
    evidence = over(wave(A=(30, 30), B=(1, 2)), wave(A=(30, 30), B=(10, 10)))
    assert breaks(evidence, cell(evidence.waves[-1], "A")) == (
        "In Wave 1 this was hidden to protect a small group.",
    )


def test_a_group_that_vanishes_leaves_the_others_alone() -> None:
    _, second = over(wave(A=(30, 30), B=(20, 20), D=(20, 20)), wave(A=(30, 30), B=(20, 20))).waves
    assert [c.name for c in second.cells] == ["everybody", "A", "B"]
    assert cell(second, "A").since_last["goals"].change is not None


def test_what_only_staff_saw_is_not_in_a_public_sentence() -> None:
    """B was a staff cell of 8; now it is public, and its old figure is not said beside it."""
    _, second = over(
        wave(A=(30, 30), B=(4, 4), C=(5, 5)), wave(A=(30, 30), B=(40, 40), C=(40, 40))
    ).waves
    public = [c for c in second.cells if c.audience is Audience.PUBLIC]
    assert [c.name for c in public] == ["everybody", "A", "B or C"]
    staff = cell(second, "B")
    assert staff.audience is Audience.STAFF
    assert staff.since_last["goals"].since == "Wave 1"


def test_everybody_seen_by_staff_alone_is_not_in_a_public_sentence() -> None:
    first, second = over(wave(A=(4, 4)), wave(A=(30, 30))).waves
    assert first.cells[0].audience is Audience.STAFF
    assert second.since_last == {}


def test_the_same_season_a_year_ago_is_compared_for_groups_too() -> None:
    same = wave(A=(60, 60), B=(60, 60))
    rising = (same, same, wave(A=(80, 40), B=(60, 60)), wave(A=(84, 36), B=(60, 60)))
    evidence = over(*rising, days=122)
    rose = cell(evidence.waves[-1], "A")
    assert rose.since_last_year["goals"].since == "Wave 1"
    assert rose.since_last_year["goals"].change is Change.BETTER
    assert group_lines(evidence, rose, "goals")[1:] == (
        "Stayed about the same (65% then, 70% now) since Wave 3.",
        "Rose from 50% to 70% since Wave 1.",
    )


def test_a_rise_that_the_last_wave_shows_is_not_said_of_the_year_again() -> None:
    evidence = over(*[wave(A=(60, 60), B=(60, 60))] * 3, wave(A=(100, 20), B=(60, 60)), days=122)
    rose = cell(evidence.waves[-1], "A")
    assert rose.since_last_year["goals"].change is Change.BETTER
    assert group_lines(evidence, rose, "goals")[1:] == ("Rose from 50% to 85% since Wave 3.",)


def test_the_widest_gap_stands_beside_the_rank() -> None:
    (table,) = over(wave(A=(12, 48), B=(50, 10), C=(48, 12))).waves
    found = {p.practice: p.beside for p in table.priorities}
    (gap,) = found["goals"]
    assert gap.flag is Flag.GAP
    assert gap.points > 40
    assert gap.sentence == f"A: about {gap.points} points lower than the others."
    assert gap.audience is Audience.PUBLIC
    assert found["choice"] == ()


def test_a_fall_stands_beside_the_rank() -> None:
    _, table = over(wave(A=(90, 30)), wave(A=(50, 70))).waves
    (fall,) = next(p.beside for p in table.priorities if p.practice == "goals")
    assert (fall.flag, fall.points) == (Flag.FALL, 33)
    assert fall.sentence == "Fell by 33 points since Wave 1."


def texts(evidence: Evidence, name: str) -> list[str]:
    """What the latest wave's group of that name said of goals, wave by wave."""
    group = cell(evidence.waves[-1], name)
    printed = [p for _, p in over_waves(evidence, group, "goals")]
    return [p.text if isinstance(p, Figure) else p.reason for p in printed]


def test_a_group_is_drawn_over_the_waves_in_which_it_had_the_same_members() -> None:
    """C is too small alone in the first and the third wave, and nobody is in D before the last."""
    evidence = over(
        wave(A=(30, 30), B=(10, 10), C=(1, 2)),
        wave(A=(45, 15), B=(10, 10), C=(20, 20)),
        wave(A=(30, 30), B=(10, 10), C=(20, 20), D=(30, 10)),
    )
    assert texts(evidence, "A") == ["50%", "75%", "50%"]
    assert texts(evidence, "B") == [
        "In Wave 1 this group was counted with other members.",
        "50%",
        "50%",
    ]
    assert texts(evidence, "D")[:2] == [
        "In Wave 1 nobody answered for this group.",
        "In Wave 2 nobody answered for this group.",
    ]
    last = evidence.waves[-1]
    assert breaks(evidence, cell(last, "A")) == ()
    assert breaks(evidence, cell(last, "D")) == (
        "In Wave 1 and Wave 2 nobody answered for this group.",
    )


def test_a_wave_with_too_few_answers_is_a_gap_and_no_reason_of_the_groups() -> None:
    evidence = over(wave(A=(30, 30), B=(30, 30)), wave(A=(1, 1)), wave(A=(30, 30), B=(30, 30)))
    assert texts(evidence, "A") == ["50%", "Too few answers in this wave.", "50%"]
    assert breaks(evidence, cell(evidence.waves[-1], "A")) == ()


def test_under_a_groups_trend_stands_how_sure_what_moved_and_why_it_breaks() -> None:
    evidence = over(wave(A=(60, 60), B=(60, 60)), wave(A=(100, 20), B=(60, 60)))
    rose = cell(evidence.waves[-1], "A")
    assert group_lines(evidence, rose, "goals") == (
        "Likely between 78% and 90%.",
        "Rose from 50% to 85% since Wave 1.",
    )
    assert group_lines(evidence, rose, "unknown") == ("Not asked in this wave.",)


def test_the_practice_that_differs_most_is_named_with_its_ends() -> None:
    (table,) = over(wave(A=(12, 48), B=(50, 10), C=(48, 12))).waves
    cells = cells_of(table, ("Grade",))
    assert most_apart(cells) == "goals"
    assert gap_title(cells, {"goals": "Clear goals"}) == (
        "Clear goals differs most: 20% favorable in A, 85% in B"
    )
    (alike,) = over(wave(A=(30, 30), B=(30, 30))).waves
    assert most_apart(cells_of(alike, ("Grade",))) is None
    assert gap_title(cells_of(alike, ("Grade",)), {}).startswith("The groups do not differ")


def test_staff_see_the_finer_cells_and_no_group_twice() -> None:
    _, second = over(
        wave(A=(30, 30), B=(10, 10), C=(2, 2)), wave(A=(30, 30), B=(10, 10), C=(20, 20))
    ).waves
    assert [c.name for c in cells_of(second, ("Grade",))] == ["A", "B", "C"]
