"""The shapes that real exports have: one small made-up form for each."""

import numpy as np

from lib.catalogue import CATALOGUE
from lib.intake import encode, practice_names, understand
from lib.intake.feedback import MISSING, Standing
from lib.intake.report import as_json
from tests.unit.intake.reading import read, roles, said

_DAYS = [f"3/{day}/2023 9:00:00" for day in range(13, 31)]


def _points(feedback, column: int) -> list[int]:  # type: ignore[no-untyped-def]
    practice = feedback.columns[column].practice
    return feedback.ratings[:, feedback.practices.index(practice)].tolist()


def test_blank_records_and_the_header_in_the_middle_are_left_out_and_counted() -> None:
    header = ["Timestamp", "Lessons are calm", "Comments"]
    rows = [
        [_DAYS[0], "4", "we had time to think"],
        ["", "", ""],
        [" ", "\u00a0", None],
        [],
        ["Timestamp", "Lessons are calm", "Comments"],
        [_DAYS[1], "5", ""],
    ]
    feedback = read(header, rows)
    assert feedback.left_out == {"blank row": 3, "the header again": 1}
    assert feedback.row.tolist() == [2, 7]
    assert _points(feedback, 1) == [4, 5]


def test_a_pasted_block_is_named_with_its_rows_and_stays() -> None:
    header = ["Timestamp", "Lessons are calm", "I get help"]
    block = [[_DAYS[i], str(1 + i % 5), str(5 - i % 3)] for i in range(4)]
    other = [[_DAYS[5], "3", "3"]]
    answers = encode(header, [*block, *other, *block, *block])
    feedback = understand(answers, CATALOGUE)
    assert len(feedback) == 13
    assert "Rows 7 to 10 repeat the rows from 2 on" in said(feedback)
    assert "Rows 11 to 14 repeat the rows from 2 on" in said(feedback)
    once, again = (block.fingerprint for block in feedback.blocks)
    without = understand(answers, CATALOGUE, left_out_blocks=[once, again])
    assert len(without) == 5
    assert without.left_out == {"block left out by a person": 8}
    assert "repeat the rows" not in said(without)


def test_equal_answers_one_after_the_other_are_no_block() -> None:
    header = ["Lessons are calm", "I get help"]
    feedback = read(header, [["5", "5"]] * 30 + [["3", "4"]] * 4)
    assert "repeat the rows" not in said(feedback)


def test_no_timestamp_at_all() -> None:
    feedback = read(["Lessons are calm", "Comments"], [["4", "quiet corners help"], ["5", ""]])
    assert np.isnat(feedback.at).all()
    assert as_json(feedback)["first"] is None
    assert "answers cannot be put into waves" in said(feedback)


def test_a_timestamp_nobody_can_read_keeps_its_row() -> None:
    rows = [[_DAYS[0], "4"], ["last Tuesday", "5"], [_DAYS[1], "3"], [None, "2"]]
    feedback = read(["Timestamp", "Lessons are calm"], rows)
    assert len(feedback) == 4
    assert np.isnat(feedback.at).tolist() == [False, True, False, True]
    places = {(p.row, p.column) for p in feedback.problems}
    assert {(3, 1), (5, 1)} <= places


def test_several_scales_in_one_form() -> None:
    header = ["Timestamp", "I get help", "Rate 0-4", "Pace", "Would you recommend us (0-10)?"]
    pairs = zip("15243", "04213", "71536", ["10", "0", "7", "9", "3"], strict=True)
    rows = [[day, *answers] for day, answers in zip(_DAYS, pairs, strict=False)]
    feedback = read(header, rows)
    assert roles(feedback) == [
        "timestamp", "rating 1-5", "rating 0-4", "rating 1-7", "rating 0-10",
    ]  # fmt: skip
    scales = [c.scale.favorable_from for c in feedback.columns if c.scale]
    assert scales == [4, 3, 5, 7]
    assert "favorable from 5" in feedback.columns[3].reason


