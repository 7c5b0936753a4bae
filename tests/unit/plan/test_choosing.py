"""What is frozen with a choice, and the fourth focus."""

from datetime import datetime

import pytest

from lib.decided import DecisionProblem
from lib.evidence.types import EVERYBODY, Audience, Cell, Evidence, Figure, Wave, WaveTable
from lib.intake.feedback import Standing
from lib.plan import choosing, focus
from lib.plan.choosing import Seen
from lib.plan.focus import Focus, FocusState
from lib.voices.conversations import HowMany
from lib.voices.panel import StudentsOrder
from lib.voices.shown import Shown
from tests.unit.plan.people import NAMES, at, records

ORDER = StudentsOrder(("calm", "goals", "talk"), "January 2027", HowMany.FIVE_TO_NINE, "fall")

TALKS = {"goals": {Standing.ISNT_WORKING: 2}, "calm": {Standing.WORKS: 1}}


def table(wave_id: str, month: int, *, empty: bool = False) -> WaveTable:
    wave = Wave(wave_id, wave_id.title(), datetime(2026, month, 1), datetime(2026, month, 20))
    cell = Cell(Audience.PUBLIC, EVERYBODY, (("Everybody",),), 100, {"goals": Figure(41, 32, 51)})
    return WaveTable(wave, () if empty else (cell,), {}, {}, {}, ())


def shown(shown_id: str, *practices: str) -> Shown:
    return Shown(shown_id, f"words of {shown_id}", None, practices, False, "fall", "Fall")


EVIDENCE = Evidence(
    (table("winter", 1), table("spring", 4), table("summer", 7, empty=True), table("fall", 10)),
    None,
    "",
)
APPROVED = (*(shown(i, "goals") for i in "abcd"), shown("e", "calm"))


def test_what_was_seen_is_frozen_with_the_choice() -> None:
    saw = choosing.seen(EVIDENCE, "goals", chosen=(), order=ORDER, came_up=TALKS, approved=APPROVED)
    assert saw == Seen(
        wave="fall",
        evidence=f"{focus.evidence_words(EVIDENCE.waves[-1], 'goals')} Came up in 2 conversations: "
        "isn't working each time.",
        baseline="spring",
        students_order="The student panel of January 2027 put it at place 2 of 3.",
        quotes=("a", "b", "c"),
    )
    (event,) = choosing.choose("goals", saw, chosen=(), names=NAMES, who="Ana", at=at(1))
    (own,) = focus.focuses(records(event))
    assert (own.baseline, own.students_order, own.quotes) == (
        saw.baseline,
        saw.students_order,
        saw.quotes,
    )
    assert choosing.lines(own, {"spring": "Spring 2026"}) == (
        "The student panel of January 2027 put it at place 2 of 3.",
        "Compared with Spring 2026, until a wave closes before the session.",
    )


def test_no_word_of_a_comment_enters_the_sheet_and_what_is_held_later_is_gone() -> None:
    saw = choosing.seen(EVIDENCE, "goals", chosen=(), order=None, came_up={}, approved=APPROVED)
    assert saw is not None
    (event,) = choosing.choose("goals", saw, chosen=(), names=NAMES, who="Ana", at=at(1))
    assert not any("words of" in value for value in event.fields.values())
    (own,) = focus.focuses(records(event))
    still = tuple(each for each in APPROVED if each.shown_id != "b")
    assert [each.shown_id for each in choosing.quotes(own, still)] == ["a", "c"]


def test_nothing_can_be_seen_before_a_wave_has_closed() -> None:
    assert (
        choosing.seen(
            Evidence((), None, ""), "goals", chosen=(), order=None, came_up={}, approved=()
        )
        is None
    )


def test_a_wave_that_chose_the_practice_is_no_baseline() -> None:
    saw = Seen("spring", "41%", "winter", "", ())
    (event,) = choosing.choose("goals", saw, chosen=(), names=NAMES, who="Ana", at=at(1))
    before = focus.focuses(records(event))
    assert choosing.baseline(EVIDENCE, "goals", before) == "winter"
    assert choosing.baseline(EVIDENCE, "calm", before) == "spring"
    assert choosing.baseline(Evidence(EVIDENCE.waves[-1:], None, ""), "goals", ()) == ""


def test_a_fourth_focus_takes_the_place_of_one_that_is_finished_in_the_same_go() -> None:
    events = []
    for day, practice in enumerate(("goals", "retry", "talk"), start=1):
        so_far: tuple[Focus, ...] = focus.focuses(records(*events)) if events else ()
        saw = Seen("fall", "41%", "", "", ())
        events += choosing.choose(practice, saw, chosen=so_far, names=NAMES, who="Ana", at=at(day))
    three = focus.focuses(records(*events))
    saw = Seen("fall", "41%", "", "", ())
    with pytest.raises(DecisionProblem, match="3 are the most"):
        choosing.choose("calm", saw, chosen=three, names=NAMES, who="Ana", at=at(4))
    events += choosing.choose(
        "calm", saw, chosen=three, names=NAMES, who="Ana", at=at(4), instead_of=three[1]
    )
    states = {own.practice: own.state for own in focus.focuses(records(*events))}
    assert states == {
        "goals": FocusState.RUNNING,
        "retry": FocusState.FINISHED,
        "talk": FocusState.RUNNING,
        "calm": FocusState.RUNNING,
    }
