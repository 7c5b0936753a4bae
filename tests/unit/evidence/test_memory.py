"""With a memory of the tables made before the same tables come out, and few are made again."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.evidence import memory, table
from lib.evidence.floors import Floors
from lib.evidence.freeze import Frozen
from lib.evidence.history import build, newly_closed
from lib.evidence.memory import Memory, digest
from lib.evidence.types import Evidence
from lib.evidence.waves import Windows, months
from lib.intake.feedback import Feedback, Group
from tests.unit.evidence.schools import School, answers, feedback, schools

FIRST = datetime(2025, 9, 10)
NOW = datetime(2025, 12, 20)
MONTHS = tuple(FIRST + timedelta(days=30 * i) for i in range(4))


def form(*, grades: int = 3) -> Feedback:
    """Four months of thirty answers, the last month still open."""
    n = 30 * len(MONTHS)
    return feedback(
        {"goals": answers(70, n), "choice": answers(40, n)},
        groups={"Grade": [f"Grade {6 + i % grades}" for i in range(n)]},
        at=[MONTHS[i // 30] for i in range(n)],
        trust={"Honest": answers(50, n)},
        followup={"Changed": [1 + i % 3 for i in range(n)]},
    )


def picked(fb: Feedback, rows: list[int]) -> Feedback:
    """The form with these responses, some of them perhaps twice."""
    return replace(
        fb,
        row=np.arange(2, len(rows) + 2, dtype=np.int32),
        at=fb.at[rows],
        ratings=fb.ratings[rows],
        standings=fb.standings[rows],
        groups={h: replace(g, codes=g.codes[rows]) for h, g in fb.groups.items()},
        trust={h: (scale, points[rows]) for h, (scale, points) in fb.trust.items()},
        followup={h: (scale, points[rows]) for h, (scale, points) in fb.followup.items()},
    )


def by_month(fb: Feedback) -> Windows:
    return Windows(months(fb.at))


class Made:
    """How many tables were made since it was asked last."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count, self._close = 0, table.close
        monkeypatch.setattr(table, "close", self._counting)

    def _counting(self, *given: object, **named: object) -> object:
        self.count += 1
        return self._close(*given, **named)  # type: ignore[arg-type]

    def since(self) -> int:
        count, self.count = self.count, 0
        return count


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Made:
    return Made(monkeypatch)


def test_one_answer_more_in_the_open_month_costs_no_closed_table(made: Made) -> None:
    fb, known = form(), Memory()
    before = build(fb, by_month(fb), now=NOW, memory=known)
    assert made.since() == 3
    more = picked(fb, [*range(len(fb)), len(fb) - 1])
    after = build(more, by_month(more), now=NOW, memory=known)
    assert made.since() == 0
    assert all(a is b for a, b in zip(after.waves, before.waves, strict=True))
    assert after == build(more, by_month(more), now=NOW)


def test_a_new_label_in_the_open_month_costs_no_closed_table(made: Made) -> None:
    """Its label comes first in the form's list, so that every other one is numbered anew."""
    fb, known = form(), Memory()
    build(fb, by_month(fb), now=NOW, memory=known)
    made.since()
    grade = fb.groups["Grade"]
    codes = grade.codes + 1
    codes[-1] = 0
    newer = replace(fb, groups={"Grade": Group(("Grade 5", *grade.labels), codes)})
    after = build(newer, by_month(newer), now=NOW, memory=known)
    assert made.since() == 0
    assert after == build(newer, by_month(newer), now=NOW)


def test_a_changed_month_and_those_after_it_are_made_again(made: Made) -> None:
    fb, known = form(), Memory()
    build(fb, by_month(fb), now=NOW, memory=known)
    made.since()
    ratings = fb.ratings.copy()
    ratings[35:50] = 2  # in the second month of three that are closed
    changed = replace(fb, ratings=ratings)
    after = build(changed, by_month(changed), now=NOW, memory=known)
    assert made.since() == 2
    assert after == build(changed, by_month(changed), now=NOW)


@pytest.mark.parametrize(
    "setting",
    [
        {"names": {"goals": "Clear goals"}},
        {"floors": Floors(staff=30)},
        {"groupings": ()},
        {"floors": Floors(public=30), "groupings": (("Grade",),)},
    ],
)
def test_a_changed_setting_makes_all_of_them_again(made: Made, setting: dict[str, Any]) -> None:
    fb, known = form(), Memory()
    build(fb, by_month(fb), now=NOW, memory=known)
    made.since()
    after = build(fb, by_month(fb), now=NOW, memory=known, **setting)
    assert made.since() == 3
    assert after == build(fb, by_month(fb), now=NOW, **setting)


