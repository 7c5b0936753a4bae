"""Did the PD reach students: traced contrasts, the baseline rule, and seeded simulations."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from benchmarks.honesty import no_effect
from lib.evidence.effect import Estimate, Reach, Verdict, contrast, reach, shrink
from lib.evidence.waves import Windows
from lib.intake.feedback import MISSING
from tests.unit.evidence.schools import feedback, windows

STARTS = [datetime(2024, 9, 2), datetime(2025, 1, 6), datetime(2025, 4, 7), datetime(2025, 9, 1)]
SESSION = date(2025, 2, 20)
NOW = datetime(2026, 1, 1)


def year(*waves: dict[str, list[int]]) -> tuple[object, Windows]:
    """Waves of ratings by practice, in September, January, April and September."""
    practices = list(waves[0])
    columns = {p: [r for wave in waves for r in wave[p]] for p in practices}
    at = [s for s, wave in zip(STARTS, waves, strict=False) for _ in wave[practices[0]]]
    opens = STARTS[: len(waves)]
    return feedback(columns, at=at), windows(*((s, s + timedelta(days=14)) for s in opens))


def wave(focus: int, others: int, n: int = 60) -> dict[str, list[int]]:
    """Everyone the same but for one point of noise, which goes up and down alike."""
    noise = [(-1) ** i for i in range(n)]
    return {
        "focus": [focus + e for e in noise],
        "calm": [others] * n,
        "pace": [others] * n,
    }


def judged(*waves: dict[str, list[int]], chosen_on: tuple[str, ...] = ("w1",)) -> Reach:
    responses, found = year(*waves)
    return reach(
        responses, found, "focus", session=SESSION, chosen_on=chosen_on, now=NOW, name="Clear goals"
    )


def test_a_contrast_by_hand() -> None:
    scaled = np.array([[75.0, 50.0, 100.0], [25.0, 50.0, np.nan], [np.nan, 0.0, 0.0]])
    found = contrast(scaled, 0, np.array([False, True, True]))
    # 75 - (50 + 100) / 2 = 0 and 25 - 50 = -25; the third did not answer.
    assert found.mean == -12.5
    assert found.variance == pytest.approx(12.5**2 * 2 / 2)


def test_it_moved_more_than_the_others() -> None:
    found = judged(wave(2, 3), wave(2, 3), wave(3, 3))
    # One point of five is 25 of 100; 25 points of noise in 60 answers: 2.8 * 25 * sqrt(2 / 59).
    assert found.verdict is Verdict.MOVED
    assert (found.before, found.points, found.seeable) == ("Wave 2", 25, 13)
    assert found.sentence == (
        "Clear goals moved 25 points of 100 more than the other practices between Wave 2 and "
        "Wave 3. That does not say what caused it."
    )


def test_everything_rose_alike() -> None:
    found = judged(wave(2, 3, 400), wave(2, 3, 400), wave(3, 4, 400))
    assert found.verdict is Verdict.NO_MOVE
    assert found.points == 0
    assert found.seeable == 5


def test_too_few_answers_to_tell() -> None:
    found = judged(wave(2, 3, 40), wave(2, 3, 40), wave(2, 3, 40))
    assert found.verdict is Verdict.CANNOT_TELL
    assert "only a move of 16 points of 100 or more would have been seen" in found.sentence


def test_it_fell_behind() -> None:
    found = judged(wave(4, 3), wave(4, 3), wave(3, 4))
    assert found.verdict is Verdict.BEHIND
    assert found.points == -50


def test_the_baseline_is_the_last_wave_that_did_not_choose() -> None:
    found = judged(wave(2, 3), wave(4, 3), wave(4, 3), chosen_on=("w2",))
    assert found.before == "Wave 1"
    assert "toward the middle" not in found.sentence


def test_a_baseline_that_chose_is_moved_toward_the_middle_and_said() -> None:
    found = judged(wave(2, 3), wave(2, 3), wave(3, 3), chosen_on=("w1", "w2"))
    assert found.points < 25
    assert found.sentence.endswith("its low figure was moved toward the middle first.")


def test_shrinking_by_hand() -> None:
    estimates = [Estimate(-10.0, 20.0), Estimate(10.0, 20.0)]
    # The spread that is left: (100 + 100) / 2 - 20 = 80; kept: 80 / (80 + 20).
    assert shrink(estimates[0], estimates) == Estimate(-8.0, 16.0)
    noise = [Estimate(-1.0, 20.0), Estimate(1.0, 20.0)]
    assert shrink(noise[0], noise) == Estimate(0.0, 0.0)


def test_before_the_next_wave_the_smallest_move_that_could_be_seen_is_said() -> None:
    found = judged(wave(2, 3), wave(2, 3))
    assert found.verdict is Verdict.NOT_YET
    assert found.seeable == 13  # 2.8 * 25 * sqrt(2 / 59), rounded up
    assert "a move of 13 points or more would be seen" in found.sentence


def test_a_wave_that_was_open_during_the_session_is_neither_before_nor_after() -> None:
    responses, _ = year(wave(2, 3), wave(2, 3), wave(3, 3))
    opens = [STARTS[0], STARTS[1], STARTS[2]]
    closes = [STARTS[0] + timedelta(days=14), datetime(2025, 3, 1), datetime(2025, 5, 1)]
    found = reach(
        responses,
        windows(*zip(opens, closes, strict=True)),
        "focus",
        session=SESSION,
        chosen_on=(),
        now=NOW,
    )
    assert "between Wave 1 and Wave 3" in found.sentence


def test_nothing_to_compare_with() -> None:
    responses, found = year(wave(2, 3), wave(2, 3))
    early = reach(responses, found, "focus", session=date(2024, 1, 1), chosen_on=(), now=NOW)
    assert early.verdict is Verdict.NO_BASELINE
    unknown = reach(responses, found, "other", session=SESSION, chosen_on=(), now=NOW)
    assert unknown.verdict is Verdict.NO_BASELINE
    alone = reach(
        responses,
        found,
        "focus",
        session=SESSION,
        chosen_on=(),
        now=NOW,
        alongside=("calm", "pace"),
    )
    assert alone.verdict is Verdict.NO_BASELINE


def test_a_wave_with_fewer_than_thirty_answers_is_passed_over() -> None:
    found = judged(wave(2, 3), wave(2, 3, 29), wave(3, 3), chosen_on=())
    assert found.before == "Wave 1"


def test_a_better_mood_is_not_an_effect() -> None:
    """The full run of ``benchmarks/honesty.py`` holds it between 3.5 and 6.5 %."""
    found = no_effect(120, 400, seed=120)
    assert 0.03 <= found.called <= 0.07
    assert abs(found.bias) <= 1


def test_a_practice_chosen_for_being_low_does_not_rise_by_itself() -> None:
    found = no_effect(60, 300, seed=7, mood=0.0)
    assert abs(found.bias) <= 1
    shrunken = no_effect(60, 300, seed=8, mood=0.0, baseline=False)
    assert abs(shrunken.bias) <= 1


@pytest.mark.parametrize("both", [0, 1, 29])
def test_a_form_whose_branches_share_too_few_students_is_not_judged(both: int) -> None:
    def branching() -> dict[str, list[int]]:
        focus = [3] * 40 + [MISSING] * 40
        others = [MISSING] * (40 - both) + [3 + i % 2 for i in range(40 + both)]
        return {"focus": focus, "calm": others, "pace": others}

    found = judged(branching(), branching(), branching())
    assert found.verdict is Verdict.NO_BASELINE
    assert found.sentence == (
        "In Wave 2 fewer than 30 students answered both on Clear goals and on another practice, "
        "so nothing can be compared."
    )
    after = judged(wave(2, 3), wave(2, 3), branching())
    assert after.verdict is Verdict.CANNOT_TELL
    assert "In Wave 3 fewer than 30" in after.sentence