def test_a_scale_whose_lower_points_nobody_chose_takes_them_from_its_neighbors() -> None:
    rows = [["3", "5", "4"], ["4", "1", "4"], ["4", "3", "3"], ["3", "2", "4"]]
    feedback = read(["I get help", "Lessons are calm", "We talk"], rows)
    assert roles(feedback) == ["rating 1-5"] * 3
    assert "as in the questions beside it" in feedback.columns[0].reason


def test_a_scale_that_nothing_settles_is_a_doubt() -> None:
    feedback = read(["I get help", "Comments"], [["3", "ok then"], ["2", ""], ["3", ""]])
    assert roles(feedback)[0] == "rating 1-5"
    assert "taken to run from 1 to 5" in said(feedback)


def test_reversed_numbers_are_turned_around_and_said() -> None:
    header = ["I get help (1 = strongly agree, 5 = strongly disagree)", "Lessons are calm"]
    feedback = read(header, [["1", "5"], ["5", "1"], ["2", "4"], ["3", "3"]])
    assert _points(feedback, 0) == [5, 1, 4, 3]
    assert "turned around" in said(feedback)


def test_points_below_zero_are_counted_from_one() -> None:
    header = ["I get help", "Lessons are calm"]
    feedback = read(header, [["-2", "2"], ["-1", "0"], ["0", "1"], ["1", "-1"], ["2", "-2"]])
    assert _points(feedback, 0) == [1, 2, 3, 4, 5]
    assert feedback.scales[feedback.practices[0]].labels == ("-2", "-1", "0", "1", "2")


def test_numbered_and_bilingual_labels() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm"]
    rows = [
        [_DAYS[0], "5 - Strongly agree", "Always / Siempre"],
        [_DAYS[1], "1 - Strongly disagree", "Never / Nunca"],
        [_DAYS[2], "3 - Neutral", "Sometimes / A veces"],
        [_DAYS[3], "4 - Agree", "Often / A menudo"],
        [_DAYS[4], "2 - Disagree", "Rarely / Rara vez"],
    ]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5"]
    assert _points(feedback, 1) == [5, 1, 3, 4, 2]
    assert _points(feedback, 2) == [5, 1, 3, 4, 2]


def test_labels_that_share_a_word_in_words_no_list_knows() -> None:
    header = ["Timestamp", "How noisy is your class?"]
    labels = ["Very noisy", "Somewhat noisy", "Not noisy at all", "Somewhat noisy", "Very noisy"]
    feedback = read(header, [[d, a] for d, a in zip(_DAYS, labels, strict=False)])
    assert _points(feedback, 1) == [3, 2, 1, 2, 3]


def test_doesnt_apply_is_no_answer_and_no_problem() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm"]
    rows = [[_DAYS[0], "Often", "N/A"], [_DAYS[1], "Doesn't apply", "3"], [_DAYS[2], "Never", "5"]]
    rows += [[_DAYS[3], "Always", "1"], [_DAYS[4], "Rarely", "2"], [_DAYS[5], "Sometimes", "4"]]
    feedback = read(header, rows)
    assert _points(feedback, 1) == [4, MISSING, 1, 5, 2, 3]
    assert _points(feedback, 2) == [MISSING, 3, 5, 1, 2, 4]
    assert feedback.problems == ()


def test_an_answer_off_the_scale_is_not_counted_and_named_by_row() -> None:
    header = ["Timestamp", "I get help"]
    rows = [[day, str(1 + i % 5)] for i, day in enumerate(_DAYS)] + [["4/1/2023 9:00:00", "4.5"]]
    feedback = read(header, rows)
    assert _points(feedback, 1)[-1] == MISSING
    problem = next(p for p in feedback.problems if "not on this question's scale" in p.says)
    assert (problem.row, problem.column) == (20, 2)
    assert "4.5" not in problem.says


