"""The privacy self-test finds what is planted. That it finds nothing else: test_invariants."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from lib.evidence import attempts
from lib.evidence.floors import Floors
from lib.evidence.history import build
from lib.evidence.outsider import Range, bounds
from lib.evidence.printing import EVERYBODY_STEP, GROUP_STEP, figure, printed_n, with_interval
from lib.evidence.selftest import Report, attack
from lib.evidence.types import Audience, Cell, Coding, Evidence, Hidden
from lib.intake.feedback import Feedback, Standing
from tests.unit.evidence.schools import FIRST_DAY, NOW, feedback, windows

WAVES = windows((FIRST_DAY, FIRST_DAY + timedelta(days=14)), (FIRST_DAY + timedelta(days=90), None))

# Ninety answers in grades of 40, 30 and 20; Arts is grade 6 but for four of them.
GRADES = ["6"] * 40 + ["7"] * 30 + ["8"] * 20
PROGRAMS = ["Arts"] * 36 + ["STEM"] * 54
FAVORABLE = [i % 5 != 0 for i in range(90)]


def answered(*, favorable: list[bool] = FAVORABLE) -> Feedback:
    late = 6
    return feedback(
        {"goals": [5 if yes else 2 for yes in favorable] + [5] * late},
        groups={"Grade": GRADES + ["6"] * late, "Program": PROGRAMS + ["Arts"] * late},
        at=[FIRST_DAY] * 90 + [FIRST_DAY + timedelta(days=90)] * late,
        standings={"goals": [frozenset({Standing.WORKS})] * 3 + [frozenset()] * (87 + late)},
    )


def made(responses: Feedback) -> Evidence:
    return build(responses, WAVES, now=NOW)


def planted(change: Callable[[tuple[Cell, ...]], tuple[Cell, ...]]) -> Report:
    responses = answered()
    evidence = made(responses)
    (table,) = evidence.waves
    evidence = replace(evidence, waves=(replace(table, cells=change(table.cells)),))
    return attack(evidence, responses, WAVES, now=NOW)


def cell(grouping: tuple[str, ...], *labels: str, audience: Audience = Audience.PUBLIC) -> Cell:
    """A cell that prints its true share by the rules for one cell alone."""
    of = {("Grade",): GRADES, ("Program",): PROGRAMS}.get(grouping, [""] * 90)
    inside = [yes for yes, label in zip(FAVORABLE, of, strict=True) if label in labels]
    n = printed_n(len(inside))
    printed = figure(sum(inside), len(inside), GROUP_STEP, n)
    return Cell(audience, grouping, tuple((label,) for label in labels), n, {"goals": printed})


def found(report: Report) -> list[str]:
    return [sentence for attempt in report.attempts for sentence in attempt.found]


def test_nothing_is_planted_and_nothing_is_found() -> None:
    report = planted(lambda cells: cells)
    assert found(report) == []
    assert report.leaks == 0
    assert report.as_text().endswith("Nothing was found.")
    assert all(a.tried for a in report.attempts if "at most" not in a.what)


def test_a_group_below_the_floor_is_found() -> None:
    small = planted(lambda cells: (*cells, replace(cells[1], members=(("9",),))))
    assert found(small)[0] == "Wave 1: 9 holds fewer answers than its floor."


def test_an_exact_n_is_found() -> None:
    report = planted(lambda cells: (replace(cells[0], n=92), *cells[1:]))
    assert found(report) == ["Wave 1: everybody holds fewer answers than its floor."]


def test_a_subtraction_is_found() -> None:
    """Grade 6 and its artists leave four: the plan does not offer Program for that."""
    assert made(answered()).waves[0].not_offered == {
        ("Program",): "By Program: hidden to protect a small group."
    }
    texts = found(planted(lambda cells: (*cells, cell(("Program",), "Arts"))))
    assert "Wave 1: 6 without Arts is a small group that public readers can work out." in texts
    assert "Wave 1: 6 and STEM can be worked out by public readers." in texts
    assert "Wave 1: 6 and STEM can be worked out from several waves." in texts


def test_a_difference_of_unions_is_found() -> None:
    """STEM less grades 7 and 8 leaves four, though grade 8 itself is not published."""
    report = planted(lambda cells: (*cells[:-1], cell(("Program",), "STEM")))
    assert any("can be worked out by public readers" in text for text in found(report))


def test_a_group_inside_another_that_leaves_few_is_found() -> None:
    """Two grades and all but few of them, as one would publish a pair without the gate."""

    def pair(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        inside = Cell(Audience.PUBLIC, ("Grade", "Program"), (("6", "Arts"),), 35, {})
        return (*cells, inside)

    assert "Wave 1: 6 without 6 and Arts is a small group that public readers can work out." in (
        found(planted(pair))
    )


@pytest.mark.parametrize("percent", [0, 100])
def test_none_and_all_are_found(percent: int) -> None:
    def all_or_none(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        share = with_interval(percent, Coding.EXACT, 40)
        return (cells[0], replace(cells[1], favorable={"goals": share}), *cells[2:])

    assert any("should not be printed" in text for text in found(planted(all_or_none)))


def test_a_share_that_few_said_is_found() -> None:
    def works(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
        share = with_interval(3, Coding.EXACT, 90)
        return (replace(cells[0], works={"goals": share}), *cells[1:])

    assert any("goals works" in text for text in found(planted(works)))


def test_a_count_that_the_others_fix_is_found_by_a_linear_program() -> None:
    """24 of 60 in all, 12 and 10 of 20 in two grades: "at most 15%" of the third are two."""
    responses = feedback(
        {"goals": [r for yes in (12, 10, 2) for r in [5] * yes + [2] * (20 - yes)]},
        groups={"Grade": ["6"] * 20 + ["7"] * 20 + ["8"] * 20},
    )
    evidence = build(responses, WAVES, now=NOW)
    (table,) = evidence.waves
    assert {type(c.favorable["goals"]) for c in table.cells[1:]} == {Hidden}
    printed = [
        replace(c, favorable={"goals": figure(yes, 20, GROUP_STEP, 20)})
        for c, yes in zip(table.cells[1:], (12, 10, 2), strict=True)
    ]
    leaky = replace(evidence, waves=(replace(table, cells=(table.cells[0], *printed)),))
    assert found(attack(leaky, responses, WAVES, now=NOW)) == [
        "Wave 1, goals: in 8 the number who differ from the others is nearly fixed."
    ]


def test_a_small_group_of_one_mind_is_found_by_a_linear_program() -> None:
    """All three favorable answers are in grade 6 and in Arts: the four others gave none."""
    responses = answered(favorable=[i < 3 for i in range(90)])
    evidence = build(responses, WAVES, now=NOW, groupings=[("Grade",)])
    (table,) = evidence.waves
    share = figure(3, 90, EVERYBODY_STEP, 90)
    sixth = Cell(Audience.PUBLIC, ("Grade",), (("6",),), 40, {"goals": figure(3, 40, 5, 40)})
    arts = Cell(Audience.PUBLIC, ("Program",), (("Arts",),), 35, {"goals": figure(3, 36, 5, 35)})
    everybody = replace(table.cells[0], favorable={"goals": share})
    leaky = replace(evidence, waves=(replace(table, cells=(everybody, sixth, arts)),))
    texts = found(attack(leaky, responses, WAVES, now=NOW))
    assert any("goals: the answers of 6 and STEM are fixed" in text for text in texts)


def test_figures_of_an_open_wave_are_found() -> None:
    responses = answered()
    (table,) = made(responses).waves
    early = replace(table, wave=WAVES.waves[1])
    evidence = Evidence((table, early), None, "")
    report = attack(evidence, responses, WAVES, now=NOW)
    assert "Wave 2 is still open and has figures already." in found(report)


def test_a_table_that_follows_the_open_wave_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(responses: Feedback, *args: object, **more: object) -> Evidence:
        evidence = build(responses, *args, **more)  # type: ignore[arg-type]
        return replace(
            evidence,
            waves=tuple(replace(t, notes=(f"{len(responses)}",)) for t in evidence.waves),
        )

    monkeypatch.setattr(attempts, "build", leaky)
    responses = answered()
    report = attack(made(responses), responses, WAVES, now=NOW)
    assert found(report) == ["Wave 1 changes when one more answer comes in."]


def test_raised_floors_are_attacked_as_raised() -> None:
    responses = answered()
    report = attack(made(responses), responses, WAVES, now=NOW, floors=Floors(staff=30, public=50))
    assert any("fewer answers than its floor" in text for text in found(report))


def test_bounds_by_hand() -> None:
    """Ten people, seven favorable; of the first four at most one: so the others are all but one."""
    cells = np.array([[1.0, 1.0], [1.0, 0.0]])
    base, others = np.array([4.0, 6.0]), np.array([0.0, 1.0])
    assert bounds(cells, [Range(7, 7), Range(0, 1)], base, others) == Range(6.0, 6.0)
    with pytest.raises(ValueError, match="no answers fit"):
        bounds(cells, [Range(9, 9), Range(0, 1)], base, others)
