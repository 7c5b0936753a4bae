"""Choosing, editing and closing a focus."""

import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings

from lib.decided import DecisionProblem
from lib.evidence.types import (
    EVERYBODY,
    Audience,
    Beside,
    Cell,
    Change,
    Comparison,
    Evidence,
    Figure,
    Flag,
    Hidden,
    Priority,
    Tier,
    Wave,
    WaveTable,
)
from lib.plan import focus
from lib.plan.focus import Focus, FocusState
from lib.workbook import Event, new_event, tabs
from tests.unit.plan.people import ANY_TEXT, NAMES, at, records, typed_into_sheet

WAVE = Wave("fall", "Fall 2026", datetime(2026, 9, 1), datetime(2026, 10, 1))


def chosen(practice: str, day: int = 1, so_far: tuple[Focus, ...] = ()) -> Event:
    return focus.choose(
        practice,
        wave="fall",
        evidence="Fall 2026: 41% not favorable.",
        chosen=so_far,
        names=NAMES,
        who="lead",
        at=at(day),
    )


def three() -> list[Event]:
    return [chosen("goals", 1), chosen("retry", 2), chosen("talk", 3)]


def read(*events: Event) -> tuple[Focus, ...]:
    return focus.focuses(records(*events))


def test_a_choice_is_kept_with_its_evidence() -> None:
    event = focus.choose(
        "goals",
        wave="fall",
        evidence="Fall 2026: 41%\nnot favorable.",
        chosen=(),
        names=NAMES,
        who=" lead ",
        at=at(1),
    )
    assert event.tab == tabs.FOCUS
    assert event.fields == {
        "practice": "goals",
        "state": "running",
        "wave": "fall",
        "evidence": "Fall 2026: 41% not favorable.",
        "owner": "",
        "done_when": "",
        "reason": "",
        "baseline": "",
        "students_order": "",
        "quotes": "",
        "prefer": "",
        "recheck": "",
    }
    (own,) = read(event)
    assert (own.state, own.chosen_at) == (FocusState.RUNNING, at(1))


def test_every_column_written_is_a_column_of_the_tab() -> None:
    assert set(chosen("goals").fields) <= set(tabs.TABS[tabs.FOCUS].columns)


def test_a_fourth_choice_says_which_to_finish() -> None:
    with pytest.raises(DecisionProblem) as refused:
        chosen("calm", 4, read(*three()))
    assert refused.value.says == (
        "3 focus practices are running, and 3 are the most a school can do well."
    )
    assert refused.value.do == (
        "Finish or drop one of them first: “Clear goals”, “Another try” or “Talking”."
    )


def test_a_finished_focus_makes_room() -> None:
    events = three()
    first = read(*events)[0]
    done = focus.finish(first, who="lead", at=at(4))
    assert chosen("calm", 5, read(*events, done)).fields["state"] == "running"


def test_a_running_practice_is_not_chosen_twice() -> None:
    with pytest.raises(DecisionProblem, match="“Clear goals” is a focus already"):
        chosen("goals", 2, read(chosen("goals")))


def test_focuses_come_in_the_order_of_their_choice() -> None:
    assert [f.practice for f in read(*reversed(three()))] == ["goals", "retry", "talk"]


def test_an_edit_keeps_the_frozen_evidence() -> None:
    first = chosen("goals")
    event = focus.edit(
        read(first)[0], owner="Ben", done_when="", prefer="", recheck=None, who="lead", at=at(2)
    )
    (own,) = read(first, event)
    assert (own.owner, own.evidence, own.record.latest.revision) == (
        "Ben",
        "Fall 2026: 41% not favorable.",
        2,
    )


def test_saving_nothing_new_is_refused() -> None:
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        focus.edit(
            read(chosen("goals"))[0],
            owner=" ",
            done_when="",
            prefer="",
            recheck=None,
            who="lead",
            at=at(2),
        )


