"""Sentences on a wave small enough to trace by hand."""

from dataclasses import replace
from datetime import datetime

from lib.evidence import summary
from lib.evidence.types import (
    Audience,
    Cell,
    Change,
    Comparison,
    Evidence,
    Figure,
    Hidden,
    Priority,
    Tier,
    Wave,
    WaveTable,
)

NAMES = {"goals": "Clear goals", "choice": "Real choices", "calm": "Calm", "talk": "Talk"}
FALL = Wave("fall", "Fall 2025", datetime(2025, 9, 1), datetime(2025, 9, 15))
SPRING = Wave("spring", "Spring 2026", datetime(2026, 3, 1), datetime(2026, 3, 15))


def table(changes: dict[str, Change], tier: Tier = Tier.NOT_NOW) -> WaveTable:
    shares = {"goals": 60, "choice": 30, "calm": 45, "talk": 80}
    return WaveTable(
        wave=SPRING,
        cells=(
            Cell(
                Audience.PUBLIC,
                (),
                (),
                300,
                {p: Figure(share, share - 5, share + 5) for p, share in shares.items()},
            ),
        ),
        distributions={},
        since_last={p: Comparison(c, "Fall 2025", "") for p, c in changes.items()},
        since_last_year={},
        priorities=(Priority("choice", Figure(70, 65, 75), 0.9, tier, ""),),
    )


MIXED = table(
    {
        "goals": Change.BETTER,
        "choice": Change.WORSE,
        "calm": Change.SAME,
        "talk": Change.TOO_FEW,
    }
)


def test_three_sentences_on_a_wave() -> None:
    assert summary.headlines(MIXED, NAMES) == summary.Headlines(
        moved="Since Fall 2025, Clear goals got better and Real choices got worse.",
        steady="1 practice: no clear change.",
        unknown="Nobody can tell yet for Talk: too few answers.",
    )


def test_a_quiet_wave_and_a_first_wave_say_so() -> None:
    quiet = table(dict.fromkeys(NAMES, Change.SAME))
    assert summary.headlines(quiet, NAMES).moved == (
        "Since Fall 2025, no practice moved more than chance could explain."
    )
    assert summary.headlines(table({}), NAMES).unknown.startswith("This is the first wave")


def test_a_wave_too_small_to_compare_says_only_that() -> None:
    small = table(dict.fromkeys(NAMES, Change.TOO_FEW))
    assert summary.trends_title(small, NAMES) == "Too few answers to tell what moved"
    assert summary.headlines(small, NAMES) == summary.Headlines(
        "", "", "Nobody can tell yet for 4 practices: too few answers."
    )


def test_titles_are_findings() -> None:
    assert summary.trends_title(MIXED, NAMES) == "Clear goals rose and Real choices fell"
    assert summary.trends_title(table({}), NAMES) == (
        "From 30% favorable (Real choices) to 80% (Talk)"
    )
    nothing = replace(table({}), cells=())
    assert summary.trends_title(nothing, NAMES) == "Where students stand"
    assert summary.priorities_title(table({}, Tier.CLEAR), NAMES) == (
        "Real choices is a clear priority"
    )
    assert summary.priorities_title(table({}, Tier.TOO_FEW), NAMES).startswith("Too few answers")


def test_a_practice_that_is_no_longer_asked_is_named_in_words() -> None:
    fell = table({"choice": Change.WORSE, "goals": Change.WORSE}, Tier.CLEAR)
    assert "Real choices (no longer asked) and Clear goals (no longer asked) got worse" in (
        summary.headlines(fell, {}).moved
    )
    assert summary.priorities_title(fell, {}).startswith("Real choices (no longer asked) is")


def test_what_to_see_first_moved_or_is_lowest() -> None:
    assert summary.first_look(MIXED) == ("choice", "goals")
    assert summary.first_look_title(MIXED) == "What moved since Fall 2025"
    quiet = table(dict.fromkeys(NAMES, Change.SAME))
    assert summary.first_look(quiet) == ("choice", "calm", "goals", "talk")
    assert summary.first_look_title(quiet) == "Least favorable now"


def test_what_fell_comes_first_then_what_rose_then_the_lowest() -> None:
    assert summary.by_attention(MIXED) == ("choice", "goals", "calm", "talk")


def test_history_says_where_a_wave_has_no_figure() -> None:
    empty = WaveTable(FALL, (), {}, {}, {}, ())
    evidence = Evidence((empty, MIXED), None, "")
    assert summary.history(evidence, "goals") == (
        (FALL, Hidden("Too few answers in this wave.")),
        (SPRING, Figure(60, 55, 65)),
    )
    assert summary.history(evidence, "new")[1] == (SPRING, Hidden("Not asked in this wave."))


def priority(tier: Tier, *, chance: float = 0.0, low: int = 0, high: int = 0) -> Priority:
    share = Figure(44, 38, 50)
    return Priority("choice", share, chance, tier, "", rank_low=low, rank_high=high)


def test_why_a_practice_stands_where_it_stands_is_one_sentence() -> None:
    possible = priority(Tier.POSSIBLE, chance=0.62, low=2, high=5)
    assert summary.why(possible, 14) == "Allowing for luck, place 2 to 5 of 14."
    clear = priority(Tier.CLEAR, chance=1.0, low=1, high=1)
    assert summary.why(clear, 14) == "Allowing for luck, place 1 of 14."
    few = priority(Tier.TOO_FEW)
    assert summary.why(few, 0) == "Likely between 38% and 50%."
    assert summary.ranked(table({})) == 1
    assert summary.ranked(table({}, Tier.TOO_FEW)) == 0


def test_a_probability_is_said_in_repeats_out_of_ten() -> None:
    assert [summary.tenths(p) for p in (0, 0.04, 0.05, 0.62, 0.94, 0.95, 1)] == [
        *(0, 0, 1, 6, 9, 10, 10)
    ]
    assert [summary.in_tens(p) for p in (0.04, 0.62, 0.95)] == [
        *("hardly ever", "6 in 10", "nearly always")
    ]


def test_what_the_heading_says_is_not_said_again_of_each_practice() -> None:
    fell = Comparison(Change.WORSE, "Fall 2025", "", "fell from 74% to 56% since Fall 2025")
    spring = replace(table({}), since_last={"calm": fell})
    assert summary.change_lines(spring, "calm", since="Fall 2025") == (
        ("Fell from 74% to 56%.", True),
    )
    assert summary.change_lines(spring, "calm", since="Spring 2025") == (
        ("Fell from 74% to 56% since Fall 2025.", True),
    )
    assert summary.since_last(spring) == "Fall 2025"
