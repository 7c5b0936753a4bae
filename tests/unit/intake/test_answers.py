"""The store: codes, distinct cells and sheet rows, exact on small tables."""

from lib.intake import encode, extend
from lib.intake.answers import BLANK


def test_codes_count_cells_in_order_of_appearance() -> None:
    answers = encode(["a", "b"], [["x", 1], ["", 2.0], ["y"], ["x", None], [], ["y", 1.0]])
    first, second = answers.columns
    assert first.distinct == ["x", "y"]
    assert first.codes.tolist() == [0, BLANK, 1, 0, BLANK, 1]
    assert second.distinct == [1, 2.0]
    assert second.codes.tolist() == [0, 1, BLANK, BLANK, BLANK, 0]
    assert answers.row.tolist() == [2, 3, 4, 5, 6, 7]


def test_rows_go_on_where_the_last_reading_ended() -> None:
    answers = extend(encode(["a"], [["x"], ["y"]], first_row=10), [["y"], ["z"]])
    assert answers.row.tolist() == [10, 11, 12, 13]
    assert answers.columns[0].codes.tolist() == [0, 1, 1, 2]


def test_a_cell_beyond_the_header_makes_a_column() -> None:
    answers = extend(encode(["a"], [["x"]]), [["y", "late"]])
    assert answers.header == ("a", None)
    assert answers.columns[1].codes.tolist() == [BLANK, 0]


def test_two_readings_from_one_do_not_disturb_each_other() -> None:
    start = encode(["a"], [["x"]])
    one, other = extend(start, [["y"]]), extend(start, [["z"], ["x"]])
    assert start.columns[0].distinct == ["x"]
    assert one.columns[0].distinct == ["x", "y"]
    assert other.columns[0].distinct == ["x", "z"]
    assert other.columns[0].codes.tolist() == [0, 1, 0]


def test_nothing_but_spaces_and_no_number_are_blank() -> None:
    answers = encode(["a"], [[" "], ["\u00a0\u200b"], [float("nan")], [0]])
    assert answers.columns[0].codes.tolist() == [BLANK, BLANK, BLANK, 0]


def test_identity_columns_know_only_that_a_cell_is_filled() -> None:
    answers = encode(
        ["Student ID", "Full name of your guardian if you wish"], [[7, "Ann"], ["", "4"]]
    )
    ids, names = answers.columns
    assert ids.codes.tolist() == [0, BLANK]
    assert names.distinct == ["(not kept)", "4"]
    assert names.codes.tolist() == [0, 1]
