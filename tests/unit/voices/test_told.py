"""Conversations and panels in sentences: beside the figures, with how sure they are."""

from collections import Counter

import pytest

from lib.evidence.types import Figure
from lib.intake.feedback import Standing
from lib.voices import told
from lib.voices.conversations import HowMany
from lib.voices.panel import Gap, StudentsOrder

NAMES = {"choice": "Real choices", "calm": "Calm time", "pace": "A pace that fits"}
WORKS, ISNT, USED = Standing


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, ""),
        ({WORKS: 1}, "Came up in 1 conversation: works."),
        ({USED: 3}, "Came up in 3 conversations: used to work each time."),
        (
            {USED: 1, WORKS: 2},
            "Came up in 3 conversations: works in 2 and used to work in 1.",
        ),
    ],
)
def test_how_often_a_practice_came_up(said: dict, sentence: str) -> None:
    assert told.came_up(said) == sentence


def test_the_title_names_what_comes_up_most_of_equals_the_schools_first() -> None:
    mentions = {"pace": Counter({ISNT: 1}), "calm": Counter({WORKS: 1}), "gone": Counter({USED: 1})}
    assert told.most_mentioned(mentions, NAMES) == ("calm", "pace", "gone")
    assert told.talks_title(mentions, NAMES).startswith("Calm time comes up most")
    mentions["gone"] += Counter({ISNT: 4})
    assert told.talks_title(mentions, NAMES).startswith("Gone (no longer asked) comes up most")
    assert told.talks_title({}, NAMES) == "Every talk with a student teaches us something"


@pytest.mark.parametrize(
    ("guess", "ends"),
    [
        (60, "60%, and it is 40%: 20 points too high."),
        (39, "39%, and it is 40%: 1 point too low (within what is likely)."),
        (40, "40%, and it is 40%: exactly right."),
    ],
)
def test_how_far_the_room_was_off(guess: int, ends: str) -> None:
    assert told.gap_words(guess, Figure(40, 34, 46)) == f"The room guessed {ends}"


def test_all_guesses_in_one_sentence() -> None:
    printed = Figure(40, 34, 46)
    off = [Gap("choice", 60, printed, 20), Gap("calm", 42, printed, 2)]
    assert told.guesses_words(off, NAMES) == (
        "The room guessed 2 practices, 1 within what is likely. "
        "Furthest off: Real choices (guessed 60%, it was 40%)."
    )
    right = [Gap("calm", 40, printed, 0)]
    assert told.guesses_words(right, NAMES) == (
        "The room guessed 1 practice, 1 within what is likely."
    )
    assert told.guesses_words([], NAMES) == ""


def test_the_students_order_stands_beside_what_conversations_said() -> None:
    order = StudentsOrder(("calm", "choice"), "November 2026", HowMany.TEN_OR_MORE, "w1")
    assert told.order_words(order, NAMES) == (
        "A student panel in November 2026, 10 or more students, put first what matters most: "
        "1 Calm time, 2 Real choices."
    )
    mentions = {"choice": Counter({ISNT: 1})}
    assert told.beside(mentions, order, "choice") == (
        "Came up in 1 conversation: isn't working.",
        "The student panel of November 2026 put it at place 2 of 2.",
    )
    assert told.beside(mentions, order, "pace") == ()
    assert told.beside(mentions, None, "calm") == ()
    assert told.order_words(None, NAMES) == ""
