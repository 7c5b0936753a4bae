"""Shapes met in exports that nobody here wrote, each made up again in a few rows of our own."""

import numpy as np
import pytest

from lib.intake.report import as_json
from tests.unit.intake.reading import read, roles, said, texts

_DAYS = [f"3/{day}/2023 9:00:00" for day in range(13, 29)]
_CLOCK = "9:15:20"


def _role(header: str, answers: list[str], beside: list[list[str]] | None = None) -> str:
    """The role of one column of a small form, between a timestamp and other columns."""
    columns = [[_DAYS[i % 16] for i in range(len(answers))], answers, *(beside or [])]
    headers = ["Timestamp", header, *(f"Other {i}" for i in range(len(beside or [])))]
    return roles(read(headers, [list(row) for row in zip(*columns, strict=True)]))[1]


# Who somebody is


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("studentId", ["ST0017", "ST0018", "ST0014", "ST0007"]),
        ("userId", ["881", "882", "883", "884"]),
        ("ID de usuario", ["3476", "3477", "3481", "3486"]),
        ("Nro. de encuesta", ["1", "2", "3", "4"]),
        ("Encuestador", ["ana ruiz", "ana ruiz", "luis vega", "luis vega"]),
        ("Enquêteur", ["Awa Ndoye", "Awa Ndoye", "Malick Sarr", "Awa Ndoye"]),
        ("Nama Pewawancara", ["Sari Dewi", "Sari Dewi", "Budi Hartono", "Budi Hartono"]),
        ("Dirección de la vivienda", ["Los Sauces 12", "Los Sauces 14", "El Roble 3", "Olmo 9"]),
        ("What is the tutor's mother's name?", ["Rosa Lima", "Ines Prado", "Vera Sol", "Ada Kim"]),
        ("Qui êtes-vous ?", ["Élodie", "Bastien Roux", "Maxime", "Noémie"]),
        ("Pages", [f"https://www.linkedin.com/in/pupil-{i}" for i in range(4)]),
        ("Anything we can link to?", [f"instagram.com/pupil.{i}" for i in range(4)]),
    ],
)
def test_an_identity_is_kept_nowhere(header: str, answers: list[str]) -> None:
    rows = [[day, a, "4"] for day, a in zip(_DAYS, answers, strict=False)]
    feedback = read(["Timestamp", header, "Lessons are calm"], rows)
    assert roles(feedback)[1] == "identity"
    held = "\n".join(texts(feedback))
    assert not [answer for answer in answers if len(answer) > 4 and answer in held]


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Who are you?", ["Student", "Parent", "Teacher", "Student"] * 3),
        ("Qui êtes-vous ?", ["Élève", "Parent", "Professeur", "Élève"] * 3),
    ],
)
def test_what_somebody_is_stays_a_group(header: str, answers: list[str]) -> None:
    assert _role(header, answers) == "group"


# Numbers that rate nothing


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Subjects taken this year", ["10", "12", "8", "9", "12", "11", "7", "10"]),
        ("Sleep_Hours", ["8", "5", "7.5", "6", "9", "6.5", "7", "8"]),
        ("Horas de estudio", ["3", "5", "2", "4", "1", "5", "4", "2"]),
        ("Berapa durasi tidur Anda tiap harinya? (jam)", ["6", "5", "7", "8", "4", "9", "7", "6"]),
        ("De las personas, indique cuántas trabajan: [En casa]", ["0", "1", "2", "0", "3", "1"]),
    ],
)
def test_a_count_is_no_rating(header: str, answers: list[str]) -> None:
    assert _role(header, answers) == "other"


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Grade", ["7", "8", "9", "10", "11", "12", "9", "8"]),
        ("What grade are you in?", ["1", "2", "3", "4", "5", "3", "2", "1"]),
        ('Semester saat ini (contoh: "3")', ["1", "3", "5", "7", "8", "2", "3", "5"]),
        ("Bagaimana tingkat pendapatan keluarga?", ["Rendah", "Menengah", "Tinggi"] * 3),
    ],
)
def test_a_grade_is_a_group_and_no_rating(header: str, answers: list[str]) -> None:
    assert _role(header, answers) == "group"


@pytest.mark.parametrize(
    "header",
    [
        "How satisfied are you with your program?",
        "How much do you agree that your major prepares you?",
        "¿Qué tan satisfecho estás con tu carrera, en qué año sea?",
        "Comment évaluez-vous votre formation ?",
        "Seberapa puas Anda dengan kelas berapa pun?",
        "Your program prepares you for work",
        "Votre formation vous prépare au travail",
        "Sua escola escuta você",
        "My teacher knows each student's name",
        "The duration of the lesson is right",
    ],
)
def test_a_judgment_of_a_group_is_a_rating(header: str) -> None:
    assert _role(header, ["1", "5", "3", "4", "2", "5", "4"]) == "rating 1-5"


def test_yes_and_no_under_words_of_a_group_tell_of_no_group() -> None:
    header = "¿Conoces las áreas de trabajo de la carrera que estás cursando?"
    assert _role(header, ["Sí", "No", "Sí", "Sí", "No", "Sí"]) == "other"


