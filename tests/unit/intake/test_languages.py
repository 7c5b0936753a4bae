"""A small form in each language is read as a careful person would read it."""

import numpy as np
import pytest

from lib.intake.report import as_json
from tests.unit.intake.languages import FORMS, FRENCH, INDONESIAN, PORTUGUESE, TURKISH
from tests.unit.intake.reading import read, roles


@pytest.mark.parametrize("language", FORMS)
def test_every_column_is_found(language: str) -> None:
    form = FORMS[language]
    assert roles(read(form.header, form.rows)) == list(form.roles)


@pytest.mark.parametrize("language", FORMS)
def test_the_first_moment_shows_the_order_of_the_date(language: str) -> None:
    form = FORMS[language]
    assert as_json(read(form.header, form.rows))["first"] == form.first


@pytest.mark.parametrize("language", FORMS)
def test_no_row_is_lost(language: str) -> None:
    form = FORMS[language]
    feedback = read(form.header, form.rows)
    assert len(feedback) + sum(feedback.left_out.values()) == len(form.rows)


@pytest.mark.parametrize("language", FORMS)
def test_every_rating_answer_is_understood(language: str) -> None:
    form = FORMS[language]
    said = [problem.says for problem in read(form.header, form.rows).problems]
    assert not [says for says in said if "not on this question's scale" in says]


def test_a_refused_consent_leaves_the_row_out_and_counts_it() -> None:
    feedback = read(PORTUGUESE.header, PORTUGUESE.rows)
    assert feedback.left_out == {"did not consent": 1}
    assert 4 not in feedback.row


def test_numbers_between_labelled_ends() -> None:
    feedback = read(FRENCH.header, FRENCH.rows)
    practice = feedback.columns[3].practice
    assert practice is not None
    column = feedback.ratings[:, feedback.practices.index(practice)]
    np.testing.assert_array_equal(column, [1, 2, 3, 4, 5, 3, 4, 5])
    scale = feedback.scales[practice]
    assert (scale.favorable_from, scale.labels[0]) == (4, "Non, pas du tout")


def test_abbreviated_labels() -> None:
    feedback = read(INDONESIAN.header, INDONESIAN.rows)
    np.testing.assert_array_equal(feedback.ratings[:, 0], [5, 4, 3, 2, 1, 4, 5])


def test_noon_and_midnight_in_turkish() -> None:
    feedback = read(TURKISH.header, TURKISH.rows)
    assert [str(at)[11:] for at in feedback.at[:4]] == [
        "09:12:31",
        "13:40:02",
        "12:05:00",
        "00:01:00",
    ]


def test_one_label_in_several_spellings_is_one_group() -> None:
    assert read(TURKISH.header, TURKISH.rows).groups["Cinsiyetiniz"].labels == ("Erkek", "Kadın")
    assert read(INDONESIAN.header, INDONESIAN.rows).groups["Jenis Kelamin"].labels == (
        "Laki-laki",
        "Perempuan",
    )
