"""Nobody's identity gets past the door: planted people are searched in everything intake holds."""

import json

import pytest

from lib.catalogue import CATALOGUE
from lib.intake import encode, extend, forget, understand
from lib.intake.answers import Answers
from lib.intake.report import as_json, as_text
from lib.workbook.protocol import Cell
from tests.unit.intake.reading import read, roles, texts

_PEOPLE = [
    ("Zebedee Quillfeather", "zq.canary@school.example", "+1 555 867 5309", 20_441_877),
    ("Ottoline Marchbanks", "om.canary@school.example", "(555) 246-8101", 20_441_878),
    ("Thaddeus Wrenfield", "tw.canary@school.example", "5551357924", 20_441_879),
    ("Philippa Saltmarsh", "ps.canary@school.example", "555.975.3124", 20_441_880),
    ("Barnaby Thistlewood", "bt.canary@school.example", "555 864 2097", 20_441_881),
    ("Clementine Ashgrove", "ca.canary@school.example", "555-318-2746", 20_441_882),
]
_CANARIES = [
    *("Quillfeather", "Marchbanks", "Wrenfield", "Saltmarsh", "Thistlewood", "Ashgrove"),
    *("canary", "867 5309", "2468101", "246-8101", "1357924", "975.3124", "864 2097", "318-2746"),
    *(str(person[3]) for person in _PEOPLE),
    *("Featherstone", "Okonkwo"),
]
_HEADER = [
    "Timestamp", "Student name", "Email Address", "Phone number", "Student ID",
    "How often does Ms. Featherstone do this? [Gives clear directions]",
    "How often does Ms. Featherstone do this? [Checks that we understand]",
    "Professor Okonkwo listens to us", "Grade", "Comments",
]  # fmt: skip


def _rows() -> list[list[Cell]]:
    often = ["Always", "Often", "Sometimes", "Rarely", "Never"]
    return [
        [f"3/{13 + i}/2023 9:00:00", *person, often[i % 5], often[(i + 2) % 5], str(1 + i % 5),
         f"Grade {6 + i % 3}", f"the pace of unit {i} is good for me"]
        for i, person in enumerate(_PEOPLE)
    ]  # fmt: skip


def _kept(answers: Answers) -> str:
    """All that the store holds: values and the keys of its look-ups."""
    held = [list(map(str, c.shared)) + list(map(str, c.index)) for c in answers.columns]
    return "\n".join(text for column in held for text in column)


def test_planted_people_are_nowhere_in_what_is_understood() -> None:
    feedback = read(_HEADER, _rows())
    assert roles(feedback)[1:5] == ["identity"] * 4
    everything = "\n".join(texts(feedback))
    assert "the pace of unit 3 is good for me" in everything
    for canary in _CANARIES:
        assert canary not in everything


def test_planted_people_are_nowhere_in_the_reports() -> None:
    feedback = read(_HEADER, _rows())
    reports = json.dumps(as_json(feedback), ensure_ascii=False) + as_text(feedback)
    assert "Gives clear directions" in reports
    for canary in _CANARIES:
        assert canary not in reports


def test_the_store_keeps_no_cell_of_an_identity_column() -> None:
    kept = _kept(extend(encode(_HEADER, _rows()[:3]), _rows()[3:]))
    assert "the pace of unit 3 is good for me" in kept
    for canary in _CANARIES[:-2]:  # teachers stand in headers, which the sheet keeps
        assert canary not in kept


def test_teachers_names_go_and_the_question_stays() -> None:
    columns = read(_HEADER, _rows()).columns
    assert columns[5].header == "How often does do this? [Gives clear directions]"
    assert columns[7].header == "listens to us"


@pytest.mark.parametrize("header", ["Who are you?", "Anything we should know?", ""])
def test_addresses_and_numbers_go_whatever_their_header(header: str) -> None:
    rows: list[list[Cell]] = [
        [person[1 + i % 2], str(1 + i % 5)] for i, person in enumerate(_PEOPLE)
    ]
    answers = encode([header, "I get help"], rows)
    feedback = understand(answers, CATALOGUE)
    assert roles(feedback)[0] == "identity"
    for held in ("\n".join(texts(feedback)), _kept(answers)):
        for canary in _CANARIES:
            assert canary not in held


