"""The counselor's queue: steps, the clock, the log without words, and the drill."""

import csv
import io
from datetime import datetime, timedelta

import pytest

from lib.decided import DecisionProblem
from lib.voices.drills import drill_sayings, drills, start_drill
from lib.voices.hours import hours_from
from lib.voices.identity import NOBODY
from lib.voices.review import State
from lib.voices.review_queue import queue
from lib.voices.safety import Level
from lib.voices.safety_queue import Step, cases, log_csv, move, overdue
from lib.voices.sayings import Source
from lib.voices.settle import decide
from lib.voices.shown import approved
from lib.workbook import tabs
from tests.unit.voices.people import (
    NOW,
    ZONE,
    at,
    decided,
    item,
    passed,
    readings,
    referred,
    saying,
)

HOURS, _ = hours_from({}, ZONE)
RED = saying("i dont want to be alive", 1)
OTHER = saying("more labs", 2)
MONDAY = at(12, 14)  # 9:00 in Chicago
REFERRED = referred(RED, when=MONDAY)


def the_cases(*events, sayings=(RED, OTHER), now=MONDAY):
    return cases(sayings, decided(*events), readings(sayings), HOURS, now=now)


def test_a_referred_saying_is_a_new_case_with_its_row_and_clock() -> None:
    (case,) = the_cases(REFERRED)
    assert (case.step, case.open, case.since) == (Step.NEW, True, MONDAY)
    assert case.saying is not None
    assert (case.saying.row, case.year_month) == (3, "2026-09")
    assert case.reading is not None
    assert case.reading.concern.level is Level.RED
    assert case.due == MONDAY + timedelta(hours=4)
    assert not case.overdue


def test_nothing_else_is_a_case() -> None:
    assert the_cases(passed(RED)) == ()


def test_a_case_walks_through_its_steps_and_back() -> None:
    events = [REFERRED]
    for hour, step in enumerate((Step.SEEN, Step.HANDED_OVER, Step.CLOSED, Step.SEEN), 15):
        (case,) = the_cases(*events)
        events.append(move(case, step, who="Ada", at=at(12, hour)))
        (case,) = the_cases(*events)
        assert case.step is step
    assert [event.fields["step"] for event in case.history] == [
        *("new", "seen", "handed over", "closed", "seen"),
    ]
    assert {*case.history[-1].fields} == {*tabs.TABS[tabs.REVIEWS].columns}
    assert {event.who for event in case.history} == {"Lee", "Ada"}
    with pytest.raises(DecisionProblem, match="already"):
        move(case, Step.SEEN, who="Ada", at=at(13))


def test_the_clock_runs_until_somebody_has_it_in_hand() -> None:
    late = MONDAY + timedelta(hours=4)
    (new,) = the_cases(REFERRED, now=late)
    seen = move(new, Step.SEEN, who="Ada", at=at(12, 15))
    over = move(new, Step.HANDED_OVER, who="Ada", at=at(12, 15))
    assert overdue(the_cases(REFERRED, now=late)) == 1
    assert [case.waited for case in the_cases(REFERRED, now=late)] == [timedelta(hours=4)]
    assert overdue(the_cases(REFERRED, seen, now=late)) == 1
    assert overdue(the_cases(REFERRED, over, now=late)) == 0
    assert overdue(the_cases(REFERRED, now=late - timedelta(minutes=1))) == 0


def test_nothing_is_ever_closed_by_itself() -> None:
    (case,) = the_cases(REFERRED, now=MONDAY + timedelta(days=900))
    assert (case.step, case.overdue) == (Step.NEW, True)


def test_an_answer_that_was_edited_or_deleted_stays_a_case_without_words() -> None:
    (case,) = the_cases(REFERRED, sayings=(OTHER,))
    assert (case.saying, case.reading) == (None, None)
    assert (case.step, case.wave_id, case.year_month) == (Step.NEW, "w1", "2026-09")