def test_a_focus_is_dropped_with_a_reason_and_reopened() -> None:
    first = chosen("goals")
    own = read(first)[0]
    with pytest.raises(DecisionProblem, match="dropped with a reason"):
        focus.drop(own, reason=" \n ", who="lead", at=at(2))
    drop = focus.drop(own, reason="No time this term.", who="lead", at=at(2))
    dropped = read(first, drop)[0]
    assert (dropped.state, dropped.reason) == (FocusState.DROPPED, "No time this term.")
    with pytest.raises(DecisionProblem, match="dropped already"):
        focus.finish(dropped, who="lead", at=at(3))
    again = focus.reopen(
        dropped, chosen=(dropped,), names=NAMES, who="lead", at=at(3), reason="Students asked."
    )
    assert (again.fields["state"], again.fields["reason"]) == ("running", "Students asked.")


def test_reopening_needs_room() -> None:
    events = three()
    own = read(*events)
    done = focus.finish(own[0], who="lead", at=at(4))
    calm = chosen("calm", 5, read(*events, done))
    everything = read(*events, done, calm)
    with pytest.raises(DecisionProblem, match="Finish or drop one"):
        focus.reopen(everything[0], chosen=everything, names=NAMES, who="lead", at=at(6))
    with pytest.raises(DecisionProblem, match="Finish or drop one"):
        focus.undo(everything[0], chosen=everything, names=NAMES, who="lead", at=at(6))


def test_undo_brings_back_what_stood_before_and_undoing_twice_the_change() -> None:
    first = chosen("goals")
    edit = focus.edit(
        read(first)[0], owner="Ben", done_when="x", prefer="", recheck=None, who="lead", at=at(2)
    )
    own = read(first, edit)
    back = focus.undo(own[0], chosen=own, names=NAMES, who="lead", at=at(3))
    assert (back.revision, back.fields) == (3, first.fields)
    own = read(first, edit, back)
    forth = focus.undo(own[0], chosen=own, names=NAMES, who="lead", at=at(4))
    assert (forth.revision, forth.fields) == (4, edit.fields)


def test_undoing_the_choice_itself_drops_the_focus() -> None:
    first = chosen("goals")
    own = read(first)
    back = focus.undo(own[0], chosen=own, names=NAMES, who="lead", at=at(2))
    (dropped,) = read(first, back)
    assert (dropped.state, dropped.reason) == (FocusState.DROPPED, "The choice was undone.")


def test_undo_empties_a_column_that_the_last_change_brought_in() -> None:
    first = new_event(tabs.FOCUS, {"practice": "goals", "state": "running"}, who="a", at=at(1))
    edit = focus.edit(
        read(first)[0], owner="Ben", done_when="", prefer="", recheck=None, who="lead", at=at(2)
    )
    own = read(first, edit)
    back = focus.undo(own[0], chosen=own, names=NAMES, who="lead", at=at(3))
    assert back.fields["owner"] == ""


def test_after_a_conflict_undo_goes_back_to_what_both_had_seen() -> None:
    first = chosen("goals")
    own = read(first)[0]
    ana = focus.edit(
        own, owner="Ana", done_when="", prefer="", recheck=None, who="ana", at=at(2, 9)
    )
    ben = focus.edit(
        own, owner="Ben", done_when="", prefer="", recheck=None, who="ben", at=at(2, 10)
    )
    now = read(first, ana, ben)
    assert now[0].owner == "Ben"
    back = focus.undo(now[0], chosen=now, names=NAMES, who="ben", at=at(3))
    assert back.fields["owner"] == own.owner == ""


def test_a_row_typed_by_hand_is_shown_where_somebody_repairs_it() -> None:
    (own,) = focus.focuses(typed_into_sheet(tabs.FOCUS, {"practice": "goals", "state": "??"}))
    assert (own.state, own.evidence, own.owner) == (FocusState.RUNNING, "", "")
    (own,) = focus.focuses(typed_into_sheet(tabs.FOCUS, {"state": " Finished\n"}))
    assert own.state is FocusState.FINISHED


def test_a_text_that_is_too_long_is_refused_in_words() -> None:
    with pytest.raises(DecisionProblem, match=r"“Owner” has 81 characters, and 80 fit\. Please"):
        focus.edit(
            read(chosen("goals"))[0],
            owner="a" * 81,
            done_when="",
            prefer="",
            recheck=None,
            who="x",
            at=at(2),
        )


def test_long_evidence_never_stands_in_the_way_of_a_choice() -> None:
    event = focus.choose(
        "goals", wave="fall", evidence="e" * 2000, chosen=(), names=NAMES, who="x", at=at(1)
    )
    assert event.fields["evidence"] == "e" * 899 + "…"


