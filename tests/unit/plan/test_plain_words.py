"""Advice on a promise's words: by hand, and never a block."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.plan.drafts import Text
from lib.plan.plain_words import advice, grade, syllables
from lib.plan.promises import PromiseState
from sample_data.story_plan import PROMISES
from tests.unit.plan.people import ANY_TEXT


def text(
    we_did: str,
    state: PromiseState = PromiseState.DOING,
    you_said: str = "Comments come too late.",
    revisit: date | None = None,
) -> Text:
    return Text(you_said, state, we_did, "", revisit, "")


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("class", 1), ("comment", 2), ("before", 2), ("grade", 1), ("table", 2), ("see", 1)),
        *(("needed", 2), ("asked", 1), ("makes", 1), ("classes", 2), ("changes", 2), ("the", 1)),
        *(("students", 2), ("retake", 2), ("implementation", 5), ("you", 1), ("hm", 1)),
    ],
)
def test_syllables_are_counted_by_their_vowels(word: str, number: int) -> None:
    assert syllables(word) == number


def test_the_grade_follows_the_formula() -> None:
    # Six words of one syllable in one sentence: 0.39 * 6 + 11.8 - 15.59.
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45)
    # Twelve in two sentences read the same; joined to one they are harder.
    assert grade("The cat sat on the mat. The dog ran to the door.") == pytest.approx(-1.45)
    joined = grade("The cat sat on the mat and the dog ran to the door.")
    assert joined == pytest.approx(0.39 * 13 + 11.8 - 15.59)
    assert grade("Too short to say") is None
    assert grade("") is None


def test_a_plain_promise_with_a_day_needs_no_advice() -> None:
    assert advice(text("From Monday each seminar keeps ten minutes for your questions.")) == ()


def test_a_sentence_that_promises_nothing_is_told_so() -> None:
    (vague, dateless) = advice(text("We are working on better comments."))
    assert vague.startswith("“working on” promises nothing yet.")
    assert dateless.startswith("No day and no number")
    # A day to look again is no day from which something happens.
    assert len(advice(text("Comments come sooner.", revisit=date(2027, 3, 1)))) == 1


@pytest.mark.parametrize("state", [PromiseState.LISTENING, PromiseState.NOT_THIS_TIME])
def test_where_nothing_is_promised_the_day_to_look_again_will_do(state: PromiseState) -> None:
    without, dated = text("There is no room.", state), text("No room.", state, "", date(2027, 3, 1))
    assert advice(without) == ("No day is given. Say by when students hear more.",)
    assert advice(dated) == ()
    assert advice(text("We will discuss no bus.", PromiseState.NOT_THIS_TIME, "", ON)) == ()


ON = date(2027, 3, 1)


def test_hard_sentences_and_words_of_the_trade_are_named() -> None:
    said = advice(
        text(
            "Every department will implement differentiated instructional strategies to "
            "facilitate understanding of individual expectations."
        )
    )
    assert said[0].startswith(
        "“Every department will implement differentiated …” reads like grade 16."
    )
    assert "“implement” is a word of the trade. Say “start”?" in said
    assert len([line for line in said if "word of the trade" in line]) == 5


def test_the_sample_s_promises_read_at_grade_six() -> None:
    for step in PROMISES:
        for column in ("you_said", "we_did"):
            read_at = grade(step.fields.get(column, ""))
            assert read_at is None or read_at <= 7.5, step.fields[column]


@given(ANY_TEXT, ANY_TEXT, st.sampled_from(PromiseState))
def test_any_text_gets_advice_in_sentences(you_said: str, we_did: str, state: PromiseState) -> None:
    assert all(line.endswith((".", "?")) for line in advice(text(we_did, state, you_said)))