# Scales of words


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (
            ["Totalmente acuerdo", "Acuerdo", "Neutral", "Desacuerdo", "Totalmente desacuerdo"],
            "rating 1-5",
        ),
        (
            ["Very frequently", "Somewhat frequently", "Occasionally", "Somewhat infrequently",
             "Very infrequently"],
            "rating 1-5",
        ),
        (["Fácil", "Moderada", "Difícil"], "rating 1-3"),
        (["per nulla", "poco", "abbastanza", "molto"], "rating 1-4"),
        (["Stimme gar nicht zu", "Stimme eher nicht zu", "Stimme eher zu", "Stimme voll zu"],
         "rating 1-4"),
        (["Sem necessidade", "Pouco relevante", "Relevante", "Muito relevante"], "rating 1-4"),
    ],
)  # fmt: skip
def test_labels_of_a_scale(answers: list[str], expected: str) -> None:
    assert _role("Lessons are calm", answers * 12) == expected


@pytest.mark.parametrize(
    "answers",
    [
        ["Pernah", "Tidak pernah", "Pernah", "Pernah"],
        ["Sudah", "Belum", "Sudah", "Belum"],
    ],
)
def test_ever_and_never_is_a_yes_and_a_no(answers: list[str]) -> None:
    assert _role("Anda memakai ruang baca sekolah", answers * 3) == "other"


def test_a_scale_of_which_two_labels_are_unknown_is_not_guessed() -> None:
    answers = ["Good"] * 20 + ["Poor"] * 14 + ["Fair"] * 6 + ["Zesty"] * 4 + ["Plain"] * 4
    assert not _role("How was the soup and the bread at school today?", answers).startswith("rat")


def test_one_long_label_beside_a_numbered_scale_says_that_it_does_not_apply() -> None:
    answers = ["4 (good)", "5 (very good)", "3 (average)", "2 (bad)"] * 5
    answers += ["I never met the tutor of this class"] * 8
    assert _role("Which mark would you give your tutor for the help?", answers) == "rating 1-5"


def test_numbers_whose_words_run_the_other_way_are_turned_around() -> None:
    rows = [
        ["1 - Strongly agree"], ["5 - Strongly disagree"], ["2 - Agree"], ["3 - Neutral"],
        ["4 - Disagree"],
    ]  # fmt: skip
    feedback = read(["Lessons are calm", "x"], [[*row, ""] for row in rows])
    np.testing.assert_array_equal(feedback.ratings[:, 0], [5, 1, 4, 3, 2])
    assert "The answers say that 1 is the best answer here" in said(feedback)


def test_numbers_in_brackets_that_became_negative() -> None:
    rows = [["(5) more"], ["-2"], ["-3"], ["(1) less"], ["-4"]]
    feedback = read(["Topics you want [Drama]", "x"], [[*row, ""] for row in rows])
    assert roles(feedback)[0] == "rating 1-5"
    np.testing.assert_array_equal(feedback.ratings[:, 0], [5, 2, 3, 1, 4])


# Words


def test_a_choice_among_long_labels_is_no_comment() -> None:
    answers = ["Employed, please go on to the next page"] * 20
    answers += ["At school, please go on to the page after it"] * 9
    answers += ["Neither, please stop here and thank you", "I help my aunt in her shop on Sundays"]
    assert _role("What do you do during the week?", answers) == "other"


def test_choices_joined_by_semicolons_may_hold_commas() -> None:
    films = ["The Owl, the Hat and I", "Rain", "Seven Boats (2010)", "Two, three, four", "Old Oak"]
    answers = [";".join([*films[i % 5 :], *films[: i % 3]]) for i in range(15)]
    assert _role("Which of these films do you like to watch and why?", answers) == "other"


def test_comments_are_still_found_where_nearly_all_say_no() -> None:
    answers = ["no", "No", "no", "more time to read in the morning would be good"]
    assert _role("Any comments?", answers) == "comment"


def test_yes_and_no_under_difficulties_is_no_comment() -> None:
    assert _role("¿Asistes sin dificultades?", ["Sí", "Sí", "Sí", "A veces", "Sí"]) == "other"


# The first row and the dates


def test_a_table_without_questions_loses_no_row_and_is_said() -> None:
    header = ["2023-03-13 09:00:01", "North", "5", "1", "1", "1"]
    rows = [[f"2023-03-13 09:00:0{i}", "North", "5", "1", "1", "1"] for i in range(2, 8)]
    feedback = read(header, rows)
    assert (len(feedback), feedback.left_out) == (6, {})
    assert (1, None) in {(p.row, p.column) for p in feedback.problems}
    assert "The first row looks like an answer" in said(feedback)


def test_questions_that_are_numbers_are_questions() -> None:
    rows = [[day, "4", "5", "3"] for day in _DAYS[:6]]
    feedback = read(["Timestamp", "1", "2", "3"], [*rows, ["Timestamp", "1", "2", "3"]])
    assert feedback.left_out == {"the header again": 1}
    assert "looks like an answer" not in said(feedback)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["4/7/2023", "5/7/2023", "6/7/2023"], "2023-07-04T09:15:20"),
        (["7/4/2023", "7/5/2023", "7/6/2023"], "2023-07-04T09:15:20"),
        (["8/06/2023", "8/06/2023"], "2023-06-08T09:15:20"),
        (["8/6/2023", "8/6/2023"], "2023-08-06T09:15:20"),
    ],
)
def test_dates_that_leave_the_order_open_are_read_the_likelier_way_and_said(
    dates: list[str], first: str
) -> None:
    rows = [[f"{date} {_CLOCK}", "4"] for date in dates]
    feedback = read(["Timestamp", "Lessons are calm"], rows)
    assert as_json(feedback)["first"] == first
    assert "shows whether the day or the month comes first" in said(feedback)
