"""Where the students' page stands, and what staff should know before they publish it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from lib.plan.promises import PromiseState
from lib.publish import RECORD_ID, before_publishing, students_see, withdraw
from lib.publish.versions import publish
from lib.workbook import Event, Record, fold, tabs
from tests.unit.publish.pages import AT, NAMES, ON, promise, public_page, public_promise

PAGE = public_page(public_promise())
FIRST = publish(PAGE, who="lead", at=AT, previous=None)


def records(*events: Event) -> Mapping[str, Record]:
    return fold(events)[tabs.PUBLISHED]


def test_each_state_of_the_page_is_one_sentence() -> None:
    down = withdraw(records(FIRST)[RECORD_ID], who="lead", at=AT + timedelta(days=1))
    damaged = replace(FIRST, fields={**FIRST.fields, "content": "{"})
    assert students_see({}) == (
        "Nothing is published yet: students read that your answers will stand here."
    )
    assert students_see(records(FIRST)) == (
        "Students see version 3, published on Oct 12, 2026. Below is what comes next."
    )
    assert students_see(records(FIRST, down)) == (
        "Withdrawn on Oct 13, 2026: students read that the school is changing this page."
    )
    assert students_see(records(damaged)).startswith(
        "The published version is damaged, so students do not see it. The published page"
    )


def test_days_are_the_school_s_own() -> None:
    late = replace(FIRST, at=AT.replace(hour=23))
    assert "Oct 12, 2026" in students_see(records(late), UTC)
    assert "Oct 13, 2026" in students_see(records(late), ZoneInfo("Asia/Ho_Chi_Minh"))


def test_answers_that_are_not_ready_are_named_with_what_they_miss() -> None:
    no_day = promise(practice="calm", state=PromiseState.NOT_THIS_TIME, we_did="because no room")
    no_text = promise(practice="feedback", we_did="")
    assert before_publishing((promise(),), NAMES, today=ON) == ()
    assert before_publishing((no_day,), NAMES, today=ON) == (
        "1 answer is missing a day to look again and will not be published: Calm.",
    )
    assert before_publishing((no_text,), NAMES, today=ON) == (
        "1 answer is missing a sentence and will not be published: Feedback in time.",
    )
    assert before_publishing((no_day, no_text), NAMES, today=ON) == (
        "2 answers are missing a sentence or a day and will not be published: Calm and Feedback "
        "in time.",
    )


def test_a_day_that_has_passed_asks_for_a_new_one() -> None:
    doing, passed = PromiseState.DOING, date(2026, 10, 11)
    late = promise(state=doing, revisit=passed)
    told = (late, promise(state=doing, revisit=ON), promise(practice="calm", revisit=passed))
    assert before_publishing(told, NAMES, today=ON) == (
        "Set a new day for “Feedback in time”. Until then students read that you are late.",
    )
