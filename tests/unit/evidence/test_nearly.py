"""New waves beside frozen ones: what can be subtracted is refused, whatever the parts are."""

from datetime import timedelta
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.evidence import Frozen, build, newly_closed
from lib.evidence.floors import PUBLIC_FLOOR, Floors
from lib.evidence.nearly import nearly_shown
from lib.evidence.types import Wave
from lib.evidence.waves import Windows, assign
from lib.intake.feedback import Feedback
from tests.unit.evidence.schools import FIRST_DAY, NOW, answers, feedback

DAY = timedelta(days=1)
FLOORS = Floors()


def of(*by_day: int, without: int = 0) -> Feedback:
    """So many answers on each day, the first ``without`` of them deleted; nobody is in a group."""
    at = [
        FIRST_DAY + day * DAY + minute * timedelta(minutes=1)
        for day, number in enumerate(by_day)
        for minute in range(number)
    ][without:]
    n = len(at)
    return feedback({f"p{i}": answers(n // 2, n) for i in range(4)}, groups={}, at=at)


def window(name: str, first: int, last: int) -> Wave:
    """From the first day to the end of the last one."""
    return Wave(name, name.title(), FIRST_DAY + first * DAY, FIRST_DAY + (last + 1) * DAY)


def frozen(responses: Feedback, *waves: Wave) -> list[Frozen]:
    """Each of the waves, frozen alone."""
    found = []
    for wave in waves:
        evidence = build(responses, Windows((wave,)), now=NOW)
        found += newly_closed(evidence, responses, Windows((wave,)), {})
    assert len(found) == len(waves)
    return found


def says(wave: Wave, responses: Feedback, kept: list[Frozen]) -> str:
    rows = np.flatnonzero(assign(responses.at, (wave,)) == 0)
    return nearly_shown(wave, rows, responses, kept, FLOORS)


def test_two_months_and_a_few_stragglers_are_not_shown_as_one_wave() -> None:
    responses = of(40, 50, 3)
    kept = frozen(responses, window("may", 0, 0), window("june", 1, 1))
    assert says(window("spring", 0, 2), responses, kept) == (
        "Spring is not shown: beside May and June, which were published before, it would give "
        "away the few answers between them."
    )
    assert says(window("spring", 0, 1), responses, kept) == ""


def test_two_months_and_many_more_are_shown() -> None:
    responses = of(40, 50, PUBLIC_FLOOR)
    kept = frozen(responses, window("may", 0, 0), window("june", 1, 1))
    assert says(window("spring", 0, 2), responses, kept) == ""


def test_the_rest_of_a_frozen_wave_but_for_a_few_is_not_shown() -> None:
    responses = of(40, 50, 3)
    kept = frozen(responses, window("spring", 0, 2), window("may", 0, 0))
    assert says(window("june", 1, 1), responses, kept) == (
        "June is not shown: beside Spring and May, which were published before, it would give "
        "away the few answers between them."
    )
    assert says(window("june", 1, 2), responses, kept) == ""


def test_answers_deleted_since_the_months_were_frozen_count() -> None:
    kept = frozen(of(40, 50), window("may", 0, 0), window("june", 1, 1))
    assert "beside May and June" in says(window("spring", 0, 1), of(40, 50, without=3), kept)
    assert says(window("spring", 0, 1), of(40, 50, without=PUBLIC_FLOOR), kept) == ""


def test_new_waves_are_looked_at_beside_each_other() -> None:
    responses = of(40, 3, 50)
    (whole,) = frozen(responses, window("spring", 0, 2))
    drawn = Windows((window("may", 0, 0), window("june", 2, 2)))
    may, june = build(responses, drawn, now=NOW, frozen={"spring": whole}).waves
    assert may.cells
    assert not june.cells
    assert "Spring and May" in june.notes[0]


def test_a_wave_too_small_to_be_shown_between_others_does_not_hide_the_gap() -> None:
    responses = of(60, 3, 60, 60)
    (whole,) = frozen(responses, window("spring", 0, 3))
    drawn = Windows(tuple(window(f"w{day}", day, day) for day in range(4)))
    made = build(responses, drawn, now=NOW, frozen={"spring": whole}).waves
    assert [bool(table.cells) for table in made] == [True, False, True, False]
    assert "beside Spring, W0 and W2, which were published before" in made[3].notes[0]


def test_a_wave_whose_groups_are_hidden_does_not_hide_the_gap_of_a_group() -> None:
    month, small = ["Grade 8", "Grade 9"] * 60, ["Grade 8"] * 117 + ["Grade 9"] * 3
    responses = feedback(
        {f"p{i}": [4, 4, 2, 2] * 90 for i in range(4)},
        groups={"Grade": [*month, *small, *month]},
        at=[FIRST_DAY + i // 120 * DAY + i * timedelta(seconds=1) for i in range(360)],
    )
    kept = frozen(responses, window("spring", 0, 2), window("may", 0, 0), window("june", 1, 1))
    by_grade = [{seal.grouping for seal in one.seals} for one in kept]
    assert by_grade == [{(), ("Grade",)}, {(), ("Grade",)}, {()}]
    assert "would give away" in says(window("july", 2, 2), responses, kept)


def test_two_frozen_waves_and_their_new_division_leave_no_few_answers_between_them() -> None:
    responses = of(60, 60, 60, 60, 3)
    kept = frozen(
        responses, window("winter", 0, 1), window("spring", 2, 4), window("january", 0, 0)
    )
    assert "would give away" in says(window("rest", 1, 3), responses, kept)
    assert says(window("rest", 1, 4), responses, kept) == ""


windows_of_days = st.tuples(st.integers(0, 5), st.integers(0, 3)).map(
    lambda drawn: (drawn[0], min(5, drawn[0] + drawn[1]))
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([2, 8, 20, 30]), min_size=6, max_size=6),
    st.lists(windows_of_days, min_size=1, max_size=4, unique=True),
    windows_of_days,
)
def test_no_set_of_frozen_waves_is_nearly_the_one_that_is_shown(
    by_day: list[int], drawn: list[tuple[int, int]], new: tuple[int, int]
) -> None:
    responses = of(*by_day)
    held = {days: sum(by_day[days[0] : days[1] + 1]) for days in drawn}
    drawn = [days for days in drawn if held[days] >= PUBLIC_FLOOR]
    kept = frozen(responses, *(window(f"w{a}{b}", a, b) for a, b in drawn))
    if not says(window("new", *new), responses, kept):
        mine = set(range(new[0], new[1] + 1))
        for size in range(1, len(drawn) + 1):
            for chosen in combinations(drawn, size):
                days = [day for a, b in chosen for day in range(a, b + 1)]
                if len(days) == len(set(days)):
                    more = sum(by_day[day] for day in mine - set(days))
                    fewer = sum(by_day[day] for day in set(days) - mine)
                    assert more + fewer == 0 or max(more, fewer) >= PUBLIC_FLOOR
