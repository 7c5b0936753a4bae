"""Questions below a title or blank rows: found where the rows below say so, and said."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalogue import CATALOGUE
from lib.intake import Feedback, understand_table
from lib.intake.feedback import Problem
from lib.intake.files import read_bytes
from lib.intake.header_row import header_row
from lib.workbook.protocol import Cell
from tests.unit.intake.reading import read, roles, texts

_HEADER = ["Timestamp", "Your name", "I get help when I need it", "What would you change?"]
_NAMES = ["Ana Ruiz", "Bo Quillfeather", "Cy Dee", "Di Ek", "Ed Fox"]
_ROWS = [
    [f"3/{13 + i}/2026 9:00:00", name, str(1 + i), f"I would like to change thing number {i} here"]
    for i, name in enumerate(_NAMES)
]
_TABLE: list[Sequence[Cell]] = [_HEADER, *_ROWS]
_TITLE: list[Sequence[Cell]] = [["Results of Ms. Featherstone's class"], []]
_ROLES = ["timestamp", "identity", "rating 1-5", "comment"]


def _csv(rows: Sequence[Sequence[Cell]], delimiter: str = ",") -> bytes:
    return "\n".join(delimiter.join(map(str, row)) for row in rows).encode()


def _understood(data: bytes) -> Feedback:
    return understand_table(read_bytes(data), CATALOGUE)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "above",
    [
        _TITLE,
        [[], []],
        [["Spring, 2026"]],
        [["Survey", "", "", ""], ["of", "2026"]],
        [["Class", "7B"]],
    ],
)
def test_the_questions_below_a_title_are_found_and_nothing_is_lost(
    above: list[Sequence[Cell]], delimiter: str
) -> None:
    feedback = _understood(_csv([*above, *_TABLE], delimiter))
    assert roles(feedback) == _ROLES
    assert len(feedback) == 5
    assert feedback.left_out == {"above the questions": len(above)}
    assert feedback.row.tolist() == [len(above) + 2 + i for i in range(5)]


def test_where_they_were_found_is_said_without_what_stood_above() -> None:
    feedback = _understood(_csv([*_TITLE, *_TABLE]))
    says = "The questions were found in row 3; 2 rows above it were left out."
    assert feedback.problems == (Problem(3, None, says),)
    assert "Featherstone" not in "\n".join(texts(feedback))
    one = _understood(_csv([["Results"], *_TABLE])).problems[0]
    assert one.says == "The questions were found in row 2; 1 row above it was left out."


@pytest.mark.parametrize(
    "rows",
    [
        _TABLE,
        # Answers under a header of few cells: numbers, labels of a scale, words that come again.
        [["Comments"], ["nice", "5"], ["long", "4"], ["good", "3"]],
        [["Pace"], ["n/a", "good"], ["5", "so so"], ["4", "fine"]],
        [["Comments"], ["nice", "Often"], ["long", "Never"], ["good", "Never"], ["so", "Never"]],
        [["Comments"], ["nice", "red"], ["a", "red"], ["b", "red"], ["c", "blue"]],
        [["Comments"], ["so", "a@b.example"], ["x", "4"], ["y", "4"]],
        [["Comments"], ["It helps", "I agree to that"], ["No", "Not so"]],
        # A form's own few questions, however many notes stand beside its answers.
        [["Timestamp"], ["Pace", "Calm"], ["5", "4"], ["3", "2"]],
        [["Title"], ["More words"]],
        [["Title"], ["Pace", "Calm"]],
        [[], []],
        [],
    ],
)
def test_in_doubt_the_first_row_holds_the_questions(rows: list[Sequence[Cell]]) -> None:
    assert header_row(rows) == 0


def test_labels_and_no_numbers_tell_it_too() -> None:
    rows: list[Sequence[Cell]] = [["Our class"], ["Your house", "Your way here"]]
    rows += [["Red", "bus"], ["Blue", "foot"], ["Red", "bus"], ["Blue", "foot"]] * 2
    assert header_row(rows) == 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["", "A title", "5", "3/4/2026 9:00", "Pace"]), max_size=4)),
    st.integers(0, 3),
)
def test_every_row_of_a_file_is_the_questions_a_response_or_left_out(
    rows: list[list[str]], blank: int
) -> None:
    table = [*[["", "", "", ""]] * blank, *rows, ["x", "y", "", ""], ["", "", "", ""]]
    feedback = _understood(_csv(table))
    assert len(feedback) + sum(feedback.left_out.values()) + 1 == len(table)


def test_a_sheet_is_said_to_begin_with_a_title_and_keeps_no_name() -> None:
    feedback = read(["Results", "", "", ""], [[], *_TABLE])
    says = (
        "The form's questions seem to stand in row 3, below a title or blank rows. Delete what "
        "stands above them, or the columns are read without their questions."
    )
    assert Problem(1, None, says) in feedback.problems
    assert len(feedback) + sum(feedback.left_out.values()) == 7
    assert "Quillfeather" not in "\n".join(texts(feedback))
    assert read(_HEADER, _ROWS).problems == ()


def _workbook(**tabs: Sequence[Sequence[Cell]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tabs.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def test_the_tabs_of_a_workbook_that_were_not_read_are_named() -> None:
    notes = [["ask Monday", "again", "and", "again", "and", "again"]] * 40
    tabs: dict[str, Sequence[Sequence[Cell]]] = {
        "Notes": notes,
        "Form Responses 1": [*_TITLE, *_TABLE],
        "Ana Ruiz": notes,
        "Chart": [],
    }
    feedback = _understood(_workbook(**tabs))
    assert roles(feedback) == _ROLES
    assert [problem.says for problem in feedback.problems] == [
        "Several tabs of this workbook hold something. “Form Responses 1” was read; “Notes” and "
        "tab 3 were left out. If answers stand there, export that tab by itself.",
        "The questions were found in row 3; 2 rows above it were left out.",
    ]
    alone = _understood(_workbook(Answers=_TABLE, Chart=[]))
    assert alone.problems == ()
    many = _understood(_workbook(Answers=_TABLE, **{f"n{i}": notes for i in range(8)}))
    assert "“n0”, “n1”, “n2”, “n3”, “n4” and 3 more were left out." in many.problems[0].says
