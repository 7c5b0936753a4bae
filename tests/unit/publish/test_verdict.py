"""Both sides of a promise: the adults' word, and the students' that nobody can write."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from lib.catalogue import FORM
from lib.decided import DecisionProblem
from lib.evidence.types import Band, Evidence
from lib.plan.promises import Promise, PromiseState, edit, promises, reopen
from lib.publish import Answer, Verdict, compose, verdicts
from lib.workbook import fold, tabs
from tests.unit.publish.pages import (
    AT,
    NAMES,
    ON,
    PRACTICES,
    SCHOOL,
    cell,
    evidence,
    figure,
    promise,
    table,
)

EARLY = datetime(2026, 1, 25, 12, tzinfo=UTC)
"""After wave 1 of the school has closed, before wave 2 has."""


def early(
    state: PromiseState = PromiseState.DONE, *, follow_up: str = "", **how: object
) -> Promise:
    """A promise that was written before the second wave."""
    told = promise(state=state, **how)
    fields = {**told.record.fields, "follow_up": follow_up}
    event = replace(told.record.latest, at=EARLY, fields=fields)
    return promises(fold([event])[tabs.PROMISES])[0]


def both(told: Promise, known: Evidence) -> Verdict:
    return of((told,), known)[told.record_id]


def of(told: Sequence[Promise], known: Evidence) -> Mapping[str, Verdict]:
    page = compose(
        school=SCHOOL,
        promises=told,
        focuses=(),
        evidence=known,
        practices=PRACTICES,
        names=NAMES,
        version=1,
        on=ON,
    )
    return verdicts(told, page, known, UTC)


def two(then: int, now: int) -> Evidence:
    return evidence(
        table(1, cell({"feedback": figure(then)})), table(2, cell({"feedback": figure(now)}))
    )


@pytest.mark.parametrize(
    ("now", "answer", "students", "opens"),
    [
        (61, Answer.SEEN, "Wave 2 was better than Wave 1", None),
        (41, Answer.SAME, "Wave 2 was about the same as Wave 1", PromiseState.HALF_DONE),
        (20, Answer.NOT_YET, "Wave 2 was worse than Wave 1", PromiseState.HALF_DONE),
    ],
)
def test_without_a_follow_up_the_wave_has_the_word(
    now: int, answer: Answer, students: str, opens: PromiseState | None
) -> None:
    verdict = both(early(), two(40, now))
    assert verdict == Verdict(PromiseState.DONE, answer, students, opens)


def test_before_the_next_wave_and_with_too_few_students_have_not_said() -> None:
    first = evidence(table(1, cell({"feedback": figure(40)})))
    assert both(early(), first) == Verdict(
        PromiseState.DONE, Answer.NOT_ASKED, "no wave has closed since Wave 1", None
    )
    small = evidence(*first.waves, table(2, cell({"feedback": figure(61)}, n=5)))
    assert both(early(), small).answer is Answer.CANNOT_TELL
    assert both(early(), small).opens is None


@pytest.mark.parametrize(
    ("bands", "answer"),
    [
        ((("Not yet", 20), ("Changed a bit", 35), ("Changed a lot", 45)), Answer.SEEN),
        ((("Not yet", 51), ("Changed a bit", 29), ("Changed a lot", 20)), Answer.NOT_YET),
        ((("Not yet", 50), ("Changed a bit", 25), ("Changed a lot", 25)), Answer.DIVIDED),
        ((("Not yet to Changed a bit", 60), ("Changed a lot", 40)), Answer.DIVIDED),
        ((("not yet", 30), ("Changed a bit to Changed a lot", 70)), Answer.SEEN),
    ],
)
def test_the_follow_up_goes_before_the_wave(
    bands: tuple[tuple[str, int], ...], answer: Answer
) -> None:
    asked = {FORM.followup.title("comment early"): tuple(Band(*band) for band in bands)}
    worse = two(40, 20)
    known = replace(worse, waves=(worse.waves[0], replace(worse.waves[1], followup=asked)))
    verdict = both(early(follow_up="comment early"), known)
    assert verdict.answer is answer
    assert (verdict.opens is PromiseState.HALF_DONE) == (answer is Answer.NOT_YET)
    assert verdict.students.endswith(f"{bands[0][0].lower()} {bands[0][1]}%, Wave 2")
    assert verdict.heard == f"{answer.value}: {verdict.students}"


def test_words_that_staff_change_later_do_not_undo_what_students_answered() -> None:
    asked = {FORM.followup.title("comment early"): (Band("Not yet", 60), Band("Changed a lot", 40))}
    known = replace(
        two(40, 41), waves=(two(40, 41).waves[0], replace(two(40, 41).waves[1], followup=asked))
    )
    told = early(follow_up="comment early")
    other = edit(
        told,
        you_said=told.you_said,
        state=told.state,
        we_did=told.we_did,
        owner="",
        revisit=None,
        follow_up="do something easier",
        who="lead",
        at=AT,
    )
    (now,) = promises(fold([*told.record.history, other])[tabs.PROMISES])
    assert now.asked_as == ("do something easier", "comment early")
    assert both(now, known).answer is Answer.NOT_YET


def test_a_wave_that_closed_before_the_adults_said_done_opens_nothing() -> None:
    late = promise()  # of October, and wave 2 was in February
    assert both(late, two(40, 41)).answer is Answer.SAME
    assert both(late, two(40, 41)).opens is None


def test_what_was_declined_is_heard_again_when_it_gets_worse() -> None:
    no = early(PromiseState.NOT_THIS_TIME, we_did="no room", revisit=date(2027, 1, 1))
    assert both(no, two(40, 20)).opens is PromiseState.LISTENING
    assert both(no, two(40, 41)).opens is None
    assert both(early(PromiseState.DOING), two(40, 20)).opens is None


def test_a_draft_has_no_verdict() -> None:
    draft, ready = promise(practice="calm", we_did=""), promise()
    assert set(of((draft, ready), two(40, 41))) == {ready.record_id}


def test_an_answer_is_opened_by_what_students_said_and_an_edit_closes_that() -> None:
    told = early(revisit=date(2026, 2, 1))
    heard = both(told, two(40, 20)).heard
    how = {"heard": heard, "today": date(2026, 2, 21), "who": "lead", "at": AT}
    opened = reopen(told, to=PromiseState.HALF_DONE, **how)
    (now,) = promises(fold([*told.record.history, opened])[tabs.PROMISES])
    assert (now.state, now.reopened, now.revisit) == (PromiseState.HALF_DONE, heard, None)
    assert now.state_since == opened.at
    assert both(now, two(40, 20)).opens is None
    with pytest.raises(DecisionProblem, match="is “half done” already"):
        reopen(now, to=PromiseState.HALF_DONE, **how)
    done = edit(
        now,
        you_said=now.you_said,
        state=PromiseState.DONE,
        we_did="Now in every class.",
        owner="",
        revisit=None,
        follow_up="",
        who="lead",
        at=AT,
    )
    (again,) = promises(fold([*now.record.history, done])[tabs.PROMISES])
    assert (again.state, again.reopened) == (PromiseState.DONE, "")
    # The same wave does not open it twice: it closed before this word of the adults.
    assert both(again, two(40, 20)).opens is None
