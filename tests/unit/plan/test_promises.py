"""Writing promises, and what they need before students may read them."""

from datetime import date

import pytest

from lib.decided import DecisionProblem
from lib.plan import promises
from lib.plan.promises import Promise, PromiseState, because, missing
from lib.workbook import Event, tabs
from tests.unit.plan.people import at, records, typed_into_sheet


def written(
    you_said: str = "Comments come too late.",
    state: PromiseState = PromiseState.DONE,
    we_did: str = "Drafts get a comment.",
    revisit: date | None = None,
    day: int = 1,
) -> Event:
    return promises.make(
        focus="f1",
        practice="feedback",
        wave="fall",
        you_said=you_said,
        state=state,
        we_did=we_did,
        owner="Ana",
        revisit=revisit,
        who="lead",
        at=at(day),
    )


def read(*events: Event) -> tuple[Promise, ...]:
    return promises.promises(records(*events))


def test_a_promise_is_kept_in_the_tabs_words() -> None:
    event = written(revisit=date(2027, 3, 1))
    assert (event.tab, dict(event.fields)) == (
        tabs.PROMISES,
        {
            "focus": "f1",
            "practice": "feedback",
            "wave": "fall",
            "you_said": "Comments come too late.",
            "state": "done",
            "we_did": "Drafts get a comment.",
            "owner": "Ana",
            "revisit": "2027-03-01",
            "follow_up": "",
        },
    )
    assert set(event.fields) <= set(tabs.TABS[tabs.PROMISES].columns)
    assert read(event)[0].revisit == date(2027, 3, 1)


def test_the_states_are_five_and_none_says_that_it_worked() -> None:
    assert [state.value for state in PromiseState] == [
        "listening",
        "doing",
        "half done",
        "done",
        "not this time",
    ]


def test_the_newest_promise_comes_first() -> None:
    assert [p.you_said for p in read(written("Old.", day=1), written("New.", day=2))] == [
        "New.",
        "Old.",
    ]


def test_a_promise_is_edited_and_the_edit_undone() -> None:
    first = written()
    edit = promises.edit(
        read(first)[0],
        you_said="Comments come too late.",
        state=PromiseState.HALF_DONE,
        we_did="Only in science so far.",
        owner="",
        revisit=date(2027, 1, 4),
        follow_up="",
        who="lead",
        at=at(2),
    )
    own = read(first, edit)[0]
    assert (own.state, own.owner, own.revisit) == (PromiseState.HALF_DONE, "", date(2027, 1, 4))
    back = promises.undo(own, who="lead", at=at(3))
    assert (back.revision, dict(back.fields)) == (3, dict(first.fields))


def test_undoing_the_first_writing_leaves_no_promise_but_its_record() -> None:
    first = written()
    back = promises.undo(read(first)[0], who="lead", at=at(2))
    assert read(first, back) == ()


def test_a_promise_without_any_sentence_is_not_saved() -> None:
    with pytest.raises(DecisionProblem, match="at least one sentence"):
        written(" ", we_did="\n")


def test_a_sentence_that_is_too_long_is_refused_in_words() -> None:
    with pytest.raises(
        DecisionProblem, match="“What students said” has 281 characters, and 280 fit"
    ):
        written("a" * 281)


@pytest.mark.parametrize("state", list(PromiseState))
def test_what_students_said_is_always_needed(state: PromiseState) -> None:
    (own,) = read(written("", state, "because of time", date(2027, 3, 1)))
    assert missing(own) == ("Write what students said, in one sentence.",)


def test_a_state_needs_its_sentence() -> None:
    (own,) = read(written(state=PromiseState.DOING, we_did=""))
    assert missing(own) == ("Write one sentence that goes with “doing”.",)
    (own,) = read(written())
    assert missing(own) == ()


def test_not_this_time_needs_a_reason_and_a_day() -> None:
    (own,) = read(written(state=PromiseState.NOT_THIS_TIME, we_did="Not this time, because"))
    assert missing(own) == (
        "Say why it is not done this time: students will read “because ...”.",
        "Set the day on which you look at “not this time” again.",
    )
    (own,) = read(
        written(state=PromiseState.NOT_THIS_TIME, we_did="no room", revisit=date(2027, 3, 1))
    )
    assert missing(own) == ()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("there is no room", "there is no room"),
        ("Because there is no room", "there is no room"),
        ("Not this time, because there is no room", "there is no room"),
        ("not this time: because, there is no room", "there is no room"),
        ("Becausewe said so", "Becausewe said so"),
        ("because", ""),
        ("", ""),
    ],
)
def test_a_reason_stands_after_because(typed: str, reason: str) -> None:
    assert because(typed) == reason


def test_a_row_typed_by_hand_claims_the_least() -> None:
    row = {"you_said": "x" * 400, "state": "worked!", "revisit": "next week"}
    (own,) = promises.promises(typed_into_sheet(tabs.PROMISES, row))
    assert (own.state, own.revisit, len(own.you_said)) == (PromiseState.LISTENING, None, 280)
    assert own.you_said.endswith("…")


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_that_can_only_be_a_slip_is_refused_and_never_read(day: date) -> None:
    with pytest.raises(DecisionProblem, match=f"Nobody plans for the year {day.year}"):
        written(revisit=day)
    row = {"you_said": "x", "revisit": day.isoformat()}
    (own,) = promises.promises(typed_into_sheet(tabs.PROMISES, row))
    assert own.revisit is None
