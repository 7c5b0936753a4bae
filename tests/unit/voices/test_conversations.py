"""Conversations: logged without names, read like comments, taken back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.intake.feedback import Standing
from lib.students_part import StudentPart
from lib.voices.conversations import (
    HowMany,
    Kind,
    conversations,
    edit,
    log,
    mentions,
    notes,
    withdraw,
)
from lib.voices.log_form import empty, save, shown
from lib.voices.review import State, places
from lib.voices.sayings import Source
from lib.voices.settle import decide
from lib.workbook import Event, new_event, tabs
from tests.unit.voices.people import at, decided, item, readings, records

DAY = date(2026, 10, 12)
HEARD = "They want two ways to show it."
STANDINGS = {"choice": Standing.ISNT_WORKING, "handson": Standing.USED_TO_WORK}


def logged(heard: str = HEARD, on: date = DAY, standings=STANDINGS) -> Event:
    return log(
        on=on,
        kind=Kind.INFORMAL_TALK,
        students=HowMany.FIVE_TO_NINE,
        standings=standings,
        student_part=StudentPart.ASKED,
        heard=heard,
        today=DAY,
        who="Lee",
        at=at(12),
    )


def test_a_conversation_is_written_in_columns_that_a_person_can_read() -> None:
    event = logged()
    assert event.fields == {
        "date": "2026-10-12",
        "kind": "informal talk",
        "students": "5-9",
        "standings": "choice: isn't working; handson: used to work",
        "student_part": "asked",
        "heard": HEARD,
        "state": "logged",
    }
    assert set(event.fields) == set(tabs.TABS[tabs.CONVERSATIONS].columns)
    (held,) = conversations(records(event))
    assert (held.month, held.kind, held.students) == (
        *("October 2026", Kind.INFORMAL_TALK, HowMany.FIVE_TO_NINE),
    )
    assert (held.standings, held.student_part) == (STANDINGS, StudentPart.ASKED)


def test_a_practice_alone_or_a_sentence_alone_is_enough() -> None:
    assert logged(heard="").fields["standings"]
    assert logged(standings={}).fields["heard"]
    with pytest.raises(DecisionProblem, match="practice or a sentence"):
        logged(heard=" ", standings={})


def test_a_day_to_come_and_a_long_note_are_refused() -> None:
    with pytest.raises(DecisionProblem, match="still to come"):
        logged(on=date(2026, 10, 13))
    with pytest.raises(DecisionProblem, match="600 fit"):
        logged(heard="x" * 601)


def test_what_was_heard_is_reviewed_like_a_comment() -> None:
    held = conversations(records(logged()))
    (note,) = notes(held)
    assert (note.source, note.text, note.year_month) == (Source.CONVERSATION, HEARD, "2026-10")
    assert "Lee" not in repr(note)
    assert note.saying_id == held[0].note_id
    ok = decide(item(note), State.PASSED, who="Ada", at=at(13))
    assert places([note], decided(ok), readings([note])) == {note.saying_id: State.PASSED}
    assert notes(conversations(records(logged(heard="")))) == ()


def test_other_words_are_read_anew() -> None:
    first = logged()
    (held,) = conversations(records(first))
    second = edit(
        held,
        on=DAY,
        kind=held.kind,
        students=held.students,
        standings=held.standings,
        student_part=held.student_part,
        heard="They want three ways.",
        today=DAY,
        who="Lee",
        at=at(13),
    )
    (now,) = conversations(records(first, second))
    assert now.note_id != held.note_id


def test_a_withdrawn_conversation_is_none() -> None:
    first = logged()
    (held,) = conversations(records(first))
    gone = withdraw(held, who="Lee", at=at(13))
    assert conversations(records(first, gone)) == ()


def test_mentions_count_conversations() -> None:
    events = [logged(), logged(standings={"choice": Standing.WORKS})]
    found = mentions(conversations(records(*events)))
    assert found["choice"] == {Standing.ISNT_WORKING: 1, Standing.WORKS: 1}
    assert found["handson"] == {Standing.USED_TO_WORK: 1}


@given(st.dictionaries(st.sampled_from(list(logged().fields)), st.text(max_size=60)))
def test_what_people_type_into_the_tab_claims_the_least(fields) -> None:
    event = new_event(tabs.CONVERSATIONS, fields, who="x", at=at(1), record_id="r")
    for held in conversations(records(event)):
        assert held.students in HowMany
        assert set(held.standings.values()) <= set(Standing)
        assert len(notes([held])) == bool(held.heard)


def test_the_form_asks_for_a_standing_of_each_practice() -> None:
    typed = replace(empty(DAY), standings={"choice": Standing.WORKS, "calm": None})
    with pytest.raises(DecisionProblem, match="What was said of Calm time"):
        save(typed, None, {"calm": "Calm time"}, today=DAY, who="Lee", at=at(13))
    typed = replace(typed, standings={"choice": Standing.WORKS})
    event = save(typed, None, {}, today=DAY, who="Lee", at=at(13))
    assert event.fields["standings"] == "choice: works"


def test_a_correction_shows_no_words_and_keeps_them_where_none_are_typed() -> None:
    (held,) = conversations(records(logged()))
    form = shown(held, DAY)
    assert held.heard
    assert form.heard == ""
    more = replace(form, students=HowMany.TEN_OR_MORE)
    event = save(more, held, {}, today=DAY, who="Lee", at=at(13))
    assert event.fields["heard"] == held.heard
    assert event.fields["students"] == "10 or more"
    other = save(replace(form, heard="New words."), held, {}, today=DAY, who="Lee", at=at(13))
    assert other.fields["heard"] == "New words."