def test_a_month_that_closes_is_made_alone(made: Made) -> None:
    fb, known = form(), Memory()
    build(fb, by_month(fb), now=NOW, memory=known)
    made.since()
    after = build(fb, by_month(fb), now=NOW + timedelta(days=30), memory=known)
    assert made.since() == 1
    assert after == build(fb, by_month(fb), now=NOW + timedelta(days=30))


def test_waves_that_are_gone_are_forgotten(made: Made) -> None:
    fb, known = form(), Memory()
    build(fb, by_month(fb), now=NOW, memory=known)
    one = Windows(by_month(fb).waves[:1])
    build(fb, one, now=NOW, memory=known)
    made.since()
    build(fb, by_month(fb), now=NOW, memory=known)
    assert made.since() == 2


def test_what_a_digest_leaves_out_is_named() -> None:
    """A field that ``Feedback`` gets one day counts until somebody says that no figure needs it."""
    assert {field.name for field in fields(Feedback)} > memory._NOT_IN_A_TABLE


def _flip(fb: Feedback, one: int) -> Feedback:
    ratings = fb.ratings.copy()
    ratings[one, 0] = 7 - ratings[one, 0] if ratings[one, 0] > 0 else 5
    return replace(fb, ratings=ratings)


def _regroup(fb: Feedback, one: int) -> Feedback:
    grade = fb.groups["Grade"]
    codes = grade.codes.copy()
    codes[one] = (codes[one] + 2) % (len(grade.labels) + 1) - 1
    return replace(fb, groups={**fb.groups, "Grade": replace(grade, codes=codes)})


def _unsay(fb: Feedback, one: int) -> Feedback:
    standings = fb.standings.copy()
    standings[one, 0] ^= 4
    return replace(fb, standings=standings)


def _scale(fb: Feedback, one: int) -> Feedback:
    scale = fb.scales["goals"]
    turned = replace(scale, favorable_from=3 + one % 3)
    return replace(fb, scales={**fb.scales, "goals": turned})


def _relabel(fb: Feedback, one: int) -> Feedback:
    grade = fb.groups["Grade"]
    labels = list(grade.labels)
    labels[one % len(labels)] += " (new)"
    return replace(fb, groups={**fb.groups, "Grade": replace(grade, labels=tuple(labels))})


def _append(fb: Feedback, one: int) -> Feedback:
    return picked(fb, [*range(len(fb)), one])


def _remove(fb: Feedback, one: int) -> Feedback:
    return picked(fb, [i for i in range(len(fb)) if i != one])


ANSWERS: tuple[Callable[[Feedback, int], Feedback], ...] = (
    _append,
    _remove,
    _flip,
    _regroup,
    _unsay,
    _scale,
    _relabel,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(schools(largest=40), st.data())
def test_the_same_tables_come_out_with_and_without_a_memory(
    school: School, data: st.DataObject
) -> None:
    known = Memory()
    fb, windows, groupings = school.feedback, school.windows, school.groupings
    names, floors, frozen = {"goals": "Clear goals"}, Floors(), {}

    def both() -> tuple[Evidence, Evidence]:
        given = {"names": names, "floors": floors, "groupings": groupings, "frozen": frozen}
        return (
            build(fb, windows, now=school.now, memory=known, **given),
            build(fb, windows, now=school.now, **given),
        )

    for _ in range(4):
        kind = data.draw(st.sampled_from([*ANSWERS, "names", "floors", "groupings", "freeze"]))
        if kind == "names":
            names = {"goals": f"Goals {data.draw(st.integers(0, 2))}"}
        elif kind == "floors":
            floors = Floors(staff=data.draw(st.integers(5, 7)))
        elif kind == "groupings":
            groupings = tuple(data.draw(st.permutations(school.groupings)))
        elif kind == "freeze":
            frozen = _first_frozen(fb, windows, both()[1])
        else:
            fb = kind(fb, data.draw(st.integers(0, len(fb) - 1)))
        with_memory, without = both()
        assert with_memory == without


def _first_frozen(fb: Feedback, windows: Windows, evidence: Evidence) -> dict[str, Frozen]:
    first = newly_closed(evidence, fb, windows, {})[:1]
    return {one.table.wave.wave_id: one for one in first}


@settings(max_examples=100, deadline=None)
@given(schools(largest=30), st.sampled_from(ANSWERS), st.data())
def test_a_digest_tells_any_two_forms_apart(
    school: School, change: Callable[[Feedback, int], Feedback], data: st.DataObject
) -> None:
    fb = school.feedback
    other = change(fb, data.draw(st.integers(0, len(fb) - 1)))
    same = change is _scale and other.scales == fb.scales
    unseen = change is _relabel and _seen_labels(other) == _seen_labels(fb)
    assert (digest(other) == digest(fb)) == (same or unseen)


def _seen_labels(fb: Feedback) -> set[str]:
    grade = fb.groups["Grade"]
    return {grade.labels[code] for code in grade.codes if code >= 0}