def test_a_lone_address_among_comments_is_replaced() -> None:
    rows: list[list[Cell]] = [[f"I would like more of thing {i}", "3"] for i in range(8)]
    rows[4][0] = _PEOPLE[0][1]
    feedback = read(["Comments", "I get help"], rows)
    assert roles(feedback)[0] == "comment"
    assert len(feedback.comments) == 8
    assert feedback.comments.texts[4] == "(an e-mail address, not kept)"


def test_labels_with_teachers_names_are_no_group() -> None:
    names = ["Ms. Featherstone", "Mr. Okonkwo", "Ms. Featherstone", "Mr. Okonkwo"]
    rows: list[list[Cell]] = [[name, str(1 + i % 5)] for i, name in enumerate(names * 3)]
    feedback = read(["Your math class", "I get help"], rows)
    assert roles(feedback)[0] == "identity"
    assert "Okonkwo" not in "\n".join(texts(feedback))


def test_a_name_among_the_labels_of_a_group_is_taken_out() -> None:
    classes = ["Algebra", "Biology", "Ms. Featherstone", "Mr. Okonkwo's art class"]
    rows: list[list[Cell]] = [[classes[i % 4], str(1 + i % 5)] for i in range(20)]
    feedback = read(["Which class?", "I get help"], rows)
    assert feedback.groups["Which class?"].labels == ("Algebra", "art class", "Biology")


@pytest.mark.parametrize(
    "header",
    [
        "Which teacher do you have?",
        "Hangi öğretmenin dersindesin?",
        "Matematik dersine kim giriyor, öğretmeniniz kim?",
        "Siapa guru matematika kamu?",
        "Kelas matematik anda diajar oleh siapa?",
        "Giáo viên nào dạy lớp bạn?",
        "Ai dạy môn toán lớp em?",
        "哪位老师教你数学？",
        "你的數學老師是誰？",
        "أي معلمة تدرسك الرياضيات؟",
        "من هو أستاذك في الرياضيات؟",
    ],
)
def test_a_question_for_somebodys_teacher_keeps_no_name_in_any_language(header: str) -> None:
    answers = encode([header], [["Zebedee Quillfeather"], ["Ottoline Marchbanks"]])
    assert "Quillfeather" not in _kept(answers)


@pytest.mark.parametrize(
    "header",
    [
        "Öğretmenim beni dinler",
        "Guru saya mendengarkan pendapat saya",
        "Giáo viên lắng nghe chúng em",
        "老师认真听我们说话吗？",
        "ما رأي معلمك في عملك؟",
        "في أي مدرسة تدرس؟",
        "هل تحصل على مساعدة من معلمك؟",
    ],
)
def test_a_question_about_teaching_keeps_its_answers_in_any_language(header: str) -> None:
    assert "in my own words" in _kept(encode([header], [["in my own words"]]))


def test_a_rating_under_a_header_that_speaks_of_names_or_mail_is_still_a_rating() -> None:
    header = [
        "My teacher knows the full name of every student",
        "Gmail (or any other email platform)",
    ]
    rows: list[list[Cell]] = [[str(1 + i % 5), str(5 - i % 5)] for i in range(8)]
    assert roles(read(header, rows)) == ["rating 1-5", "rating 1-5"]


def test_forgetting_leaves_only_that_a_cell_was_filled() -> None:
    answers = encode(
        ["Who helped you?", "I get help"], [["Zebedee", "3"], ["", "4"], ["Otto", "5"]]
    )
    dropped = extend(forget(answers, frozenset({1})), [["Thaddeus", "2"]])
    assert "Zebedee" not in _kept(dropped)
    assert "Thaddeus" not in _kept(dropped)
    assert dropped.columns[0].codes.tolist() == [0, -1, 0, 0]


@pytest.mark.parametrize(
    "value",
    ["22/03/2022", "2022-03-22", "2021-2022", "44642.7856", "1,500,000", "1.000.000 - 2.000.000",
     "5000-10000", "3.14159265"],
)  # fmt: skip
def test_dates_years_and_amounts_are_no_phone_numbers(value: str) -> None:
    assert encode(["x"], [[value]]).columns[0].distinct == [value]