def test_the_same_words_are_a_case_of_their_own() -> None:
    twin = saying(RED.text, 3, when=datetime(2026, 10, 13, 10))
    found = the_cases(REFERRED, sayings=(RED, twin))
    assert [(case.case_id, case.alike) for case in found] == [("s1", False), ("s3", True)]
    assert found[1].since == at(13, 15)
    seen = move(found[1], Step.SEEN, who="Ada", at=at(13, 16))
    after = {c.case_id: c.step for c in the_cases(REFERRED, seen, sayings=(RED, twin))}
    assert after == {"s1": Step.NEW, "s3": Step.SEEN}


def test_a_reviewer_who_passes_at_the_same_moment_closes_nothing() -> None:
    stale = decide(item(RED), State.PASSED, who="Kim", at=at(12, 15))
    (case,) = the_cases(REFERRED, stale)
    assert (case.step, case.contested) == (Step.NEW, True)


def test_what_waits_comes_before_what_is_in_hand() -> None:
    two = saying("somebody hit me at home", 5)
    events = [REFERRED, referred(two, when=at(12, 15))]
    (case, _) = the_cases(*events, sayings=(RED, two))
    events.append(move(case, Step.CLOSED, who="Ada", at=at(12, 16)))
    assert [c.case_id for c in the_cases(*events, sayings=(RED, two))] == ["s5", "s1"]


def test_the_log_holds_who_and_when_and_no_word() -> None:
    (case,) = the_cases(REFERRED)
    seen = move(case, Step.SEEN, who="=HYPERLINK(1)", at=at(12, 15))
    text = log_csv(decided(REFERRED, seen, passed(OTHER)), ZONE)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [
        ["case", "kind", "wave", "month", "step", "when", "who"],
        ["s1", "comment", "w1", "2026-09", "new", "2026-10-12 09:00", "Lee"],
        ["s1", "comment", "w1", "2026-09", "seen", "2026-10-12 10:00", "'=HYPERLINK(1)"],
    ]
    assert "alive" not in text


def test_a_drill_goes_through_the_whole_chain_and_counts_nowhere() -> None:
    begun = start_drill(who="Principal", at=MONDAY)
    said = drill_sayings(decided(begun), ZONE)
    assert [(each.source, each.at) for each in said] == [(Source.DRILL, datetime(2026, 10, 12, 9))]
    (waiting,) = queue(said, decided(begun), readings(said))
    assert waiting.reading.concern.level is Level.RED
    (drill,) = drills(decided(begun))
    assert (drill.started, drill.referred, drill.seen) == ((MONDAY, "Principal"), None, None)

    sent = decide(waiting, State.REFERRED, who="Lee", at=at(12, 15))
    (case,) = the_cases(begun, sent, sayings=said, now=at(14))
    assert case.drill
    assert overdue((case,)) == 0
    seen = move(case, Step.SEEN, who="Ada", at=at(12, 16))
    (drill,) = drills(decided(begun, sent, seen))
    assert (drill.referred, drill.seen) == ((at(12, 15), "Lee"), (at(12, 16), "Ada"))


def test_a_second_drill_goes_through_the_review_again() -> None:
    first = start_drill(who="Principal", at=MONDAY)
    (said,) = drill_sayings(decided(first), ZONE)
    sent = decide(item(said, first), State.REFERRED, who="Lee", at=at(12, 15))
    second = start_drill(who="Principal", at=at(13))
    both = drill_sayings(decided(first, sent, second), ZONE)
    waiting = queue(both, decided(first, sent, second), readings(both))
    assert [each.saying_id for each in waiting] == [second.record_id]


def test_a_drill_that_was_passed_by_mistake_is_shown_to_nobody() -> None:
    begun = start_drill(who="Principal", at=MONDAY)
    said = drill_sayings(decided(begun), ZONE)
    (waiting,) = queue(said, decided(begun), readings(said))
    slip = decide(waiting, State.PASSED, who="Lee", at=at(12, 15))
    shown = approved(said, decided(begun, slip), readings(said), NOBODY, now=NOW, floor=1)
    assert shown == ()
    assert drills(decided(begun, slip))[0].seen is None
