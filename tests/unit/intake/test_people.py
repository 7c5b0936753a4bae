"""No teacher and no student becomes a group: by the question asked, or by what the answers are."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalogue import CATALOGUE
from lib.intake import Correction, Feedback, encode, kept_positions, understand
from lib.intake.feedback import MISSING, Role
from lib.intake.people import is_bare_name, is_staff
from lib.intake.samples import samples
from tests.unit.intake.reading import read, texts

_PEOPLE = ["Maria Gonzalez", "Liam O'Brien", "Nguyen Van An", "Aisha Khan", "John Smith"]
_PRACTICES = ["I get real choices", "I get help"]


def _asked(
    header: str, labels: Sequence[str], corrections: Sequence[Correction] = ()
) -> tuple[Feedback, str]:
    """The reading of 30 answers under a header, and what its store holds of them."""
    rows = [[labels[i % len(labels)], 1 + i % 5, 5 - i % 4] for i in range(30)]
    head = [header, *_PRACTICES]
    answers = encode(head, rows, keep=kept_positions(head, corrections))
    return understand(answers, CATALOGUE, corrections), " ".join(
        map(str, answers.columns[0].distinct)
    )


@pytest.mark.parametrize(
    "header",
    ["Which teacher do you have for math?", "Who teaches you science?", "Homeroom", "Mentor",
     "Whose class are you thinking about?", "Who is your coach?", "Advisor", "Adviser", "Student",
     "Who are you?", "Please sign here", "Nick", "Your first and last initials", "Form tutor",
     "¿Quién es tu profesor de matemáticas?", "¿Qué profesora tienes en ciencias?", "Estudiante",
     "¿Quién te enseña ciencias?", "Iniciales", "Tus iniciales", "Firma aquí", "Asesor",
     "Quel professeur avez-vous en maths ?", "Qui vous enseigne les sciences ?", "Élève",
     "Vos initiales", "Professeur principal", "Signez ici",
     "Qual professor você tem em matemática?", "Quem ensina ciências?", "Aluno", "Iniciais",
     "Assine aqui", "Bei wem hast du Mathe?", "Chi ti insegna scienze?"],
)  # fmt: skip
@pytest.mark.parametrize("labels", [_PEOPLE, ["Gonzalez", "O'Brien", "Khan"]])
def test_a_header_that_asks_for_a_person_is_shut_before_anything_is_stored(
    header: str, labels: list[str]
) -> None:
    feedback, held = _asked(header, labels)
    assert held == "(not kept)"
    assert feedback.columns[0].role is Role.IDENTITY
    assert not feedback.groups


@pytest.mark.parametrize(
    "header", ["Locker number", "Candidate no", "Casillero", "Numéro de casier", "Armário"]
)
def test_numbers_that_are_somebody_are_not_stored(header: str) -> None:
    feedback, held = _asked(header, [str(100_234 + 37 * i) for i in range(30)])
    assert held == "(not kept)"
    assert feedback.columns[0].role is Role.IDENTITY


def test_who_are_you_may_ask_for_a_role() -> None:
    feedback, held = _asked("Who are you?", ["Student", "Parent", "Teacher"])
    assert held == "(not kept) Student Parent Teacher"
    assert feedback.groups["Who are you?"].labels == ("Parent", "Student", "Teacher")


def test_a_rating_under_a_question_about_a_teacher_stays_a_rating() -> None:
    feedback = read(
        ["Who teaches you math explains it well", "I get help"],
        [[1 + i % 5, 5 - i % 5] for i in range(20)],
    )
    assert feedback.columns[0].role is Role.RATING


@pytest.mark.parametrize("header", ["Class", "Your math class", "Column 9", "Score", "Section", ""])
def test_answers_that_look_like_people_are_no_group(header: str) -> None:
    feedback, _ = _asked(header, _PEOPLE)
    assert feedback.columns[0].role is Role.IDENTITY
    assert feedback.columns[0].reason == ("Its answers look like people's names; nothing is kept.")
    assert not any(name in text for text in texts(feedback) for name in _PEOPLE)


def test_a_person_may_say_that_they_are_no_names() -> None:
    said = [Correction("Class", role=Role.GROUP)]
    feedback, _ = _asked("Class", ["Blazing Comets", "Rising Tides"], said)
    assert feedback.groups["Class"].labels == ("Blazing Comets", "Rising Tides")


@pytest.mark.parametrize("header", ["Class", "Program", "Teacher", "Column 9"])
def test_nobody_can_make_a_group_of_names_with_titles(header: str) -> None:
    said = [Correction(header, role=Role.GROUP)]
    feedback, _ = _asked(header, ["Ms. Smith", "Mr. Okonkwo", "Mrs. Khan"], said)
    assert feedback.columns[0].role is Role.IDENTITY
    assert feedback.columns[0].reason == (
        "Its answers are people's names with titles; nothing is kept."
    )
    assert not feedback.groups


@pytest.mark.parametrize(
    ("header", "labels"),
    [
        ("Program", ["Arts", "Work Study", "Newcomer ESL", "Science Track", "STEM"]),
        ("City", ["New York", "San Diego", "Los Angeles", "Buenos Aires"]),
        ("School", ["Lincoln High", "Martin Luther King", "Roosevelt Middle"]),
        ("House", ["Red Oak", "Silver Birch", "Black Pine"]),
        ("Grade", ["Grade 9", "Grade 10", "Ninth Grade"]),
        ("Race", ["African American", "Pacific Islander", "White", "Hispanic"]),
        ("Department", ["Computer Science", "Mechanical Engineering"]),
        ("Course", ["World History", "Social Studies", "Language Arts", "Creative Writing"]),
        ("Class", ["Honors Algebra", "Physical Education", "Computer Science", "9A"]),
        ("Period", ["First Period", "Second Period", "After School"]),
        ("Section", ["Room 4", "Team Blue", "Morning Session"]),
        ("Curso", ["Ciencias Sociales", "Lengua Española", "Educación Física"]),
        ("Matière", ["Sciences Sociales", "Histoire Géographie"]),
        ("Disciplina", ["Língua Portuguesa", "Educação Física"]),
        ("Ciudad", ["San Juan", "Buenos Aires", "La Plata"]),
        ("Who is filling this form?", ["Student", "Parent", "Teacher"]),
    ],
)  # fmt: skip
def test_groups_of_schools_stay_groups(header: str, labels: list[str]) -> None:
    feedback, _ = _asked(header, labels)
    assert set(feedback.groups[header].labels) == set(labels)


def test_a_bare_name_among_other_labels_is_not_shown() -> None:
    feedback, _ = _asked("Class", ["Algebra", "Biology", "Maria Gonzalez"])
    assert feedback.groups["Class"].labels == ("Algebra", "Biology")


@pytest.mark.parametrize(
    "labels",
    [
        ["R. Featherstone", "B. Okonkwo", "J. Khan"],
        ["Maria Gonzalez (9B)", "Aisha Khan (9A)"],
        ["Featherstone (9B)", "Maria Gonzalez", "J. R. Khan"],
    ],
)
def test_initials_and_what_stands_beside_a_name_make_no_group_of_it(labels: list[str]) -> None:
    feedback, _ = _asked("Class", labels)
    assert feedback.columns[0].role is Role.IDENTITY


@pytest.mark.parametrize("header", ["Group", "Grade"])
@pytest.mark.parametrize(
    "labels",
    [
        [f"s{20_441 + i}" for i in range(10)],
        [f"{20_441 + i}" for i in range(10)],
        ["ana.ruiz", "bo.lee2", "cy_dee", "di.fox", "ed.gray", "flo.hart", "gus.ives", "hal_jo"],
    ],
)
def test_numbers_and_accounts_of_people_are_no_group(header: str, labels: list[str]) -> None:
    feedback, _ = _asked(header, labels)
    assert feedback.columns[0].role is Role.IDENTITY
    assert feedback.columns[0].reason == (
        "Its answers look like numbers or accounts of people; nothing is kept."
    )


def test_codes_that_many_share_are_those_of_a_class() -> None:
    feedback, _ = _asked("Section", ["20441", "20442", "20443"])
    assert feedback.groups["Section"].labels == ("20441", "20442", "20443")


@pytest.mark.parametrize("header", ["Teacher", "Who is your advisor?", "Your mentor's name"])
def test_nobody_can_make_a_group_of_names_under_a_question_for_a_person(header: str) -> None:
    feedback, _ = _asked(header, _PEOPLE, [Correction(header, role=Role.GROUP)])
    assert feedback.columns[0].role is Role.IDENTITY
    assert not feedback.groups
    roles, _ = _asked(header, ["Student", "Parent"], [Correction(header, role=Role.GROUP)])
    assert roles.groups[header].labels == ("Parent", "Student")


_STAFF = frozenset({"featherstone", "okonkwo", "jane"})


@pytest.mark.parametrize("by_person", [False, True])
@pytest.mark.parametrize("labels", [["Featherstone", "okonkwo"], ["9B Jane", "Okonkwo's", "Art"]])
def test_names_on_the_roster_are_no_group_whatever_a_person_says(
    labels: list[str], by_person: bool
) -> None:
    said = [Correction("Class", role=Role.GROUP)] if by_person else []
    rows = [[labels[i % len(labels)], 1 + i % 5] for i in range(30)]
    answers = encode(["Class", "I get help"], rows)
    assert understand(answers, CATALOGUE, said).groups
    feedback = understand(answers, CATALOGUE, said, staff=_STAFF)
    assert feedback.columns[0].role is Role.IDENTITY
    assert feedback.columns[0].reason == (
        "Its answers are names on the school's own roster; nothing is kept."
    )


def test_one_name_of_the_roster_among_other_labels_is_shown_nowhere() -> None:
    labels = ["Algebra", "Biology", "9B Okonkwo", "Jane Austen Club"]
    answers = encode(["Class", "I get help"], [[labels[i % 4], 1 + i % 5] for i in range(40)])
    feedback = understand(answers, CATALOGUE, staff=_STAFF)
    group = feedback.groups["Class"]
    assert group.labels == ("Algebra", "Biology", "Jane Austen Club")
    # Whoever named her is in no group of her own, under whatever name.
    assert np.flatnonzero(group.codes == MISSING).tolist() == list(range(2, 40, 4))
    assert [p.says for p in feedback.problems if "names a person" in p.says]
    assert samples(answers, feedback, 5)[1] == ("Algebra", "Biology", "Jane Austen Club")


@pytest.mark.parametrize(
    "label",
    [
        *("Okonkwo", "9B Okonkwo", "Okonkwo period 3", "Okonkwo's class", "Team Okonkwo"),
        *("OKONKWO (math)", "Period 3: Okonkwo", "Green House"),
    ],
)
def test_a_label_that_names_staff_beside_a_schools_own_words_is_theirs(label: str) -> None:
    assert is_staff(label, {"okonkwo", "green"})


@pytest.mark.parametrize("label", ["Jane Austen Club", "9B", "", "Period 3", "Greenhouse"])
def test_a_label_that_names_somebody_else_or_nobody_is_no_staff(label: str) -> None:
    assert not is_staff(label, {"jane", "green", "okonkwo"})


def test_an_address_in_a_question_is_taken_out() -> None:
    header = [
        "How does ana.ruiz@school.example help you? [Listens, b@c.example]",
        "Ask a@b.example",
    ]
    feedback = read(header, [[1 + i % 5, "x"] for i in range(20)])
    assert [column.header for column in feedback.columns] == [
        "How does help you? [Listens,]",
        "Ask",
    ]


_WORD = st.from_regex(r"[A-Z][bcdfgz]{3}[aeiou][a-z]{1,4}", fullmatch=True)
_NAME = st.builds("{} {}".format, _WORD, _WORD)
_TITLED = st.builds("{} {}".format, st.sampled_from(["Ms.", "Mr.", "Mrs.", "Dr.", "Prof."]), _WORD)


@settings(deadline=None)
@given(
    st.sampled_from(["Class", "Section", "Your math class", "Column 9", "Answer", "Period"]),
    st.lists(st.one_of(_NAME, _TITLED), min_size=1, max_size=6, unique=True),
    st.sampled_from([[], ["Algebra"], ["Algebra", "Biology", "World History", "9A", "Art", "Gym"]]),
)
def test_no_name_is_ever_a_label_of_a_group(
    header: str, people: list[str], others: list[str]
) -> None:
    people = [name for name in people if is_bare_name(name) or "." in name]
    if not people:
        return
    feedback, _ = _asked(header, [*people, *others])
    shown = {label for group in feedback.groups.values() for label in group.labels}
    assert not shown & set(people)


@settings(deadline=None)
@given(
    st.sampled_from(["Program", "City", "School", "Class", "Column 9"]),
    st.lists(_TITLED, min_size=1, max_size=6, unique=True),
    st.booleans(),
)
def test_a_title_is_never_a_label_whatever_a_person_says(
    header: str, people: list[str], by_person: bool
) -> None:
    said = [Correction(header, role=Role.GROUP)] if by_person else []
    feedback, _ = _asked(header, [*people, "Algebra", "Biology"], said)
    shown = {label for group in feedback.groups.values() for label in group.labels}
    assert not any(name.split()[1] in label for name in people for label in shown)
