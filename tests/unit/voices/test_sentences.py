"""Sentences for the screen, word for word."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lib.evidence.types import Audience, Figure
from lib.voices.bring_back import BringBack, GroupSays, most_named
from lib.voices.hours import hours_from
from lib.voices.review import State
from lib.voices.review_queue import Backlog
from lib.voices.safety_queue import Step, cases, move
from lib.voices.sayings import Source
from lib.voices.sentences import (
    about,
    bring_back_line,
    case_label,
    case_lines,
    clock,
    flag,
    hours_words,
    likely_act,
    moment,
    new_since,
    safety_title,
    themes_words,
    voices_title,
    waiting_cases,
    waits,
)
from lib.voices.settle import settle
from lib.voices.themes import ThemeCounts
from lib.workbook import fold, tabs
from tests.unit.voices.people import WAVE, ZONE, at, decided, item, readings, referred, saying

RED = saying("i dont want to be alive", 1)
CALM = saying("more labs in class please", 2)
MONDAY = at(12, 14)
HOURS, _ = hours_from({}, ZONE)


def test_what_waits() -> None:
    assert waits(Backlog(0, 0, 0, 0, None)) == "No comment waits for review."
    assert waits(Backlog(1, 0, 0, 1, 0)) == "1 comment waits for review, the oldest since today."
    assert waits(Backlog(69, 1, 2, 69, 8)) == (
        "69 comments wait for review, the oldest for 8 days. Flagged: 1 red and 2 amber."
    )
    assert waits(Backlog(3, 1, 0, 3, None), flags=False) == "3 comments wait for review."
    assert new_since(Backlog(5, 0, 0, 2, 1)) == "2 comments came in since you last decided."
    assert new_since(Backlog(5, 0, 0, 5, 1)) == ""


def test_a_saying_and_its_flag() -> None:
    assert about(item(RED)) == "Comment. Fall. What would help?"
    assert flag(item(RED)) == "Flagged red: self-harm"
    assert (flag(item(CALM)), likely_act(item(CALM)), likely_act(item(RED))) == (
        "",
        "pass",
        "refer",
    )


def test_a_case_and_its_clock() -> None:
    sent = referred(RED, when=MONDAY)
    said = readings([RED])

    def case_at(now: datetime, *events):
        (found,) = cases([RED], decided(sent, *events), said, HOURS, now=now)
        return found

    fresh = case_at(MONDAY + timedelta(minutes=90))
    assert case_label(fresh, ZONE) == "New, since Oct 12, 2026, 9:00 AM"
    assert clock(fresh, ZONE) == (
        "To be in good hands by Oct 12, 2026, 1:00 PM: 1 hour of school time gone by."
    )
    late = case_at(MONDAY + timedelta(hours=5))
    assert clock(late, ZONE) == (
        "Overdue since Oct 12, 2026, 1:00 PM: 5 hours of school time gone by."
    )
    assert waiting_cases([late]) == "1 referred comment waits for you, 1 overdue."
    over = move(fresh, Step.HANDED_OVER, who="Ada", at=MONDAY + timedelta(hours=2))
    done = case_at(MONDAY + timedelta(hours=5), over)
    assert clock(done, ZONE) == "Handed over: the clock has stopped."
    assert safety_title([done]) == "Nothing waits for you"
    assert safety_title([done, replace(fresh, source=Source.DRILL)]) == "Only a drill waits for you"
    assert safety_title([late, replace(fresh, source=Source.DRILL)]).startswith(
        "1 referred comment waits"
    )
    assert case_lines(done, ZONE) == (
        "Referred Oct 12, 2026, 9:00 AM by Lee.",
        "Marked “handed over” Oct 12, 2026, 11:00 AM by Ada.",
    )
    assert "Mon-Fri 08:00-16:00, and allows 4 hours" in hours_words(HOURS)
    assert moment(datetime(2026, 1, 5, 6, 5, tzinfo=UTC), ZONE) == "Jan 5, 2026, 12:05 AM"


def test_one_press_decides_and_keeps_what_was_put_right() -> None:
    stamp = {"who": "Lee", "at": at(12)}
    own = item(CALM)
    kept = settle(own, State.PASSED, practices=own.practices, themes={}, **stamp)
    assert [event.tab for event in kept] == [tabs.REVIEWS]
    kept = settle(own, State.PASSED, practices=["calm", "pace"], themes={}, **stamp)
    assert [event.tab for event in kept] == [tabs.REVIEWS, tabs.THEMES]
    assert kept[1].fields["practice"] == "calm; pace"
    # Kept a moment ago, and the desk that made the item does not know it yet.
    themes = fold(kept)[tabs.THEMES]
    kept = settle(own, State.PASSED, practices=["pace", "calm"], themes=themes, **stamp)
    assert [event.tab for event in kept] == [tabs.REVIEWS]


def test_what_to_bring_back() -> None:
    says = (GroupSays("Grade 9", Figure(30, 20, 40), Audience.PUBLIC),)
    lab = BringBack("handson", Figure(24, 20, 29), "Fall 2025", says, 2)
    rest = [BringBack(p, Figure(4, 2, 7), "", (), 0) for p in ("a", "b", "c", "d")]
    assert bring_back_line(lab) == (
        "24% of all who answered; most in Grade 9 (30%). Said by 10% or more since Fall 2025. "
        "Came up in 2 conversations."
    )
    only_said = BringBack("calm", None, "", (), 1)
    assert bring_back_line(only_said) == "Came up in 1 conversation."
    assert most_named([lab, *rest, only_said]) == (lab, only_said)
    assert most_named(rest) == tuple(rest[:3])
    assert voices_title([lab], {"handson": "Labs"}) == "Labs is what students miss most"
    assert voices_title([only_said], {}) == "What students say"


def test_what_comments_are_about() -> None:
    assert themes_words(None, (), WAVE).startswith("Too few passed comments in Fall")
    assert "too few to count apart" in themes_words(ThemeCounts(30, {}, None, None), (), WAVE)
    assert "12 are about none" in themes_words(ThemeCounts(50, {"a": 20}, 18, 12), (), WAVE)
