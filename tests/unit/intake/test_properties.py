"""Whatever stands in a sheet: intake reads it, accounts for every row, and chunks never matter."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.catalogue import CATALOGUE, FORM
from lib.intake import Correction, Feedback, encode, extend, understand
from lib.intake.dates import ORDERS
from lib.intake.feedback import Role
from lib.intake.report import as_json, as_text
from lib.workbook.protocol import Cell
from tests.unit.intake.reading import same

_LABELS = [
    "Always",
    "Often",
    "Sometimes",
    "Never",
    "Doesn't apply",
    "Disagree",
    "Yes",
    "No",
    "TRUE",
]
_NUMBERS = ["0", "1", "2", "3", "4", "5", "10", "2.5", "٣", "²", "1e999", "nan", "#DIV/0!"]
_MOMENTS = ["3/4/2022 10:00:00", "22/03/2022 9:15", "2022/3/5 下午 1:20:00", "44642.5"]
_PEOPLE = ["a@b.example", "555 123 4567", "Ms. Lee", "Grade 9", "grade 9", "ä", "Ä"]
_TEXTS = [
    "Clear goals, Real choices",
    "I like it because we work together",
    "",
    " ",
    "\u00a0",
    "[x]",
]
_WORDS = st.sampled_from([*_LABELS, *_NUMBERS, *_MOMENTS, *_PEOPLE, *_TEXTS])
_CELLS: st.SearchStrategy[Cell] = st.one_of(
    _WORDS,
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
)
_ASKED = ["Timestamp", "Marca temporal", "Email Address", "Name", "Grade", "", "Do you consent?"]
_ASKED += ["Comments", "Notes", "Works best for me", "How often? [a]", "How often? [b]"]
_ASKED += ["Rate 1 to 10", "1 = good, 5 = bad", *FORM.headers(["listen"])]
_HEADERS = st.one_of(st.sampled_from(_ASKED), _CELLS)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[list[Cell], list[list[Cell]]]:
    """A header and ragged rows; columns mostly repeat a few cells, as answers do."""
    header = draw(st.lists(_HEADERS, max_size=6))
    pools = [draw(st.lists(_CELLS, min_size=1, max_size=5)) for _ in range(len(header) + 1)]
    count = draw(st.integers(0, 14))
    rows = [[draw(st.sampled_from(pool)) for pool in pools] for _ in range(count)]
    widths = draw(st.lists(st.integers(0, len(pools)), min_size=count, max_size=count))
    return header, [row[:width] for row, width in zip(rows, widths, strict=True)]


_QUICK = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@_QUICK
@given(_tables())
def test_any_table_is_read_and_every_row_is_accounted_for(
    table: tuple[list[Cell], list[list[Cell]]],
) -> None:
    header, rows = table
    feedback = understand(encode(header, rows), CATALOGUE)
    assert len(feedback) + sum(feedback.left_out.values()) == len(rows)
    assert len(feedback.columns) >= len(header)
    n, p = len(feedback), len(feedback.practices)
    assert feedback.ratings.shape == feedback.standings.shape == (n, p)
    assert feedback.at.shape == feedback.row.shape == (n,)
    assert len(set(feedback.practices)) == p
    assert as_text(feedback)
    assert as_json(feedback)["responses"] == n


@_QUICK
@given(_tables(), st.lists(st.integers(0, 14), max_size=4))
def test_reading_in_chunks_gives_the_same_feedback(
    table: tuple[list[Cell], list[list[Cell]]], cuts: list[int]
) -> None:
    header, rows = table
    whole = understand(encode(header, rows), CATALOGUE)
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    answers = encode(header, [])
    for start, stop in pairwise(edges):
        answers = extend(answers, rows[start:stop])
    assert same(understand(answers, CATALOGUE), whole)


@_QUICK
@given(_tables())
def test_an_earlier_reading_is_not_disturbed_by_a_later_one(
    table: tuple[list[Cell], list[list[Cell]]],
) -> None:
    header, rows = table
    half = len(rows) // 2
    first = encode(header, rows[:half])
    before = understand(first, CATALOGUE)
    extend(first, rows[half:])
    extend(first, list(reversed(rows)))
    assert same(understand(first, CATALOGUE), before)


@_QUICK
@given(_tables())
def test_ratings_lie_on_their_scale(table: tuple[list[Cell], list[list[Cell]]]) -> None:
    feedback = understand(encode(*table), CATALOGUE)
    for column, practice in enumerate(feedback.practices):
        points = feedback.ratings[:, column]
        answered = points[points != -1]
        if practice in feedback.scales:
            scale = feedback.scales[practice]
            assert scale.low < scale.favorable_from <= scale.high
            assert ((answered >= scale.low) & (answered <= scale.high)).all()
        else:
            assert not len(answered)


@st.composite
def _said(
    draw: st.DrawFn,
) -> tuple[list[Cell], list[list[Cell]], list[Correction], list[str]]:
    """A table with moments, some rows pasted again, and what a person says of both."""
    header, rows = draw(_tables())
    moment = st.one_of(st.sampled_from(_MOMENTS), st.dates().map(lambda day: f"{day:%d/%m/%Y}"))
    rows = [[draw(moment), *row] for row in rows]
    if len(rows) > 3:
        start = draw(st.integers(0, len(rows) - 3))
        rows = [*rows, *rows[start : draw(st.integers(start + 3, len(rows)))]]
    order = draw(st.sampled_from(["", *ORDERS]))
    corrections = [Correction("Timestamp", role=Role.TIMESTAMP, date_order=order)]
    found = _read(["Timestamp", *header], rows, corrections, ())
    named = [block.fingerprint for block in found.blocks]
    out = draw(st.lists(st.sampled_from([*named, "AAAA", "no fingerprint"]), max_size=3))
    return ["Timestamp", *header], rows, corrections, out


def _read(
    header: list[Cell], rows: list[list[Cell]], said: list[Correction], out: Sequence[str]
) -> Feedback:
    return understand(encode(header, rows), CATALOGUE, said, out)


@_QUICK
@given(_said(), st.lists(st.integers(0, 28), max_size=4))
def test_whatever_a_person_says_every_row_is_accounted_for_and_chunks_never_matter(
    said: tuple[list[Cell], list[list[Cell]], list[Correction], list[str]], cuts: list[int]
) -> None:
    header, rows, corrections, out = said
    whole = _read(header, rows, corrections, out)
    assert len(whole) + sum(whole.left_out.values()) == len(rows)
    assert set(whole.lost_blocks) <= set(out)
    if set(out) - set(whole.lost_blocks):
        assert whole.left_out["block left out by a person"] >= 3
    answers = encode(header, [])
    edges = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    for start, stop in pairwise(edges):
        answers = extend(answers, rows[start:stop])
    assert same(understand(answers, CATALOGUE, corrections, out), whole)


@_QUICK
@given(_said())
def test_what_a_person_says_of_the_order_moves_no_row_and_no_rating(
    said: tuple[list[Cell], list[list[Cell]], list[Correction], list[str]],
) -> None:
    header, rows, corrections, _ = said
    before = _read(header, rows, [Correction("Timestamp", role=Role.TIMESTAMP)], ())
    after = _read(header, rows, corrections, ())
    assert same(before.row, after.row)
    assert same(before.ratings, after.ratings)
    assert (np.isnat(before.at) == np.isnat(after.at)).all()
