"""The review: states, order, undo, and a referral that stays."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.decided import DecisionProblem
from lib.voices.desk import Material, desk
from lib.voices.drills import drill_sayings, start_drill
from lib.voices.review import State, places
from lib.voices.review_queue import backlog, queue, twins
from lib.voices.settle import decide, settle, undo
from lib.workbook import fold, new_event, tabs
from tests.unit.voices.people import (
    NOW,
    OPEN,
    WAVE,
    WINDOWS,
    ZONE,
    at,
    decided,
    feedback,
    item,
    passed,
    readings,
    referred,
    saying,
)

PLAIN = saying("more labs please", 1)
LOUD = saying("it is too loud in there", 2)
RED = saying("i dont want to be alive", 3)
AMBER = saying("this homework is killing me", 4)
ALL = (PLAIN, LOUD, RED, AMBER)


def test_everything_starts_unreviewed() -> None:
    assert set(places(ALL, {}, readings(ALL)).values()) == {State.UNREVIEWED}


def test_red_comes_first_then_amber_then_the_oldest() -> None:
    found = queue(ALL[::-1], {}, readings(ALL))
    assert [each.saying_id for each in found] == ["s3", "s4", "s1", "s2"]


def test_an_item_tells_the_month_and_masks_names() -> None:
    only = item(saying("Ms. Holt helps", 5))
    assert only.month == "September 2026"
    assert only.reading.masked.text == "[name] helps"


def test_a_decision_keeps_state_and_month_and_no_words() -> None:
    event = passed(PLAIN)
    assert event.tab == tabs.REVIEWS
    assert event.record_id == PLAIN.saying_id
    assert event.fields == {
        "source": "comment",
        "state": "passed",
        "words": "",
        "wave": "w1",
        "month": "2026-09",
        "step": "",
    }
    assert set(event.fields) == set(tabs.TABS[tabs.REVIEWS].columns)
    assert set(referred(RED).fields.values()) == {"comment", "referred", "", "w1", "2026-09", "new"}


def test_a_redaction_keeps_the_edited_words_alone() -> None:
    event = decide(item(PLAIN), State.REDACTED, words=" more labs ", who="Lee", at=at(12))
    assert decided(event)["s1"].words == "more labs"


def test_a_redaction_needs_other_words() -> None:
    for words in ("", " ", "more  labs please"):
        with pytest.raises(DecisionProblem):
            decide(item(PLAIN), State.REDACTED, words=words, who="Lee", at=at(12))


def test_redacted_words_are_gone_from_the_next_decision() -> None:
    first = decide(item(PLAIN), State.REDACTED, words="more labs", who="Lee", at=at(12))
    held = decide(item(PLAIN, first, state=State.REDACTED), State.HELD, who="Lee", at=at(13))
    assert held.fields["words"] == ""
    assert decided(first, held)["s1"].state is State.HELD


def test_the_same_decision_twice_is_no_decision() -> None:
    with pytest.raises(DecisionProblem, match="already"):
        decide(item(PLAIN, passed(PLAIN), state=State.PASSED), State.PASSED, who="L", at=at(13))


def test_undo_goes_back_step_by_step() -> None:
    one = passed(PLAIN)
    two = decide(item(PLAIN, one, state=State.PASSED), State.HELD, who="Lee", at=at(13))
    three = undo(item(PLAIN, one, two, state=State.HELD), who="Lee", at=at(14))
    assert decided(one, two, three)["s1"].state is State.PASSED
    first = undo(item(PLAIN, one, state=State.PASSED), who="Lee", at=at(14))
    assert decided(one, first)["s1"].state is State.UNREVIEWED
    with pytest.raises(DecisionProblem, match="Nobody"):
        undo(item(PLAIN), who="Lee", at=at(14))


def test_a_referral_leaves_every_queue_of_the_reviewers() -> None:
    after = decided(referred(RED))
    for state in (State.UNREVIEWED, State.PASSED, State.REDACTED, State.HELD):
        found = queue(ALL, after, readings(ALL), state=state)
        assert RED.saying_id not in {each.saying_id for each in found}
    with pytest.raises(ValueError, match="counselor"):
        queue(ALL, after, readings(ALL), state=State.REFERRED)


def test_a_reviewer_with_an_old_screen_cannot_undo_a_referral() -> None:
    stale = item(RED)
    events = (referred(RED), decide(stale, State.PASSED, who="Kim", at=at(13)))
    after = decided(*events)[RED.saying_id]
    assert after.state is State.REFERRED
    assert after.contested


def test_after_a_referral_nothing_else_may_be_decided() -> None:
    gone = replace(item(RED), review=decided(referred(RED))[RED.saying_id])
    with pytest.raises(DecisionProblem, match="counselor"):
        decide(gone, State.PASSED, who="Lee", at=at(13))
    with pytest.raises(DecisionProblem, match="cannot be undone"):
        undo(gone, who="Lee", at=at(13))


def test_two_who_decide_at_once_are_seen_to() -> None:
    both = (passed(PLAIN), decide(item(PLAIN), State.HELD, who="Kim", at=at(13)))
    after = decided(*both)["s1"]
    assert (after.state, after.who, after.contested) == (State.HELD, "Kim", True)
    agree = (passed(PLAIN), passed(PLAIN, "Kim", at(13)))
    assert not decided(*agree)["s1"].contested


def test_the_same_words_go_where_the_referred_ones_went() -> None:
    twin = saying(RED.text, 9, when=datetime(2026, 10, 2))
    where = places([RED, twin], decided(passed(twin), referred(RED)), readings([RED, twin]))
    assert set(where.values()) == {State.REFERRED}


def test_a_twin_stays_with_the_counselor_when_the_referred_answer_is_deleted() -> None:
    twin, said = saying(RED.text, 9, when=datetime(2026, 10, 2)), saying(RED.text, 8)
    both, before = (RED, twin, said), passed(twin)
    read = readings(both)
    gone = twins(item(RED, among=[twin, said]), both, decided(before), read)
    assert [each.saying_id for each in gone] == ["s9", "s8"]
    events = settle(
        item(RED), State.REFERRED, practices=(), themes={}, twins=gone, who="Lee", at=at(13)
    )
    where = places([twin, said], decided(before, *events), read)
    assert set(where.values()) == {State.REFERRED}


def test_what_is_taken_back_or_goes_along_is_about_the_practices_that_a_person_gave_it() -> None:
    said = feedback(
        [(RED.text, WAVE.opens, "2"), (RED.text, WAVE.opens + timedelta(minutes=5), "3")]
    )
    before = desk(Material(said, WINDOWS, {}, ("choice", "calm"), ZONE))
    first, twin = before.queue()
    decided_since = settle(twin, State.PASSED, practices=("calm",), themes={}, who="Lee", at=at(12))
    after = desk(Material(said, WINDOWS, fold(decided_since), ("choice", "calm"), ZONE))
    last, (gone,) = after.last("Lee"), after.twins(first)
    assert last is not None
    assert (last.saying_id, last.practices) == (twin.saying_id, ("calm",))
    assert (gone.saying_id, gone.practices) == (twin.saying_id, ("calm",))


def test_neither_a_drill_nor_a_common_answer_takes_others_along() -> None:
    short, other, drill = saying("nothing", 7), saying("nothing", 8), start_drill(who="x", at=at(1))
    made_up = drill_sayings(decided(drill), ZONE)
    among = (short, other, *made_up, saying(made_up[0].text, 5))
    assert twins(item(short), among, {}, readings(among)) == ()
    assert twins(item(made_up[0]), among, {}, readings(among)) == ()


def test_a_common_answer_referred_by_a_slip_takes_no_other_along() -> None:
    one, other = saying("nothing", 7), saying("nothing", 8)
    where = places([one, other], decided(referred(one)), readings([one, other]))
    assert where == {"s7": State.REFERRED, "s8": State.UNREVIEWED}


def test_what_somebody_typed_into_the_sheet_is_read_again() -> None:
    for state in ("", "fine", "PASSED?"):
        event = new_event(tabs.REVIEWS, {"state": state}, who="x", at=at(1), record_id="s1")
        assert decided(event)["s1"].state is State.UNREVIEWED
    bare = new_event(tabs.REVIEWS, {"state": "redacted"}, who="x", at=at(1), record_id="s1")
    assert decided(bare)["s1"].state is State.UNREVIEWED


def test_the_backlog_counts_what_waits_what_is_new_and_how_old() -> None:
    late = saying("new here", 5, wave=OPEN, when=NOW - timedelta(hours=2))
    every = (*ALL, late)
    before = passed(saying("x", 99), "Lee", at(12))
    after = decided(before)
    waiting = queue(every, after, readings(every))
    mine = backlog(waiting, after, who="Lee", now=NOW, zone=ZONE)
    assert (mine.waiting, mine.red, mine.amber, mine.new) == (5, 1, 1, 1)
    assert mine.oldest_days == (NOW - WAVE.opens).days
    theirs = backlog(waiting, after, who="Kim", now=NOW, zone=ZONE)
    assert theirs.new == 5
    nobody = backlog((), after, who="Kim", now=NOW, zone=ZONE)
    assert (nobody.waiting, nobody.oldest_days) == (0, None)


def test_a_drill_waits_with_the_others_and_is_not_counted() -> None:
    after = decided(start_drill(who="Kim", at=at(12)))
    every = (*ALL, *drill_sayings(after, ZONE))
    waiting = queue(every, after, readings(every))
    assert len(waiting) == 5
    assert backlog(waiting, after, who="Kim", now=NOW, zone=ZONE).waiting == 4


STATES = st.lists(st.sampled_from([s for s in State if s is not State.UNREVIEWED]), max_size=6)


@settings(deadline=None, max_examples=40)
@given(STATES, st.randoms())
def test_every_saying_is_in_one_place_and_a_referral_stays(states, random) -> None:
    events = [
        new_event(
            tabs.REVIEWS,
            {"state": state.value, "words": "w" if state is State.REDACTED else ""},
            who="x",
            at=at(1 + number),
            record_id="s1",
        )
        for number, state in enumerate(states)
    ]
    random.shuffle(events)
    after = decided(*events) if events else {}
    read = readings(ALL)
    listed = [
        (each.saying_id, state)
        for state in State
        if state is not State.REFERRED
        for each in queue(ALL, after, read, state=state)
    ]
    where = places(ALL, after, read)
    assert len({saying_id for saying_id, _ in listed}) == len(listed)
    assert all(where[saying_id] is state for saying_id, state in listed)
    assert (where["s1"] is State.REFERRED) == (State.REFERRED in states)
