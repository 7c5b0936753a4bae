"""The catalogue and the form's shape: what Google Forms and a twelve-year-old need of them."""

import re
from itertools import chain

import pytest

from lib.catalogue import BY_ID, CATALOGUE, FORM, Choice, called
from lib.intake.feedback import Standing


def syllables(word: str) -> int:
    """Vowel groups, without a silent final e: the usual estimate."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith("le") and groups > 1
    return max(1, groups - silent)


def school_grade(text: str) -> float:
    """Flesch-Kincaid grade level (Kincaid et al. 1975)."""
    words = re.findall(r"[A-Za-z'-]+", text)
    sentences = len(re.findall(r"[.!?]+", text))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_grade_level_of_two_known_sentences() -> None:
    assert school_grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert school_grade("Institutional accountability necessitates documentation.") > 20


def test_there_are_fourteen_practices_with_unique_ids_names_and_statements() -> None:
    assert len(CATALOGUE) == 14
    assert len(BY_ID) == 14
    assert len({practice.name.casefold() for practice in CATALOGUE}) == 14
    assert len({practice.statement.casefold() for practice in CATALOGUE}) == 14


def test_practice_ids_are_stable() -> None:
    # Sheets in schools refer to these: adding one is fine, changing one is not.
    assert {*BY_ID} == {
        *("goals", "explain", "feedback", "retry", "choice", "pace", "reallife"),
        *("stretch", "talk", "handson", "listen", "respect", "notice", "calm"),
    }


def test_labels_survive_a_checkbox_cell_and_a_grid_header() -> None:
    labels = chain(
        (practice.name for practice in CATALOGUE),
        (practice.statement for practice in CATALOGUE),
        *(question.options for question in (*FORM.groups, *FORM.pick_lists, *FORM.trust)),
        FORM.followup.options,
        FORM.grid.points,
    )
    for label in labels:
        assert not set(",;[]\n") & set(label), label
        assert label == " ".join(label.split())


@pytest.mark.parametrize("practice", CATALOGUE, ids=lambda practice: practice.practice_id)
def test_a_twelve_year_old_can_read_each_statement(practice) -> None:
    assert school_grade(practice.statement) <= 6
    assert practice.statement.endswith(".")
    assert len(practice.statement) <= 60


def test_the_notice_is_easy_to_read_and_says_that_nobody_watches() -> None:
    assert school_grade(FORM.notice) <= 6
    assert "Nobody reads these answers as they come in." in FORM.notice


def test_every_practice_says_what_it_looks_like_and_what_to_do_on_monday() -> None:
    for practice in CATALOGUE:
        assert len(practice.looks_like) == 2
        for text in (*practice.looks_like, practice.monday_move):
            assert text.endswith(".")
            assert "\n" not in text


def test_the_scale_of_the_grid() -> None:
    assert FORM.grid.points == (
        *("Almost never", "Once in a while", "Sometimes", "Often", "Almost always"),
    )
    assert FORM.grid.not_applicable == "Doesn't apply"
    assert FORM.grid.rows == tuple(practice.statement for practice in CATALOGUE)


def test_the_pick_lists_cover_the_three_standings_and_all_practices() -> None:
    assert [pick_list.standing for pick_list in FORM.pick_lists] == [*Standing]
    for pick_list in FORM.pick_lists:
        assert pick_list.options == tuple(practice.name for practice in CATALOGUE)
        assert pick_list.at_most == 3
    assert {prompt.standing for prompt in FORM.prompts} <= {*Standing}


def test_the_trust_questions_agree_on_one_scale_of_five() -> None:
    assert [question.title for question in FORM.trust] == [
        "I felt OK answering honestly",
        "Adults here will use this",
    ]
    assert {len(question.options) for question in FORM.trust} == {5}


def test_the_group_questions_must_be_answered() -> None:
    # A blank would be one more group, and a very small one.
    assert all(question.required for question in FORM.groups)
    assert not any(question.required for question in FORM.trust)
    assert FORM.groups[0] == Choice(
        "Grade", tuple(f"Grade {grade}" for grade in (6, 7, 8, 9, 10, 11, 12)), required=True
    )


def test_headers_are_those_of_google_forms() -> None:
    headers = FORM.headers(["mark drafts.", "open the lab"])
    assert headers[:4] == (
        "Timestamp",
        "Grade",
        "Program",
        "How often is this true in your classes? "
        "[I can say in my own words what the lesson is for.]",
    )
    assert headers[-2:] == (
        "We said we would mark drafts: did it change?",
        "We said we would open the lab: did it change?",
    )
    assert len(headers) == len(set(headers)) == 1 + 2 + 14 + 3 + 2 + 2 + 2
    assert headers[:-2] == FORM.headers()


@pytest.mark.parametrize(
    ("practice", "name"),
    [
        ("calm", "Quiet corners"),
        ("pace", "A pace that fits (no longer asked)"),
        ("calm-time", "Calm time (no longer asked)"),
        ("i-can-ask-for-help", "I can ask for help (no longer asked)"),
    ],
)
def test_a_practice_in_no_list_is_called_as_it_was_or_by_the_words_of_its_id(
    practice: str, name: str
) -> None:
    assert called(practice, {"calm": "Quiet corners"}) == name