@settings(max_examples=60)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_is_kept_readable(owner: str, done_when: str, who: str) -> None:
    choice = focus.choose(
        "goals", wave="fall", evidence=owner, chosen=(), names=NAMES, who=who, at=at(1)
    )
    event = focus.edit(
        read(choice)[0],
        owner=f"1{owner}",
        done_when=done_when,
        prefer="",
        recheck=None,
        who=who,
        at=at(2),
    )
    (own,) = read(choice, event)
    for text in (own.owner, own.done_when, own.evidence, event.who):
        assert not {unicodedata.category(char) for char in text} & {"Cc", "Cs"}
        assert text == text.strip()
    assert event.who


FELL = Comparison(
    Change.WORSE,
    "Spring 2026",
    "Clear goals fell from 74% to 56% since Spring 2026. 9 points can happen by chance.",
    "fell from 74% to 56% since Spring 2026",
)


def table(tier: Tier | None, figure: Figure | Hidden, n: int = 300) -> WaveTable:
    printed = Figure(41, 36, 47)
    beside = (
        Beside(Flag.GAP, 17, "Grade 6: about 17 points lower than the others.", Audience.STAFF),
        Beside(Flag.FALL, 18, "Fell by 18 points since Spring 2026.", Audience.PUBLIC),
    )
    chance = "It is among the lowest three."
    order = (Priority("goals", printed, 0.9, tier, chance, beside=beside),) if tier else ()
    return WaveTable(
        WAVE,
        (Cell(Audience.STAFF, EVERYBODY, ((),), n, {"goals": figure}),),
        {},
        {"goals": FELL},
        {},
        order,
    )


def test_the_evidence_is_said_in_words() -> None:
    said = focus.evidence_words(table(Tier.CLEAR, Figure(59, 53, 64)), "goals")
    assert said == (
        "Fall 2026: 41% not favorable (likely 36% to 47%), about 300 answers. Clear priority. "
        "Grade 6: about 17 points lower than the others. "
        "Favorable answers fell from 74% to 56% since Spring 2026."
    )


def test_a_room_with_students_hears_no_figure_of_staff_alone() -> None:
    (own,) = read(chosen("goals"))
    seen = table(Tier.CLEAR, Figure(59, 53, 64))
    evidence = Evidence((seen,), None, "")
    told = replace(own, wave=seen.wave.wave_id)
    assert focus.public_words(told, evidence) == (
        "Fall 2026: 41% not favorable (likely 36% to 47%), about 300 answers. Clear priority. "
        "Favorable answers fell from 74% to 56% since Spring 2026."
    )
    assert focus.public_words(replace(own, wave="gone"), evidence) == ""


def test_a_fall_without_its_figures_is_still_said() -> None:
    said = focus.evidence_words(
        replace(table(Tier.POSSIBLE, Figure(59, 53, 64)), since_last={}), "goals"
    )
    assert said == (
        "Fall 2026: 41% not favorable (likely 36% to 47%), about 300 answers. Possible. "
        "Grade 6: about 17 points lower than the others. Fell by 18 points since Spring 2026."
    )


def test_too_few_to_rank_still_gives_evidence_to_choose_on() -> None:
    few = Comparison(
        Change.TOO_FEW,
        "Spring 2026",
        "",
        "has too few answers to tell (61% then, 59% now) since Spring 2026",
    )
    small = replace(table(None, Figure(59, 40, 76), 20), since_last={"goals": few})
    assert focus.evidence_words(small, "goals") == (
        "Fall 2026: 59% favorable (likely 40% to 76%), about 20 answers. Too few to rank. "
        "It has too few answers to tell (61% then, 59% now) since Spring 2026."
    )


def test_without_any_figure_the_evidence_says_so() -> None:
    nothing = replace(table(None, Hidden("Small.")), since_last={})
    assert focus.evidence_words(nothing, "goals", ("Said.", "Put first.")).endswith(
        "Too few to rank. Said. Put first."
    )
    assert focus.evidence_words(nothing, "goals") == (
        "Fall 2026: too few answers to print a figure, about 300 answers. Too few to rank."
    )
    assert focus.evidence_words(replace(nothing, cells=()), "goals") == (
        "Fall 2026: too few answers to print a figure. Too few to rank."
    )
