"""The loop clock: who waits for an answer and how long, what was kept, whom students trust."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from lib.evidence.types import (
    Change,
    Evidence,
    Figure,
    Hidden,
    Priority,
    Tier,
    WaveTable,
)
from lib.plan.promises import Promise, PromiseState, promises
from lib.publish import clock
from lib.publish.clock import Kept, Unanswered
from lib.publish.page import PublicPromise
from lib.voices.bring_back import BringBack
from lib.workbook import fold, tabs
from tests.unit.publish.pages import (
    NAMES,
    cell,
    evidence,
    figure,
    promise,
    public_promise,
    table,
)

Readable = tuple[PublicPromise, date]
NOW = datetime(2026, 4, 1)
"""Waves 1 to 3 closed on January 20, February 20 and March 20."""


def asking(number: int, *practices: str, tier: Tier = Tier.POSSIBLE) -> WaveTable:
    ranked = tuple(Priority(p, figure(60), 0.4, tier, "") for p in practices)
    shares = {"calm": figure(50), "feedback": figure(50)}
    return replace(table(number, cell(shares)), priorities=ranked)


def told(day: date, practice: str = "feedback", **how: object) -> Promise:
    made = promise(practice=practice, **how)
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return promises(fold([replace(made.record.latest, at=at)])[tabs.PROMISES])[0]


def reads(made: Promise, day: date) -> Readable:
    """As it stands on the page since a day."""
    said = {"you_said": made.you_said, "state": made.state, "we_did": made.we_did}
    shown = replace(public_promise(), practice=NAMES[made.practice], revisit=made.revisit, **said)
    return shown, day


def waiting(
    known: Evidence,
    *made: Promise,
    read: Sequence[Readable] = (),
    missed: Sequence[BringBack] = (),
) -> tuple[Unanswered, ...]:
    return clock.unanswered(known, made, read, missed, names=NAMES, now=NOW)


THREE = evidence(asking(1, "calm"), asking(2, "calm", "feedback"), asking(3, "calm", "feedback"))


def test_the_wait_begins_with_the_first_wave_in_a_row_that_asked() -> None:
    assert waiting(THREE) == (
        Unanswered("calm", "Wave 1", 71, back=False, written=False),
        Unanswered("feedback", "Wave 2", 40, back=False, written=False),
    )
    gap = evidence(asking(1, "calm"), asking(2), asking(3, "calm"))
    assert [(each.wave, each.days) for each in waiting(gap)] == [("Wave 3", 12)]
    assert waiting(evidence()) == ()
    small = evidence(asking(1, "calm"), table(2), asking(3, "calm"))  # nobody printed in the second
    assert [(each.wave, each.days) for each in waiting(small)] == [("Wave 1", 71)]


def test_an_answer_starts_it_anew_on_the_day_from_which_students_can_read_it() -> None:
    made = told(date(2026, 1, 1), "calm")
    (_, calm) = waiting(THREE, made, read=[reads(made, date(2026, 2, 25))])
    assert (calm.practice, calm.wave, calm.days) == ("calm", "Wave 3", 12)
    (feedback,) = waiting(THREE, made, read=[reads(made, date(2026, 3, 25))])
    assert feedback.practice == "feedback"


def test_an_answer_that_is_written_and_not_published_is_none() -> None:
    after_three = told(date(2026, 3, 25), "calm")
    other = reads(told(date(2026, 1, 25)), date(2026, 1, 25))
    for read in ([], [other]):
        calm = waiting(THREE, after_three, read=read)[0]
        assert calm == Unanswered("calm", "Wave 1", 71, back=False, written=True)
    draft = told(date(2026, 3, 25), "calm", we_did="")
    assert not waiting(THREE, draft)[0].written


def test_what_is_only_written_of_an_older_answer_stops_no_clock() -> None:
    soon = {"state": PromiseState.DOING, "revisit": date(2026, 5, 1)}
    old = told(date(2026, 1, 25), "calm", state=PromiseState.DOING, revisit=date(2026, 3, 1))
    on_page = [reads(old, date(2026, 1, 25))]
    still = Unanswered("calm", "Wave 2", 40, back=False, written=True)
    another = told(date(2026, 3, 25), "calm", you_said="It is loud.", **soon)
    for made in ([another, old], [told(date(2026, 3, 25), "calm", **soon)]):
        assert waiting(THREE, *made, read=on_page)[0] == still
    assert waiting(THREE, old, read=on_page)[0] == replace(still, written=False)
    kept = [*on_page, reads(another, date(2026, 3, 25))]
    assert [each.practice for each in waiting(THREE, another, old, read=kept)] == ["feedback"]
    # What was taken out of the plan is an answer for as long as students read it.
    assert [each.practice for each in waiting(THREE, read=kept)] == ["feedback"]


def test_adults_who_are_by_their_word_owe_no_new_answer_until_its_day() -> None:
    for state, day, owed in (
        (PromiseState.DOING, date(2026, 4, 1), False),
        (PromiseState.DOING, date(2026, 3, 31), True),
        (PromiseState.DOING, None, True),
        (PromiseState.DONE, date(2026, 4, 1), True),
    ):
        made = told(date(2026, 1, 25), "calm", state=state, revisit=day)
        found = waiting(THREE, made, read=[reads(made, date(2026, 1, 25))])
        owes = "calm" in [each.practice for each in found]
        assert owes == owed, (state, day)


def test_where_too_few_answered_to_rank_the_three_lowest_count() -> None:
    small = asking(1, "a", "b", "c", "d", tier=Tier.TOO_FEW)
    assert [each.practice for each in waiting(evidence(small))] == ["a", "b", "c"]


def test_what_fell_and_what_used_to_work_waits_too() -> None:
    back = replace(cell({"calm": figure(50)}), used_to_work={"calm": Figure(14, 10, 18)})
    known = evidence(
        table(1, back), table(2, back), table(3, back, change=Change.WORSE, practice="feedback")
    )
    missed = (BringBack("calm", Figure(14, 10, 18), "Wave 1", (), 0),)
    calm, feedback = waiting(known, missed=missed)
    assert calm == Unanswered("calm", "Wave 1", 71, back=True, written=False)
    assert (feedback.practice, feedback.wave) == ("feedback", "Wave 3")
    few = (BringBack("calm", Figure(4, 2, 8), "", (), 0),)
    assert [each.practice for each in waiting(known, missed=few)] == ["feedback"]
    talked = (BringBack("own", None, "", (), 2),)
    own = next(e for e in waiting(known, missed=talked) if e.practice == "own")
    assert (own.wave, own.back) == ("Wave 3", True)


def test_the_clock_is_said_in_sentences() -> None:
    found = waiting(THREE, told(date(2026, 3, 25), "calm"))
    assert clock.headline(found, NAMES) == (
        "Students wait for an answer on 2 practices, the longest on “Calm”: 10 weeks."
    )
    assert clock.headline((), NAMES) == "Everything students asked for has an answer."
    assert [clock.waits(each) for each in found] == [
        "10 weeks without an answer: students asked for it in Wave 1. An answer is written, and "
        "not published.",
        "5 weeks without an answer: students asked for it in Wave 2.",
    ]
    back = Unanswered("calm", "Wave 3", 1, back=True, written=False)
    assert clock.waits(back).startswith("1 day without an answer: students say it used to work in")


def test_what_became_of_the_last_term_s_promises() -> None:
    made = (
        told(date(2026, 2, 21), "feedback", revisit=date(2026, 3, 31)),
        told(date(2026, 1, 25), "calm"),
        told(date(2026, 3, 1), "own", state=PromiseState.NOT_THIS_TIME, revisit=date(2027, 1, 1)),
        told(date(2025, 3, 1), "old", state=PromiseState.HALF_DONE, revisit=date(2026, 3, 31)),
        told(date(2025, 3, 1), "new", state=PromiseState.DOING, revisit=date(2026, 4, 1)),
        told(date(2026, 3, 1), "draft", we_did=""),
    )
    found = clock.kept(THREE, made, now=NOW, zone=UTC)
    assert found == Kept("Wave 2", ("feedback",), ("own",), ("old",), ("new",))
    assert clock.kept_words(found, NAMES) == (
        "Since Wave 2 closed, 1 kept: Feedback in time; 1 late: Old (no longer asked); "
        "1 declined with a reason: Our own practice; 1 going on: New (no longer asked)."
    )
    assert clock.title(found, 2) == "1 promise kept, 1 late"
    refused = {"state": PromiseState.NOT_THIS_TIME, "revisit": date(2026, 3, 31)}
    found = clock.kept(THREE, (told(date(2026, 3, 1), "own", **refused),), now=NOW, zone=UTC)
    assert (found.declined, found.late) == ((), ("own",))
    none = clock.kept(evidence(), (), now=NOW, zone=UTC)
    assert clock.kept_words(none, NAMES) == (
        "None kept; none late; none declined with a reason; none going on."
    )


def test_the_page_s_title_is_its_finding() -> None:
    kept = Kept("Wave 2", ("a", "b"), (), (), ("c",))
    assert clock.title(kept, 0) == "2 promises kept, 1 going on"
    assert clock.title(Kept("", (), ("a",), (), ("b", "c")), 3) == (
        "2 promises going on, 1 declined with a reason"
    )
    none = Kept("", (), (), (), ())
    assert clock.title(none, 3) == "3 practices without an answer"
    assert clock.title(none, 0) == "No promise is made yet"


def test_trust_is_a_trend_over_the_waves_that_asked() -> None:
    question = "Adults here will use this"
    few = Hidden("Few.")
    waves = evidence(
        asking(1),
        replace(asking(2), trust={question: figure(34)}),
        replace(asking(3), trust={question: figure(61)}),
    )
    ((asked, trend),) = clock.trust(waves)
    assert (asked, [printed for _, printed in trend][1:]) == (question, [figure(34), figure(61)])
    assert isinstance(trend[0][1], Hidden)
    assert clock.trust_words(trend) == "61% agree in Wave 3, 34% in Wave 2."
    assert clock.trust_words(trend[:2]) == "34% agree in Wave 2."
    assert clock.trust_words([(trend[0][0], few)]).startswith("Too few answered this")
    assert clock.trust(evidence()) == ()
