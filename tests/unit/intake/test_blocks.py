"""A pasted block: found, named by what stands in it, and left out wherever its rows stand."""

import base64
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalogue import CATALOGUE
from lib.intake import Feedback, encode, understand
from lib.intake.blocks import LONGEST, later_copies, length
from lib.workbook.protocol import Cell
from tests.unit.intake.reading import said

HEADER = ["Timestamp", "Lessons are calm", "I get help", "Your name"]
OUT = "block left out by a person"
Row = list[Cell]


def row(n: int) -> Row:
    return [f"3/{13 + n % 15}/2023 9:{n // 60:02}:{n % 60:02}", 1 + n % 5, 1 + n % 4, f"Kim {n}"]


ROWS = [row(n) for n in range(12)]
PASTED = [*ROWS, *ROWS[2:7]]


def read(rows: list[Row], *out: str, header: list[str] = HEADER) -> Feedback:
    feedback = understand(encode(header, rows), CATALOGUE, left_out_blocks=out)
    assert len(feedback) + sum(feedback.left_out.values()) == len(rows)
    return feedback


def name(rows: list[Row]) -> str:
    (block,) = read(rows).blocks
    return block.fingerprint


def test_the_later_copy_is_left_out_and_counted() -> None:
    (block,) = read(PASTED).blocks
    assert (block.first, block.last, block.copy_of, length(block.fingerprint)) == (14, 18, 4, 5)
    feedback = read(PASTED, block.fingerprint)
    assert feedback.left_out == {OUT: 5}
    assert feedback.row.tolist() == list(range(2, 14))
    assert (feedback.blocks, feedback.lost_blocks) == ((), ())
    assert "repeat the rows" not in said(feedback)


def test_it_holds_however_people_sort_insert_move_and_write_beside() -> None:
    fingerprint = name(PASTED)
    once = sorted(map(str, ROWS))
    shuffled = random.Random(7).sample(PASTED, len(PASTED))
    by_time = sorted(PASTED, key=str)
    spread = [*PASTED[:3], row(40), [], row(41), *PASTED[3:], row(42)]
    for rows in (shuffled, by_time, list(reversed(PASTED)), spread):
        feedback = read(rows, fingerprint)
        assert feedback.left_out[OUT] == 5
        kept = sorted(str(rows[at - 2]) for at in feedback.row)
        new = [str(row(n)) for n in (40, 41, 42)]
        assert [text for text in kept if text not in new] == once
    moved = [[cells[2], cells[0], cells[3], cells[1]] for cells in PASTED]
    header = ["I get help (new words)", "Timestamp", "Your name", "Lessons are calm"]
    assert read(moved, fingerprint, header=header).left_out == {OUT: 5}
    wider = [[*cells, ""] for cells in PASTED]
    assert read(wider, fingerprint, header=[*HEADER, "A new question"]).left_out == {OUT: 5}


LOST = {
    "the copy was deleted": ROWS,
    "a row of the copy was deleted": PASTED[:-1],
    "the original was deleted": [*ROWS[:2], *ROWS[7:], *ROWS[2:7]],
    "an answer of the copy was changed": [*PASTED[:-1], [*PASTED[-1][:1], 5, 5, "Kim 6"]],
    "an answer of the original was changed": [[*ROWS[2][:1], 5, 5, "Kim 2"], *PASTED[3:], ROWS[0]],
}


@pytest.mark.parametrize("rows", LOST.values(), ids=LOST.keys())
def test_a_block_that_is_changed_or_gone_is_said_and_nothing_is_left_out(rows: list[Row]) -> None:
    fingerprint = name(PASTED)
    feedback = read(rows, fingerprint)
    assert OUT not in feedback.left_out
    assert feedback.lost_blocks == (fingerprint,)
    assert "A block of 5 rows that a person leaves out does not stand in the sheet" in said(
        feedback
    )


def test_pasted_four_times_each_copy_is_one_decision() -> None:
    rows = [*ROWS, *ROWS[2:7], row(30), *ROWS[2:7], *ROWS[2:7]]
    names = [block.fingerprint for block in read(rows).blocks]
    assert names == [name(PASTED)] * 3
    for count in (1, 2, 3):
        feedback = read(rows, *names[:count])
        assert feedback.left_out == {OUT: 5 * count}
        assert len(feedback.blocks) == 3 - count
    feedback = read(rows, *names, names[0])
    assert feedback.left_out == {OUT: 15}
    assert feedback.lost_blocks == (names[0],)


def test_rows_that_repeat_within_a_block_keep_their_number() -> None:
    block = [ROWS[0], ROWS[0], ROWS[1], ROWS[2], ROWS[3]]
    rows = [*block, ROWS[5], *block]
    fingerprint = name(rows)
    assert read(rows, fingerprint).row.tolist() == [2, 3, 4, 5, 6, 7]
    # One of the copies deleted: what is left of it is no block, and no real answer goes with it.
    assert read([*rows[:6], *rows[7:]], fingerprint).lost_blocks == (fingerprint,)


def test_two_blocks_are_told_apart_when_the_sheet_is_sorted() -> None:
    rows = [*ROWS, *ROWS[1:4], row(30), *ROWS[6:10]]
    short, long = (block.fingerprint for block in read(rows).blocks)
    feedback = read(sorted(rows, key=str), short)
    assert feedback.left_out == {OUT: 3}
    assert read(sorted(rows, key=str), long).left_out == {OUT: 4}
    assert read(sorted(rows, key=str), short, long).left_out == {OUT: 7}


def test_a_block_too_long_for_a_cell_has_no_name() -> None:
    many = [[*row(n), n] for n in range(LONGEST + 1)]
    assert name([*many, *many]) == ""
    assert len(name([*many[1:], *many[1:]])) < 40_000


def test_no_identity_is_in_the_name() -> None:
    other = [[*cells[:3], "Somebody Else"] for cells in PASTED]
    assert name(other) == name(PASTED)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_what_is_no_fingerprint_leaves_nothing_out(text: str) -> None:
    answers = encode(HEADER, PASTED)
    taken, lost = later_copies(answers, np.ones(len(answers), bool), [text])
    assert not taken.any()
    assert lost == (text,)


CELLS = st.sampled_from(["1", 2, 3.0, True, 1, "x", "", None, "3/4/2022 10:00", "a@b.example"])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(CELLS, max_size=4), min_size=3, max_size=10),
    st.data(),
)
def test_of_any_pasted_block_only_copies_go_and_a_sort_changes_nothing(
    base: list[Row], data: st.DataObject
) -> None:
    """The rows as a multiset are the same whatever order they stand in, and each row stays."""
    start = data.draw(st.integers(0, len(base) - 3))
    stop = data.draw(st.integers(start + 3, len(base)))
    stamped = [[f"3/{13 + n}/2023 9:00:00", *cells] for n, cells in enumerate(base)]
    rows = [*stamped, *stamped[start:stop]]
    header = ["Timestamp", "I get help", "b", "c", "d"]
    (block,) = read(rows, header=header).blocks
    assert length(block.fingerprint) == stop - start
    for order in (rows, data.draw(st.permutations(rows))):
        feedback = read(list(order), block.fingerprint, header=header)
        assert feedback.left_out == {OUT: stop - start}
        assert {order[at - 2][0] for at in feedback.row} == {cells[0] for cells in stamped}


def test_the_name_is_three_bytes_a_row() -> None:
    assert len(base64.urlsafe_b64decode(name(PASTED))) == 15
