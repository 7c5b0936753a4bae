"""Problems on screen: whatever a person sets a column to, no single answer can be read off them."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.intake import Correction
from lib.intake.feedback import Feedback, Problem, Role
from lib.intake.problems import in_order, on_screen
from lib.intake.tables import problem_table
from tests.unit.intake.reading import read

RATED = "I get real choices"
OFF_SCALE = "Some answers that are not on this question's scale were not counted."


def sheet(answers: list[str], header: str = RATED, *said: Correction) -> Feedback:
    """A form with one question beside its timestamps."""
    rows = [[f"2026-03-{1 + i % 28:02d} 10:00:00", answer] for i, answer in enumerate(answers)]
    return read(["Timestamp", header], rows, said)


def shown(feedback: Feedback) -> list[tuple[str, str, str]]:
    """The table of problems as a page shows it."""
    table = problem_table(on_screen(feedback.problems))
    return list(table.itertuples(index=False, name=None))


def test_an_answer_off_the_scale_is_named_by_its_column_alone() -> None:
    answers = ["1", "2", "3", "4", "5"] * 6
    assert shown(sheet([*answers, "4.5"])) == [("", "B", OFF_SCALE)]
    assert shown(sheet(["4.5", *answers])) == [("", "B", OFF_SCALE)]
    assert [p.row for p in sheet([*answers, "4.5"]).problems] == [32]


def test_unclear_consents_are_shown_without_their_number_or_row() -> None:
    header = "Do you consent to take part in this survey?"
    says = (
        "Some answers to the consent question are neither a yes nor a no. They were kept; please "
        "look at them."
    )
    for unclear in (1, 3):
        feedback = sheet(["Yes, I agree"] * 8 + ["Hm"] * unclear, header)
        assert ("", "B", says) in shown(feedback)
        assert feedback.problems[0].says.startswith(f"{unclear} answers to the consent question")


def test_entries_that_name_no_practice_are_shown_without_their_number() -> None:
    header = ["Timestamp", "I get real choices", "Which of these work best for you?"]
    for strange in (1, 2):
        rows = [
            [f"2026-03-{1 + i:02d} 10:00:00", str(1 + i % 5), "I get real choices"]
            for i in range(10)
        ]
        for row in rows[:strange]:
            row[2] = "Free pizza"
        feedback = read(header, rows)
        assert feedback.columns[2].role is Role.STANDING
        assert f"{strange} entries of this list" in feedback.problems[-1].says
        assert shown(feedback)[-1] == (
            "",
            "C",
            "Some entries of this list name no practice that is known and were not counted. Add "
            "the practice, or correct its label.",
        )


def test_other_spellings_are_shown_without_their_number() -> None:
    for grades in (["Red", "red"], ["Red", "red", "RED"]):
        feedback = sheet(grades * 6, "Which team are you in?", Correction("Which team are you in?"))
        says = [says for _, _, says in shown(feedback) if "pellings" in says]
        assert says == [
            "Other spellings of the same labels (case, accents or language) were put together with "
            "the most usual one."
        ]


def test_of_dates_in_doubt_the_first_rows_are_named_and_not_how_many_there_are() -> None:
    for more in (1, 30):
        moments = [f"{1 + i % 5}/{7 + i % 5}/2026 10:00:00" for i in range(5 + more)]
        feedback = read(["Timestamp", RATED], [[moment, "3"] for moment in moments])
        (problem,) = (p for p in feedback.problems if p.column == 1)
        assert problem.says.endswith(f"(rows 2, 3, 4, 5, 6 and {more} more).")
        ((row, says),) = ((row, says) for row, at, says in shown(feedback) if at == "A")
        assert row == ""
        assert says.endswith("comes first (rows 2, 3, 4, 5, 6 and more).")


def test_dates_written_in_two_ways_are_asked_to_be_checked_not_sought_in_a_list() -> None:
    moments = ["13/3/2026 10:00:00", "3/14/2026 10:00:00", "4/3/2026 10:00:00"]
    feedback = read(["Timestamp", RATED], [[moment, "3"] for moment in moments])
    assert shown(feedback)[0][2].endswith("the rows around them; please check them (row 4).")


def test_what_says_nothing_of_an_answer_keeps_its_row() -> None:
    pasted = Problem(12, None, "Rows 12 to 20 repeat the rows from 2 on.")
    assert on_screen([pasted]) == (pasted,)


def test_one_sentence_about_many_columns_stands_once() -> None:
    alike = [Problem(9, 4, "Rows 9.", "Some."), Problem(7, 3, "Rows 7.", "Some.")]
    assert on_screen(alike) == (Problem(None, 3, "Some. (Columns C, D.)"),)
    assert in_order(alike) == (alike[1], alike[0])


CORRECTIONS = st.builds(
    Correction,
    st.just(RATED),
    role=st.sampled_from([None, *Role]),
    low=st.sampled_from([None, 0, 1, 2, 3]),
    high=st.sampled_from([None, 4, 5, 7]),
)
ANSWERS = st.sampled_from(["1", "2", "3", "4", "5", "4.5", "yes", "No", "Often", "3/4/2026", ""])


@settings(max_examples=40, deadline=None)
@given(st.lists(ANSWERS, min_size=8, max_size=50), CORRECTIONS, st.randoms())
def test_no_remapping_tells_a_row_or_a_number_of_answers(
    answers: list[str], said: Correction, chance: random.Random
) -> None:
    before = on_screen(sheet(answers, RATED, said).problems)
    for problem in before:
        if problem.column == 2:
            assert problem.row is None
            assert not re.search(r"\b[Rr]ows? \d|\d+ (more|entries|answers|other)", problem.says)
    # Whose answer is whose makes no difference to what is shown.
    chance.shuffle(answers)
    after = on_screen(sheet(answers, RATED, said).problems)
    assert [p for p in before if p.row is None] == [p for p in after if p.row is None]