def test_a_question_added_again_goes_on_and_its_answers_belong_together() -> None:
    header = ["Timestamp", "I get help", "Grade", "I get help", "Grade"]
    rows = [[_DAYS[i], str(1 + i), "9", "", ""] for i in range(5)]
    rows += [[_DAYS[5 + i], "", "", str(5 - i), "10"] for i in range(5)]
    feedback = read(header, rows)
    assert feedback.practices == ("i-get-help",)
    assert feedback.ratings[:, 0].tolist() == [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]
    assert feedback.groups["Grade"].labels == ("9", "10")
    assert (feedback.groups["Grade"].codes >= 0).all()
    assert "their answers were put together" in said(feedback)


def test_equal_headers_where_position_gives_the_meaning_stay_apart() -> None:
    header = ["Timestamp", *["How was it?", "Why?"] * 3]
    rows = [
        [_DAYS[i], *[str(1 + (i + j) % 5), "because it helps me"][:2] * 3]
        for i, j in zip(range(6), range(6), strict=True)
    ]
    feedback = read(header, rows)
    assert feedback.practices == ("how-was-it", "how-was-it-2", "how-was-it-3")
    names = practice_names(feedback, CATALOGUE)
    assert list(names.values()) == ["How was it?", "How was it? (2)", "How was it? (3)"]
    assert "kept apart" in said(feedback)


def test_a_hundred_and_ninety_equal_headers() -> None:
    header = ["Timestamp", *["Rate the station"] * 190]
    rows = [[_DAYS[i], *[str(1 + (i + j) % 5) for j in range(190)]] for i in range(6)]
    feedback = read(header, rows)
    assert len(set(feedback.practices)) == 190
    assert (feedback.ratings != MISSING).sum() == 6 * 190
    assert len(feedback.problems) < 5


def test_headers_with_line_breaks_and_odd_spaces() -> None:
    header = ["Timestamp", "  I get\r\nhelp\u00a0when I ask \u200b"]
    feedback = read(header, [[day, str(1 + i % 5)] for i, day in enumerate(_DAYS)])
    assert feedback.columns[1].header == "I get help when I ask"


def test_blank_headers_over_real_answers() -> None:
    header = ["Timestamp", "", "Comments"]
    rows = [[day, str(1 + i % 5), f"thought number {i} about class"] for i, day in enumerate(_DAYS)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "comment"]
    assert feedback.practices == ("column-2",)
    assert practice_names(feedback, CATALOGUE) == {"column-2": "Column 2"}
    assert "has answers but no header" in said(feedback)


def test_answers_to_the_right_of_the_last_header() -> None:
    feedback = read(["Timestamp"], [[day, str(1 + i % 5)] for i, day in enumerate(_DAYS)])
    assert roles(feedback) == ["timestamp", "rating 1-5"]


def test_columns_nobody_answered_and_leaders_own_notes() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm", "Follow-up", "Status", ""]
    rows = [[day, str(1 + i % 5), "", "", "", ""] for i, day in enumerate(_DAYS)]
    rows[3][3:] = ["talked with the class", "done", "ask again"]
    rows[9][3:] = ["see me", "open", ""]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "empty", "note", "note", "note"]
    assert len(feedback.comments) == 0


def test_a_question_added_in_mid_year_is_no_note() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm"]
    rows = [[day, str(1 + i % 5), "" if i < 12 else str(5 - i % 5)] for i, day in enumerate(_DAYS)]
    assert roles(read(header, rows)) == ["timestamp", "rating 1-5", "rating 1-5"]


def test_a_reworded_practice_is_taken_for_it_and_said() -> None:
    header = ["Timestamp", "I can redo my work after I learn from mistakes"]
    feedback = read(header, [[day, str(1 + i % 5)] for i, day in enumerate(_DAYS)])
    assert feedback.practices == ("retry",)
    assert "almost like a practice of the catalogue" in said(feedback)


def test_several_choices_in_one_cell_are_no_comment() -> None:
    header = ["Timestamp", "Which of these did you use? (pick all)", "I get help"]
    lists = ["Books, paper; and pens", "Laptop", "Laptop, Phone", "Phone, Books, paper", "Phone"]
    rows = [[day, lists[i % 5], str(1 + i % 5)] for i, day in enumerate(_DAYS)]
    assert roles(read(header, rows)) == ["timestamp", "other", "rating 1-5"]


