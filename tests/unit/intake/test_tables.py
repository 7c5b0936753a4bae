"""How a form was understood, in words; and samples and totals that single out nobody."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib import intake
from lib.catalogue import CATALOGUE, FORM
from lib.intake import tables
from lib.intake.feedback import Column, Dates, Problem, Role, Scale, Standing
from lib.intake.samples import Totals, discreet, samples, totals

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
    assert tables.read_words(2560, 2612, {"blank row": 3, "did not consent": 1}, COLUMNS) == (
        "About 2,560 answers of closed waves read, 3 rows left out: blank row (3), and some that "
        "did not consent. 8 columns: 2 ratings, 1 group, 1 list of practices, 1 question for words "
        "and 3 others."
    )
    assert tables.read_words(0, 0, {}, ()) == "No answers read, none left out."


def test_how_many_did_not_consent_is_not_said() -> None:
    said = {tables.left_out_words({"did not consent": number}) for number in (1, 2, 30)}
    assert said == {"some rows left out: did not consent"}
    assert tables.left_out_words({"did not consent": 0}) == "none left out"


def test_how_many_are_in_the_open_wave_cannot_be_told_from_what_was_read() -> None:
    for closed in (0, 55):
        read = {tables.read_words(closed, closed + extra, {}, ()) for extra in (10, 13, 24)}
        assert len(read) == 1
    assert tables.columns_words(COLUMNS[2:3]) == "1 column: 1 rating"


def test_each_column_is_said_in_plain_words() -> None:
    assert [tables.holds(column, NAMES) for column in COLUMNS] == [
        "Time of the answer",
        "Who somebody is, never kept",
        "Rating of “Real choices”, favorable from “Often”, on a scale from “Never” to “Often”",
        "Rating of “A pace that fits”, favorable from 7, on a scale from 0 to 10",
        "List of practices: works",
        "Nothing yet",
        "Words of students' own",
        "Group",
    ]
    assert set(tables.ROLE_WORDS) == set(Role)


def test_a_practice_that_has_no_name_yet_is_called_in_words() -> None:
    column = Column(9, "I hear back in time", Role.RATING, "i-hear-back-in-time", OFTEN)
    assert tables.brief(column, NAMES) == (
        "Rating of “I hear back in time”, favorable from “Often”"
    )


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
            "Rating of “A pace that fits”, favorable from 7. Please check.",
            "List of practices: works",
            "Nothing yet",
            "Words of students' own",
        ],
    }
    assert tables.doubt_words(COLUMNS) == "Please check D."
    assert tables.doubt_words(COLUMNS[:3]) == "The app is in doubt about none of them."
    doubts = [Column(i, "q", Role.OTHER, confidence=0.1) for i in range(1, 12)]
    assert tables.doubt_words(doubts) == "Please check A, B, C, D, E, F, G, H and 3 more."
    assert [column.sureness for column in COLUMNS[2:7]] == [
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
    assert tables.setup_title(0, answered=True) == "Connected, understood and in step"
    assert tables.setup_title(0, answered=False) == "Connected, and no answer has come in yet"
    assert tables.setup_title(0, answered=False, form=False) == "Connected. What is next: a form"
    assert tables.setup_title(1, answered=True) == "Connected, with 1 thing to look at"
    assert tables.broken_title("sheet", passing=True) == "The sheet cannot be reached now"
    assert tables.broken_title("file", passing=False) == "The file cannot be read"


def test_before_the_first_answer_no_question_is_said_to_be_something_else() -> None:
    asked = [Column(at, f"Question {at}", Role.EMPTY) for at in (1, 2)]
    assert tables.title(asked) == "2 questions, none answered yet"
    assert tables.read_words(0, 0, {}, asked) == (
        "2 questions, none answered yet. What each one holds is told from the answers."
    )
    assert tables.doubt_words(asked) == ""
    assert tables.opening(asked).startswith("What each one holds is told from the answers")
    assert tables.opening(COLUMNS[:1]) == (
        "1 column: 1 other. **The app is in doubt about none of them.**"
    )
    assert not tables.unanswered(())
    assert not tables.unanswered(COLUMNS)


def test_what_comes_out_is_shown_beside_what_would() -> None:
    now, then = Totals(14, 2, 0), Totals(13, 2, 1)
    assert tables.outcome_table(now, then).to_dict("list") == {
        "What comes out": ["Practices rated", "Groups asked about", "Questions for words"],
        "Now": ["14", "2", "0"],
        "With this change": ["13", "2", "1"],
    }
    assert list(tables.outcome_table(now, None)) == ["What comes out", "Now"]


def test_favorable_may_begin_at_any_point_above_the_lowest() -> None:
    assert tables.favorable_choices(OFTEN, 1, 3) == ({2: "“Sometimes”", 3: "“Often”"}, 1)
    strict = Scale(1, 5, 5)
    assert tables.favorable_choices(strict, 1, 5) == ({2: "2", 3: "3", 4: "4", 5: "5"}, 3)
    words, place = tables.favorable_choices(strict, 0, 10)
    assert (list(words), words[10], place) == (list(range(1, 11)), "10", 6)


def test_the_answers_to_a_question_are_said_by_its_scale_or_by_its_common_labels() -> None:
    rating, pace, words, empty, grade = (COLUMNS[at] for at in (2, 3, 6, 5, 7))
    unsaid = "Which were chosen is a result, and not shown here"
    assert tables.answers_words(rating, ()) == f"Never, Sometimes, Often. {unsaid}"
    assert tables.answers_words(pace, ()) == f"0 to 10. {unsaid}"
    assert tables.answers_words(grade, ("Grade 9", "Grade 10")) == "Grade 9, Grade 10"
    assert tables.answers_words(grade, ()) == "not shown"
    assert tables.answers_words(words, ()) == "not shown"
    assert tables.answers_words(empty, ()) == "none yet"


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


def test_a_label_of_a_group_is_shown_from_five_on_and_no_name_or_word_ever() -> None:
    answers = intake.encode(HEADER, table(41))
    feedback = intake.understand(answers, CATALOGUE)
    assert samples(answers, feedback, 5) == {4: ("Grade 9", "Grade 10")}
    assert samples(answers, feedback, 6) == {4: ("Grade 10",)}


def test_under_thirty_answers_no_label_is_shown() -> None:
    for number, shown in ((29, ()), (30, ("Grade 10",))):
        answers = intake.encode(HEADER, table(number))
        assert samples(answers, intake.understand(answers, CATALOGUE), 5) == {4: shown}


def test_a_teacher_named_in_an_answer_is_not_shown() -> None:
    header = ["Timestamp", "Which class?"]
    rows = [
        [f"3/20/2026 10:00:{i:02}", "Ms. Lee" if i % 4 == 0 else f"Algebra {i % 2}"]
        for i in range(40)
    ]
    answers = intake.encode(header, rows)
    feedback = intake.understand(answers, CATALOGUE)
    assert feedback.columns[1].role is Role.GROUP
    assert samples(answers, feedback, 5)[2] == ("Algebra 0", "Algebra 1")


def test_rows_that_do_not_count_are_in_no_sample() -> None:
    answers = intake.encode(HEADER, [*table(20), *table(20)])
    feedback = intake.understand(answers, CATALOGUE)
    assert samples(answers, feedback, 5)[4] == ("Grade 10",)
    (block,) = feedback.blocks
    feedback = intake.understand(answers, CATALOGUE, left_out_blocks=[block.fingerprint])
    assert len(feedback) == 20
    assert samples(answers, feedback, 5)[4] == ()


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(["Red", "Blue", "Green", "Gold", ""]), min_size=1, max_size=60),
    st.integers(5, 12),
)
def test_no_sample_holds_a_label_that_fewer_than_the_floor_gave(
    given_answers: list[str], floor: int
) -> None:
    answers = intake.encode(["Which team are you in?"], [[answer] for answer in given_answers])
    feedback = intake.understand(answers, CATALOGUE)
    for shown in samples(answers, feedback, floor).values():
        assert all(given_answers.count(label) >= floor for label in shown)
        assert not shown or sum(map(bool, given_answers)) >= 30


POINTS = ("Almost never", "Once in a while", "Sometimes", "Often", "Almost always")
RATED = "My teachers explain things in more than one way"


def shown_of(header: str, given_answers: list[str], *said: intake.Correction) -> str:
    """All that Setup and Columns say of one question and its answers."""
    rows = [[f"3/{1 + i % 28}/2026 10:00:00", answer] for i, answer in enumerate(given_answers)]
    answers = intake.encode(["Timestamp", header], rows)
    feedback = intake.understand(answers, CATALOGUE, said)
    columns = discreet(answers, feedback)
    shown = samples(answers, feedback, 5).get(2, ())
    parts = [tables.holds(columns[1], {}), tables.answers_words(columns[1], shown)]
    if columns[1].scale:
        scale = columns[1].scale
        parts += tables.favorable_choices(scale, scale.low, scale.high)[0].values()
    parts += [columns[1].reason, *(problem.says for problem in feedback.problems)]
    return "\n".join(parts)


@given(
    st.lists(st.sampled_from(POINTS[:4]), min_size=1, max_size=60),
    st.sampled_from([None, Role.GROUP, Role.RATING, Role.OTHER, Role.CONSENT]),
)
@settings(max_examples=100, deadline=None)
def test_no_label_of_a_scale_is_said_unless_each_of_them_was_chosen(
    given_answers: list[str], role: Role | None
) -> None:
    said = [intake.Correction(RATED, role=role)] if role else []
    shown = shown_of(RATED, given_answers, *said)
    if set(given_answers) == set(POINTS[:4]):
        return
    for label in (*POINTS, "Never", "Rarely", "Always"):
        assert f"“{label}”" not in shown
        assert f"{label}," not in shown
    assert "different answer" not in shown


def test_all_alike_and_all_but_three_alike_read_the_same() -> None:
    alike = shown_of(RATED, ["Almost never"] * 12)
    assert alike == shown_of(RATED, ["Almost never"] * 8 + ["Often", "Sometimes", "Often", "Often"])
    assert "1 to 5" in alike


@pytest.mark.parametrize("high", [2, 3, 4, 7])
def test_trying_the_ends_of_a_scale_tells_nothing_of_the_answers(high: int) -> None:
    header = "Rate your lessons"
    said = intake.Correction(header, role=Role.RATING, low=1, high=high)
    texts = {
        shown_of(header, given_answers, said)
        for given_answers in (["1"] * 12, ["1", "2"] * 6, ["5"] * 3 + ["1"] * 9, [*"123451234512"])
    }
    assert len(texts) == 1


def test_the_labels_of_our_own_form_and_of_a_header_are_known_beforehand() -> None:
    grid = FORM.headers()[3]
    assert f"{', '.join(FORM.grid.points)}. Which" in shown_of(grid, [FORM.grid.points[0]] * 12)
    legend = "Lessons are clear (1 = never, 2 = rarely, 3 = sometimes, 4 = often, 5 = always)"
    assert "Rating" in shown_of(legend, ["2", "3"] * 6)


def test_totals_count_questions_and_nobody() -> None:
    answers = intake.encode(HEADER, table(41))
    feedback = intake.understand(answers, CATALOGUE)
    march = Dates(1, "month first", date(2026, 3, 1), date(2026, 3, 28), 0)
    assert totals(feedback) == Totals(1, groups=1, prompts=1, dates=march)
    nothing = intake.understand(intake.encode(HEADER, []), CATALOGUE)
    assert totals(nothing) == Totals()
    assert np.array_equal(nothing.ratings, np.empty((0, 0)))


def test_the_time_of_the_answers_is_said_in_days() -> None:
    now = Totals(dates=Dates(1, "month first", date(2026, 3, 4), date(2026, 5, 4), 1204))
    then = Totals(dates=Dates(1, "day first", date(2026, 4, 3), date(2026, 4, 5), 0))
    assert tables.outcome_table(now, then, dated=True).to_dict("list") == {
        "What comes out": ["First answer", "Last answer", "Dates in doubt"],
        "Now": ["Mar 4, 2026", "May 4, 2026", "about 1,200"],
        "With this change": ["Apr 3, 2026", "Apr 5, 2026", "none"],
    }
    for doubtful, said in ((1, "fewer than 10"), (9, "fewer than 10"), (10, "about 10")):
        few = Totals(dates=Dates(1, "day first", None, None, doubtful))
        assert list(tables.outcome_table(few, None, dated=True)["Now"])[-1] == said
    nothing = tables.outcome_table(Totals(), None, dated=True)
    assert list(nothing["Now"]) == ["no date", "no date", "none"]


def test_the_order_is_asked_only_of_the_dates_that_were_read_and_can_be_read_in_two_ways() -> None:
    dated = Totals(dates=Dates(1, "mixed", None, None, 3))
    assert tables.order_question(dated, COLUMNS[0])
    assert not tables.order_question(dated, COLUMNS[1])
    assert not tables.order_question(Totals(dates=Dates(1, "", None, None, 0)), COLUMNS[0])
    assert not tables.order_question(Totals(), COLUMNS[0])


NAMED = "Your name please (we never show it)"
WORDS = "What should change? Please tell us in your own words"


def labels_of(header: str, cells: list[str], *said: intake.Correction) -> tuple[str, ...]:
    """What Setup shows of one question's labels, its answers read with a person's word on it."""
    rows = [[f"3/{1 + i % 28}/2026 10:00:00", cell] for i, cell in enumerate(cells)]
    keep = intake.kept_positions(["Timestamp", header], said)
    answers = intake.encode(["Timestamp", header], rows, keep=keep)
    feedback = intake.understand(answers, CATALOGUE, said)
    return samples(answers, feedback, 5).get(2, ())


def test_names_that_a_person_calls_a_group_are_not_shown() -> None:
    said = intake.Correction(NAMED, role=Role.GROUP)
    assert labels_of(NAMED, ["Ana Ruiz", "Bo Lee"] * 20, said) == ()
    team = "Which team are you in?"
    said = intake.Correction(team, role=Role.GROUP)
    assert labels_of(team, ["Red", "Blue"] * 20, said) == ("Blue", "Red")


def test_words_that_a_person_calls_a_group_are_not_shown() -> None:
    own = [f"I would like number {i} of many other things to change here" for i in range(30)]
    cells = [*own, *["The tests are too long and they make me anxious"] * 6]
    answers = intake.encode([WORDS], [[cell] for cell in cells])
    assert intake.understand(answers, CATALOGUE).columns[0].role is Role.COMMENT
    assert labels_of(WORDS, cells, intake.Correction(WORDS, role=Role.GROUP)) == ()
