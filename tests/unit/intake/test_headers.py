"""Headers: grids taken apart, names taken out, scales and legends found."""

import pytest

from lib.intake.headers import hinted_range, legend, read_headers, without_names, without_numbering


def _shown(*cells: str) -> list[str]:
    return [header.shown for header in read_headers(cells)]


def test_a_grid_is_a_question_and_a_row() -> None:
    (header,) = read_headers(["How often is\nthis true? [ I get help ]"])
    assert (header.question, header.row) == ("How often is this true?", "I get help")
    assert header.asks == "I get help"


def test_brackets_that_only_state_a_scale_are_no_grid() -> None:
    (header,) = read_headers(["Rate the pace [1-5]"])
    assert header.row is None


def test_equal_headers_are_counted_from_the_left() -> None:
    assert [h.ordinal for h in read_headers(["a", "b", "a", " a ", None, ""])] == [1, 1, 2, 3, 1, 2]


@pytest.mark.parametrize(
    ("text", "rest"),
    [("12. I get help", "I get help"), ("Q3) Pace", "Pace"), ("1.2 - Pace", "Pace"),
     ("2023 was fine", "2023 was fine"), ("5.", "5.")],
)  # fmt: skip
def test_numbering(text: str, rest: str) -> None:
    assert without_numbering(text) == rest


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Ms. Lee explains clearly", "explains clearly"),
        ("How clear is Mr. John O'Neil?", "How clear is"),
        ("Rate Dr. Ana María Pérez Solís on pace", "Rate Solís on pace"),
        ("¿La Profa. Ana Souza explica bien?", "¿La explica bien?"),
        ("Ayşe Hoca dersi iyi anlatır", "dersi iyi anlatır"),
        ("Pak Budi mengajar dengan jelas", "mengajar dengan jelas"),
        ("王老师讲解清楚", "讲解清楚"),
        ("语文老师讲解清楚", "语文老师讲解清楚"),
        ("أ. سارة أحمد", ""),
        ("المعلم يشرح بوضوح", "المعلم يشرح بوضوح"),
        ("M. Durand est clair", "est clair"),
        ("Teacher: Maria Gonzalez", ""),
        ("Professor Okonkwo listens to us", "listens to us"),
        ("The professor explains clearly", "The professor explains clearly"),
        ("Professor Knowledge And Skill", "Professor Knowledge And Skill"),
        ("Teacher punctuality", "Teacher punctuality"),
        ("Miss class often", "Miss class often"),
        ("I get help", "I get help"),
    ],
)
def test_names_with_titles(text: str, without: str) -> None:
    assert without_names(text) == without


def test_bare_names_over_the_same_rows() -> None:
    shown = _shown(
        "Maria Gonzalez [Explains well]",
        "Maria Gonzalez [My teacher is fair]",
        "Tunde Okafor [Explains well]",
        "Tunde Okafor [My teacher is fair]",
    )
    assert shown == ["[Explains well]", "[My teacher is fair]"] * 2


def test_bare_names_as_rows_under_a_question_about_teachers() -> None:
    shown = _shown(
        "How fair is each teacher? [Maria Gonzalez]", "How fair is each teacher? [Tunde Okafor]"
    )
    assert shown == ["How fair is each teacher?"] * 2


def test_capitalized_rows_that_are_no_people_stay() -> None:
    rows = ["How easy is it? [Google Drive]", "How easy is it? [Microsoft Word]"]
    assert _shown(*rows) == rows


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Rate from 1 to 5", (1, 5)),
        ("De 0 a 10, quanto você gosta?", (0, 10)),
        ("From 1 to 5. Choose one", (1, 5)),
        ("Between 1 and 5 % of it", None),
        ("¿Del 1 al 10?", (1, 10)),
        ("Sur une échelle de 0 à 10", (0, 10)),
        ("Dari 1 sampai 7", (1, 7)),
        ("من ١ إلى ٥", (1, 5)),
        ("1~5分", (1, 5)),
        ("1'den 5'e kadar (1-5)", (1, 5)),
        ("0-100", (0, 100)),
        ("Grades 6-12", None),
        ("Weeks 1-2", None),
        ("In 2020-2021", None),
        ("Ages 10-15", None),
    ],
)
def test_a_stated_scale(text: str, ends: tuple[int, int] | None) -> None:
    assert hinted_range(text) == ends


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pace (1 = too slow, 5 = too fast)", {"1": "too slow", "5": "too fast"}),
        ("N- Never S- Sometimes A- Always [Pens]", {"N": "Never", "S": "Sometimes", "A": "Always"}),
        ("1: nunca; 2: a veces; 3: siempre", {"1": "nunca", "2": "a veces", "3": "siempre"}),
        ("Part 1 - Teaching", {}),
        ("How often do you read?", {}),
    ],
)
def test_a_legend(text: str, words: dict[str, str]) -> None:
    assert legend(text) == words