def test_pick_lists_of_practices_with_commas_in_their_labels() -> None:
    header = ["Timestamp", "[I get help, fast]", "Lessons are calm", "What works best for you?"]
    lists = [
        "I get help, fast, Lessons are calm",
        "Lessons are calm",
        "I get help, fast; Real choices",
    ]
    rows = [[_DAYS[i], str(1 + i % 5), str(5 - i % 5), lists[i % 3]] for i in range(9)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5", "standing"]
    assert feedback.practices == ("i-get-help-fast", "lessons-are-calm", "choice")
    assert feedback.standings[:3].tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 1]]
    assert feedback.standing_asked == frozenset({Standing.WORKS})
    assert feedback.problems == ()


def test_one_label_in_several_cases_accents_and_languages() -> None:
    header = ["Timestamp", "Género", "Program", "I get help"]
    genders = ["Mujer", "mujer", "Female", "Hombre", "MUJER", "Male / Hombre"]
    programs = ["Educación", "Educacion", "EDUCACIÓN", "Arts", "arts ", "Arts."]
    rows = [[_DAYS[i], genders[i % 6], programs[i % 6], str(1 + i % 5)] for i in range(18)]
    feedback = read(header, rows)
    assert feedback.groups["Género"].labels == ("Hombre", "Mujer")
    assert feedback.groups["Program"].labels == ("Arts", "Educación")
    assert "spellings of the same label" in said(feedback)


def test_labels_that_only_differ_by_their_accents_stay_apart() -> None:
    header = ["Timestamp", "Tỉnh", "I get help"]
    rows = [[_DAYS[i], ("Tôi", "Tối")[i % 2], str(1 + i % 5)] for i in range(10)]
    assert read(header, rows).groups["Tỉnh"].labels == ("Tôi", "Tối")


def test_adults_and_students_in_one_form() -> None:
    header = ["Timestamp", "Who is filling in this form?", "I get help"]
    people = ["Student", "Student", "Teacher", "Parent", "student"]
    rows = [[_DAYS[i], people[i % 5], str(1 + i % 5)] for i in range(10)]
    assert "Adults and students both answered this form" in said(read(header, rows))


def test_consent_in_sentences() -> None:
    header = ["Timestamp", "Do you consent to take part in this survey?", "I get help"]
    answers = ["Yes, I agree to take part", "No, I do not agree", "Yes, I agree to take part", "Hm"]
    rows = [[_DAYS[i], answers[i % 4], str(1 + i % 5)] for i in range(8)]
    feedback = read(header, rows)
    assert len(feedback) == 6
    assert feedback.left_out == {"did not consent": 2}
    assert "neither a yes nor a no" in said(feedback)


def test_yes_or_no_is_a_rating_only_where_teaching_is_judged_and_else_a_doubt() -> None:
    header = ["Timestamp", "Do you own a laptop?", "Does your teacher explain well?"]
    rows = [[_DAYS[i], ("Yes", "No")[i % 2], ("No", "Yes", "Sometimes")[i % 3]] for i in range(9)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "other", "rating 1-3"]
    assert feedback.columns[2].scale is not None
    assert feedback.columns[2].scale.labels == ("No", "Sometimes", "Yes")
    assert "Questions answered yes or no were not taken for ratings" in said(feedback)


def test_counts_and_codes_are_no_ratings() -> None:
    header = ["Timestamp", "How many hours do you study?", "course code", "I get help", "Age"]
    rows = [
        [_DAYS[i], str(1 + i % 4), str(1 + i % 3), str(1 + i % 5), str(13 + i % 4)]
        for i in range(12)
    ]
    assert roles(read(header, rows)) == ["timestamp", "other", "group", "rating 1-5", "group"] or (
        roles(read(header, rows)) == ["timestamp", "other", "other", "rating 1-5", "group"]
    )


