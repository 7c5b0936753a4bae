"""What is said, and an id that lasts through what people do to a sheet."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from lib.voices.sayings import Source, comments, saying_id
from tests.unit.voices.people import OPEN, WAVE, WINDOWS, feedback

ROWS = [
    ("more labs", datetime(2026, 9, 29, 9), "2"),
    ("too loud", datetime(2026, 9, 30, 9), "3"),
    ("more labs", datetime(2027, 1, 26, 9), "4"),
    ("later", datetime(2026, 12, 1, 9), "5"),
    ("no time", None, "6"),
]


def ids(rows: list, header: str = "What would help?") -> dict[tuple, str]:
    found = comments(feedback(rows, header), WINDOWS)
    return {(s.text, s.at): s.saying_id for s in found}


def test_each_comment_has_its_wave_month_and_row() -> None:
    found = comments(feedback(ROWS), WINDOWS)
    assert [s.wave for s in found] == [WAVE, WAVE, OPEN, None, None]
    assert [s.year_month for s in found] == ["2026-09", "2026-09", "2027-01", "2026-12", ""]
    assert [s.row for s in found] == [2, 3, 4, 5, 6]
    assert {s.source for s in found} == {Source.COMMENT}
    assert found[0].question == "What would help?"


@given(st.permutations(ROWS))
def test_sorting_the_sheet_changes_no_id(rows: list) -> None:
    assert ids(rows) == ids(ROWS)


def test_inserting_deleting_and_rewording_change_no_id() -> None:
    first = ids(ROWS)
    more = [("new", datetime(2026, 9, 29, 8), "2"), *ROWS]
    assert ids(more).items() >= first.items()
    assert ids(ROWS[1:]).items() <= first.items()
    assert ids(ROWS, "What else?") == first


def test_changed_words_are_another_comment_and_spaces_are_not() -> None:
    first = ids(ROWS)
    assert ids([("more  labs ", *ROWS[0][1:])])["more  labs ", ROWS[0][1]] in first.values()
    assert ids([("more labs!", *ROWS[0][1:])])["more labs!", ROWS[0][1]] not in first.values()


def test_the_same_words_at_another_time_are_another_comment() -> None:
    assert len(set(ids(ROWS).values())) == len(ROWS)


def test_exact_twins_are_told_apart() -> None:
    twins = comments(feedback([ROWS[0], ROWS[0], ROWS[0]]), WINDOWS)
    assert len({twin.saying_id for twin in twins}) == 3
    fewer = comments(feedback([ROWS[0]]), WINDOWS)
    assert fewer[0].saying_id == twins[0].saying_id


def test_an_id_says_nothing() -> None:
    one = saying_id(Source.COMMENT, "a", "b")
    assert len(one) == 16
    assert int(one, 16) >= 0
    assert one != saying_id(Source.CONVERSATION, "a", "b")
    assert one != saying_id(Source.COMMENT, "a\nc", "b")
