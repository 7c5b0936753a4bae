"""The agenda: exact minutes, and text that anybody may type into a sheet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.catalogue import BY_ID
from lib.decided import DecisionProblem
from lib.plan import agenda
from lib.plan.agenda import Item
from lib.plan.focus import Focus, FocusState
from lib.students_part import StudentPart
from lib.workbook.records import Record

CHOSEN = Focus(
    record_id="focus-pace",
    practice="pace",
    state=FocusState.RUNNING,
    wave="2026-fall",
    evidence="What staff saw.",
    owner="Ana",
    done_when="Two of three say often.",
    reason="",
    record=Record("focus-pace", ()),
    recheck=date(2027, 5, 3),
)

OPENING = "Fall 2026: 31% not favorable, about 335 answers."


def draft(minutes: int, part: StudentPart = StudentPart.AT_THE_TABLE) -> tuple[Item, ...]:
    return agenda.draft(CHOSEN, BY_ID["pace"], opening=OPENING, minutes=minutes, student_part=part)


def test_an_hour_begins_with_the_chart_and_ends_with_the_day_to_look_again() -> None:
    items = draft(60)
    assert [(item.minutes, item.title) for item in items] == [
        (10, "Look at the chart before opinions"),
        (15, "Students first"),
        (10, "What “A pace that fits” looks like"),
        (15, "One change to try on Monday"),
        (5, "Commitment"),
        (5, "When we look again"),
    ]
    assert items[0].lines == (OPENING,)
    assert "What staff saw" not in agenda.text(items)
    assert items[2].lines == BY_ID["pace"].looks_like
    assert items[3].lines == (BY_ID["pace"].monday_move,)
    assert items[5].lines == (
        "How we will know: Two of three say often.",
        "We look again on May 3, 2027.",
    )


def test_students_who_are_not_in_the_room_are_read_aloud() -> None:
    assert "Students speak before any adult does" in draft(60)[1].protocol
    assert "Read what students said aloud" in draft(60, StudentPart.ASKED)[1].protocol


@given(st.integers(agenda.LEAST_MINUTES, agenda.MOST_MINUTES))
def test_the_parts_take_exactly_the_sessions_length(length: int) -> None:
    items = draft(length)
    assert agenda.minutes(items) == length
    assert all(item.minutes >= 1 for item in items)
    assert len(items) == agenda.LEAST_MINUTES


def test_a_practice_that_is_no_longer_listed_leaves_no_empty_line() -> None:
    items = agenda.draft(CHOSEN, None, opening="", minutes=60, student_part=StudentPart.LEADING)
    assert items[0].lines == ()
    assert items[2] == Item("What “A pace that fits” looks like", 10, items[2].protocol, ())
    assert items[3].lines == ()


_words = st.text("abc ABC.,“”é", min_size=1).map(lambda t: " ".join(t.split())).filter(bool)


@given(
    st.lists(
        st.builds(Item, _words, st.integers(0, 80), st.just("") | _words, st.tuples(_words)),
        max_size=6,
    )
)
def test_what_is_kept_is_read_back(items: list[Item]) -> None:
    assert agenda.typed(agenda.text(items)) == tuple(items)


_begins = st.builds(
    "{} {}{}".format,
    st.integers(0, 999),
    st.sampled_from(["min", "Mins", "minutes", "m"]),
    st.sampled_from(["", ", then pairs", " alone, then in pairs: go on", " walk - and talk"]),
)


@given(
    st.lists(
        st.builds(Item, _begins, st.integers(0, 80), st.just("") | _begins, st.tuples(_begins)),
        max_size=4,
    )
)
def test_words_that_begin_with_minutes_are_no_part(items: list[Item]) -> None:
    assert agenda.read(agenda.text(items)) == tuple(items)


@given(st.text())
def test_nothing_typed_into_the_sheet_breaks_it(anything: str) -> None:
    for item in agenda.read(anything):
        assert item.minutes >= 0
        assert "\n" not in item.title + item.protocol + "".join(item.lines)


def test_people_type_parts_in_their_own_way() -> None:
    items = agenda.typed(
        "5 minutes - Hello\nStand in a ring.\nSay your name.\n• tea\n90 mins. Walk"
    )
    assert items == (
        Item("Hello", 5, "Stand in a ring. Say your name.", ("tea",)),
        Item("Walk", 90, ""),
    )
    assert agenda.typed("") == ()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Welcome\n10 min: Start", "The agenda does not begin with a part."),
        ("10 min:\nTalk", "A part has no title."),
        ("400 min: Talk\n100 min: More", "The parts take 500 minutes together"),
        ("5 min: A\n" + "x" * 7000, "The agenda has 7,009 characters, and 6,000 fit."),
    ],
)
def test_what_cannot_be_kept_says_what_to_do(typed: str, says: str) -> None:
    with pytest.raises(DecisionProblem, match="^" + says):
        agenda.typed(typed)


def test_the_sum_stands_beside_the_sessions_length() -> None:
    items = draft(60)
    assert agenda.minutes_words(items, 60) == "60 of 60 minutes."
    assert agenda.minutes_words(items, 75) == "60 of 75 minutes, 15 are left."
    assert agenda.minutes_words(items, 59) == "60 of 59 minutes, 1 too many."