def test_comment_prompts_know_their_standing() -> None:
    header = [
        "Timestamp",
        "What do you like most about class?",
        "What should we improve?",
        "What used to help that we do not do any more?",
        "Anything else?",
    ]
    rows = [
        [
            day,
            f"I like idea {i} very much",
            f"please change thing {i} for us",
            f"we used to do thing {i} on Fridays",
            f"nothing more from me than {i}",
        ]
        for i, day in enumerate(_DAYS)
    ]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "comment", "comment", "comment", "comment"]
    assert [c.standing for c in feedback.columns[1:]] == [
        Standing.WORKS, Standing.ISNT_WORKING, Standing.USED_TO_WORK, None,
    ]  # fmt: skip
    assert len(feedback.comments) == 4 * len(_DAYS)


def test_a_grid_is_read_as_one() -> None:
    header = ["Timestamp", "How is it? [Noise]", "How is it? [Light]", "How is it? [Food]"]
    rows = [
        [_DAYS[0], "Very good", "Good", "Very good"],
        [_DAYS[1], "Bad", "Good", "N/A"],
        [_DAYS[2], "Average", "Good", "Very good"],
        [_DAYS[3], "Very bad", "Good", "Very good"],
    ]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5", "rating 1-5"]
    assert feedback.ratings.tolist() == [[5, 4, 5], [2, 4, MISSING], [3, 4, 5], [1, 4, 5]]


def test_a_point_that_nobody_chose_here_is_found_in_the_questions_beside() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm"]
    five = ["Strongly agree", "Agree", "Neutral", "Disagree", "Strongly disagree"]
    rows = [[_DAYS[i % 18], five[i % 5], five[i % 4]] for i in range(40)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5"]
    assert feedback.columns[2].scale == feedback.columns[1].scale
    assert feedback.problems == ()


def test_a_count_among_ratings_is_a_rating_and_a_doubt() -> None:
    header = ["Timestamp", "I get help", "Number of tasks that fit me", "Lessons are calm"]
    rows = [[_DAYS[i], str(1 + i % 5), str(1 + i % 5), str(5 - i % 5)] for i in range(10)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5", "rating 1-5"]
    assert "seems to ask for a number of something" in said(feedback)


def test_letters_that_the_header_explains() -> None:
    header = ["Timestamp", "How often? N- Never S- Sometimes A- Always"]
    feedback = read(header, [[_DAYS[i], "NSA"[i % 3]] for i in range(9)])
    assert roles(feedback) == ["timestamp", "rating 1-3"]
    assert _points(feedback, 1)[:3] == [1, 2, 3]


def test_several_questions_with_labels_in_no_known_order_are_a_doubt() -> None:
    header = ["Timestamp", "Math", "Art", "Music"]
    colors = ["Teal", "Ochre", "Mauve"]
    rows = [[_DAYS[i], colors[i % 3], colors[(i + 1) % 3], colors[i % 3]] for i in range(9)]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "other", "other", "other"]
    assert "share one set of labels that no known scale has" in said(feedback)


def test_two_labels_that_mean_the_same_are_a_doubt() -> None:
    header = ["Timestamp", "I get help"]
    labels = ["Never", "Rarely", "Often", "Frequently", "Always"]
    feedback = read(header, [[_DAYS[i], labels[i % 5]] for i in range(15)])
    assert "Two different labels were read as one and the same point" in said(feedback)


def test_zeros_for_no_answer_beside_scales_from_one() -> None:
    header = ["Timestamp", "I get help", "Lessons are calm", "We talk"]
    rows = [
        [_DAYS[i], str(1 + i % 5), str(5 - i % 5), "0" if i == 4 else str(1 + i % 5)]
        for i in range(15)
    ]
    feedback = read(header, rows)
    assert roles(feedback) == ["timestamp", "rating 1-5", "rating 1-5", "rating 1-5"]
    assert _points(feedback, 3)[4] == MISSING
    assert "taken for “no answer”" in said(feedback)
