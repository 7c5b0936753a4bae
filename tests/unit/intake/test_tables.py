"""How a form was understood, in words; and samples and totals that single out nobody."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import intake
from lib.catalogue import CATALOGUE
from lib.intake import tables
from lib.intake.feedback import Column, Dates, Problem, Role, Scale, Standing
from lib.intake.samples import Sample, Totals, samples, totals

NAMES = {"choice": "Real choices"}
OFTEN = Scale(1, 3, 3, ("Never", "Sometimes", "Often"))
COLUMNS = (
    Column(1, "Timestamp", Role.TIMESTAMP),
    Column(2, "E-mail", Role.IDENTITY),
    Column(3, "Rate [I get choices]", Role.RATING, "choice", OFTEN),
    Column(4, "Pace (0-10)", Role.RATING, "pace", Scale(0, 10, 7), confidence=0.6),
    Column(5, "What helps?", Role.STANDING, standing=Standing.WORKS),
    Column(6, "", Role.EMPTY),
    Column(7, "x" * 200, Role.COMMENT, confidence=0.7),
    Column(8, "Grade", Role.GROUP),
)


def test_the_finding_about_a_form_is_its_title() -> None:
    assert tables.title(COLUMNS) == "2 questions rate a practice, 1 asks for words"
    assert tables.title(COLUMNS[:3]) == "1 question rates a practice"
    assert tables.title(COLUMNS[:2]) == "No question rates a practice yet"
    assert tables.title(()) == "The form has no questions yet"


def test_what_was_read_is_one_sentence() -> None:
    assert tables.read_words(2612, {"blank row": 3, "did not consent": 1}, COLUMNS) == (
        "About 2,610 answers read, 4 rows left out: blank row (3) and did not consent (1). "
        "8 columns: 2 ratings, 1 group, 1 list of practices, 1 question for words and 3 others."
    )
    assert tables.read_words(0, {}, ()) == "No answers read, none left out."
    assert tables.columns_words(COLUMNS[2:3]) == "1 column: 1 rating"


def test_each_column_is_said_in_plain_words() -> None:
    assert [tables.holds(column, NAMES) for column in COLUMNS] == [
        "Time of the answer",
        "Who somebody is, never kept",
        "Rating of “Real choices”, favorable from “Often”, on a scale from “Never” to “Often”",
        "Rating of “pace”, favorable from 7, on a scale from 0 to 10",
        "List of practices: works",
        "Nothing yet",
        "Words of students' own",
        "Group",
    ]
    assert set(tables.ROLE_WORDS) == set(Role)


def test_the_list_of_all_columns_says_which_want_a_look() -> None:
    table = tables.column_table(COLUMNS[2:7], NAMES)
    assert table.to_dict("list") == {
        "Column": ["C", "D", "E", "F", "G"],
        "Question": [
            "I get choices",
            "Pace (0-10)",
            "What helps?",
            "(no question above it)",
            "x" * 89 + "…",
        ],
        "Taken for": [
            "Rating of “Real choices”, favorable from “Often”",
            "Rating of “pace”, favorable from 7. Please check.",
            "List of practices: works",
            "Nothing yet",
            "Words of students' own",
        ],
    }
    assert tables.doubt_words(COLUMNS) == "Please check D."
    assert tables.doubt_words(COLUMNS[:3]) == "The app is in doubt about none of them."
    doubts = [Column(i, "q", Role.OTHER, confidence=0.1) for i in range(1, 12)]
    assert tables.doubt_words(doubts) == "Please check A, B, C, D, E, F, G, H and 3 more."
    assert [tables.sureness(column) for column in COLUMNS[2:7]] == [
        "sure",
        "please check",
        "sure",
        "sure",
        "fairly sure",
    ]
    assert tables.choice_words(COLUMNS[3]) == "D: Pace (0-10) (please check)"


def test_problems_stand_with_the_sheets_row_and_column_and_fifty_at_most() -> None:
    problems = [
        Problem(12, 28, "Look here."),
        Problem(None, 3, "And here."),
        Problem(None, None, "!"),
    ]
    assert tables.problem_table(problems).to_dict("list") == {
        "Row": ["12", "", ""],
        "Column": ["AB", "C", ""],
        "What to look at": ["Look here.", "And here.", "!"],
    }
    assert tables.more_problems(problems) == ""
    many = [Problem(row, 1, "Look.") for row in range(2, 64)]
    assert len(tables.problem_table(many)) == 50
    assert tables.more_problems(many) == "And 12 more: mend these first."


def test_the_whole_setup_has_a_finding() -> None:
    assert tables.setup_title(connected=True, things=0) == "Connected, understood and in step"
    assert tables.setup_title(connected=True, things=1) == "Connected, with 1 thing to look at"
    assert tables.setup_title(connected=False, things=4) == "The sheet cannot be reached now"


def test_what_comes_out_is_shown_beside_what_would() -> None:
    now, then = Totals(14, 36_600, 2, 0), Totals(13, 34_000, 2, 5)
    assert tables.outcome_table(now, then).to_dict("list") == {
        "What comes out": ["Practices rated", "Ratings", "Groups asked about", "Comments"],
        "Now": ["14", "about 36,600", "2", "none"],
        "With this change": ["13", "about 34,000", "2", "about 5"],
    }
    assert list(tables.outcome_table(now, None)) == ["What comes out", "Now"]


def test_favorable_may_begin_at_any_point_above_the_lowest() -> None:
    assert tables.favorable_choices(OFTEN, 1, 3) == ({2: "“Sometimes”", 3: "“Often”"}, 1)
    strict = Scale(1, 5, 5)
    assert tables.favorable_choices(strict, 1, 5) == ({2: "2", 3: "3", 4: "4", 5: "5"}, 3)
    words, place = tables.favorable_choices(strict, 0, 10)
    assert (list(words), words[10], place) == (list(range(1, 11)), "10", 6)


def test_samples_in_words_say_why_there_are_none() -> None:
    rating, words, empty = COLUMNS[2], COLUMNS[6], COLUMNS[5]
    assert tables.sample_words(rating, Sample(("Never", "Often"), 2)) == (
        "Never, Often and 2 rarer answers"
    )
    assert tables.sample_words(rating, Sample(("Never",), 0)) == "Never"
    assert tables.sample_words(rating, Sample((), 3)) == "not shown: too few gave the same"
    assert tables.sample_words(rating, None) == "none yet"
    assert tables.sample_words(words, Sample(("secret",), 0)) == "not shown"
    assert tables.sample_words(empty, None) == "none yet"


HEADER = ("Timestamp", "Your name", "Teacher's name", "Grade", "I get choices", "Anything else?")


def table(count: int) -> list[list[str]]:
    return [
        [
            f"3/{1 + i % 28}/2026 10:00:{i % 60:02}",
            f"Kim {i}",
            "Ms. Lee",
            "Grade 10" if i % 10 else "Grade 9",
            "Often" if i % 3 else "Never",
            f"I am being hurt at home by somebody {i}",
        ]
        for i in range(count)
    ]


def test_an_answer_is_shown_from_five_on_and_no_name_or_word_ever() -> None:
    answers = intake.encode(HEADER, table(41))
    feedback = intake.understand(answers, CATALOGUE)
    shown = samples(answers, feedback, 5)
    assert shown[4] == Sample(("Grade 9", "Grade 10"), 0)
    assert samples(answers, feedback, 6)[4] == Sample(("Grade 10",), 1)
    everything = repr(shown)
    assert "Kim" not in everything
    assert "hurt" not in everything
    assert "Lee" not in everything


def test_a_teacher_named_in_an_answer_is_not_shown() -> None:
    header = ["Timestamp", "Which class?"]
    rows = [
        [f"3/20/2026 10:00:{i:02}", "Ms. Lee" if i % 4 == 0 else f"Algebra {i % 2}"]
        for i in range(40)
    ]
    answers = intake.encode(header, rows)
    feedback = intake.understand(answers, CATALOGUE)
    assert feedback.columns[1].role is Role.GROUP
    assert samples(answers, feedback, 5)[2] == Sample(("Algebra 0", "Algebra 1"), 1)


def test_rows_that_do_not_count_are_in_no_sample() -> None:
    answers = intake.encode(HEADER, [*table(6), *table(6)])
    feedback = intake.understand(answers, CATALOGUE)
    assert samples(answers, feedback, 5)[5].shown == ("Often",)
    (block,) = feedback.blocks
    feedback = intake.understand(answers, CATALOGUE, left_out_blocks=[block.fingerprint])
    assert len(feedback) == 6
    assert samples(answers, feedback, 5)[5] == Sample((), 2)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["1", "2", "3", "4", "5", "x", ""]), min_size=1, max_size=60),
    st.integers(5, 12),
)
def test_no_sample_holds_an_answer_that_fewer_than_the_floor_gave(
    given_answers: list[str], floor: int
) -> None:
    answers = intake.encode(["Rate choices"], [[answer] for answer in given_answers])
    feedback = intake.understand(answers, CATALOGUE)
    for sample in samples(answers, feedback, floor).values():
        assert all(given_answers.count(answer) >= floor for answer in sample.shown)


def test_totals_are_rounded_so_that_they_count_nobody() -> None:
    answers = intake.encode(HEADER, table(41))
    feedback = intake.understand(answers, CATALOGUE)
    assert int((feedback.ratings >= 0).sum()) == 41
    march = Dates(1, "month first", date(2026, 3, 1), date(2026, 3, 28), 0)
    assert totals(feedback) == Totals(1, ratings=40, groups=1, comments=40, dates=march)
    few = intake.understand(intake.encode(HEADER, table(1)), CATALOGUE)
    assert totals(few).comments in (0, 5)
    nothing = intake.understand(intake.encode(HEADER, []), CATALOGUE)
    assert totals(nothing) == Totals()
    assert np.array_equal(nothing.ratings, np.empty((0, 0)))


def test_the_time_of_the_answers_is_said_in_days() -> None:
    now = Totals(dates=Dates(1, "month first", date(2026, 3, 4), date(2026, 5, 4), 1200))
    then = Totals(dates=Dates(1, "day first", date(2026, 4, 3), date(2026, 4, 5), 0))
    assert tables.outcome_table(now, then, dated=True).to_dict("list") == {
        "What comes out": ["First answer", "Last answer", "Dates in doubt"],
        "Now": ["Mar 4, 2026", "May 4, 2026", "1,200"],
        "With this change": ["Apr 3, 2026", "Apr 5, 2026", "none"],
    }
    nothing = tables.outcome_table(Totals(), None, dated=True)
    assert list(nothing["Now"]) == ["no date", "no date", "none"]


def test_the_order_is_asked_only_of_the_dates_that_were_read_and_can_be_read_in_two_ways() -> None:
    dated = Totals(dates=Dates(1, "mixed", None, None, 3))
    assert tables.order_question(dated, COLUMNS[0])
    assert not tables.order_question(dated, COLUMNS[1])
    assert not tables.order_question(Totals(dates=Dates(1, "", None, None, 0)), COLUMNS[0])
    assert not tables.order_question(Totals(), COLUMNS[0])
