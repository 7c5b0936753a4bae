"""What the Plan page and the editor of promises save, and what waits, traced by hand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from lib.evidence.types import Evidence, Wave, WaveTable
from lib.plan import card, drafts, focus, promises, sessions, waiting
from lib.plan.closing import close_open_wave
from lib.plan.words import PlanProblem
from lib.workbook import Event, fold, tabs

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
STAMP = {"who": "PD team lead", "at": AT}
NAMES = {"goals": "Clear goals", "calm": "Calm"}
PART = sessions.StudentPart.AT_THE_TABLE


def chosen(practice: str = "goals") -> Event:
    return focus.choose(
        practice, wave="fall", evidence="Fall: 40%.", chosen=(), names=NAMES, **STAMP
    )


def the_focus(events: Sequence[Event]) -> focus.Focus:
    return focus.focuses(fold(events).get(tabs.FOCUS, {}))[0]


def the_session(events: Sequence[Event]) -> sessions.Session:
    return sessions.sessions(fold(events).get(tabs.SESSIONS, {}))[0]


def test_a_card_saves_only_what_changed() -> None:
    own = the_focus([chosen()])
    both = card.save(card.Card("Ana", "", date(2026, 4, 1), PART), own, None, **STAMP)
    assert [(e.tab, e.fields.get("owner"), e.fields.get("date")) for e in both] == [
        (tabs.FOCUS, "Ana", None),
        (tabs.SESSIONS, None, "2026-04-01"),
    ]
    session = the_session(both)
    moved = card.save(card.Card("", "", date(2026, 4, 8), PART), own, session, **STAMP)
    assert [(e.tab, e.revision, e.fields["date"]) for e in moved] == [
        (tabs.SESSIONS, 2, "2026-04-08")
    ]
    called_off = card.save(card.Card("", "", None, PART), own, session, **STAMP)
    assert [(e.tab, e.fields["state"]) for e in called_off] == [(tabs.SESSIONS, "cancelled")]


def test_a_card_in_which_nothing_changed_says_so() -> None:
    with pytest.raises(PlanProblem, match="Nothing was changed"):
        card.save(card.Card(" ", "", None, PART), the_focus([chosen()]), None, **STAMP)


def test_unanswered_focus_practices_come_first_in_the_editor() -> None:
    goals, calm = chosen("goals"), chosen("calm")
    text = drafts.Text("You said goals are unclear.", promises.PromiseState.DOING, "", "", None)
    both = focus.focuses(fold([goals, calm])[tabs.FOCUS])
    first = next(d for d in drafts.drafts(both, ()) if d.practice == "goals")
    written = drafts.save(first, text, **STAMP)
    assert (written.fields["focus"], written.fields["wave"]) == (goals.record_id, "fall")
    told = promises.promises(fold([written])[tabs.PROMISES])
    listed = drafts.drafts(both, told)
    assert [(d.practice, d.promise is None) for d in listed] == [("calm", True), ("goals", False)]
    again = drafts.save(listed[1], drafts.Text("New.", text.state, "", "", None), **STAMP)
    assert (again.record_id, again.revision, again.fields["you_said"]) == (
        written.record_id,
        2,
        "New.",
    )


def test_what_waits_is_said_in_sentences() -> None:
    today = date(2026, 3, 10)
    assert waiting.waiting({}, NAMES, today=today) == (
        "Choose the focus of the next PD under Priorities.",
    )
    goals = chosen()
    records = fold([goals])
    assert waiting.waiting(records, NAMES, today=today) == (
        "“Clear goals” has no owner yet.",
        "Tell students what becomes of “Clear goals”.",
        "Set a PD session for “Clear goals”.",
    )
    assert waiting.next_date(records, NAMES, today=today) == "No PD session is planned."
    planned = sessions.make(goals.record_id, on=date(2026, 3, 12), student_part=PART, **STAMP)
    records = fold([goals, planned])
    assert waiting.next_date(records, NAMES, today=today) == (
        "Mar 12, 2026, in 2 days: “Clear goals”. Students: at the table."
    )
    assert waiting.next_date(records, NAMES, today=date(2026, 3, 12)).startswith(
        "Mar 12, 2026, today:"
    )


def test_the_plan_has_a_headline() -> None:
    both = focus.focuses(fold([chosen("goals"), chosen("calm")])[tabs.FOCUS])
    assert waiting.headline((), NAMES) == "No focus is chosen yet"
    assert waiting.headline(both[:1], {}) == f"{both[0].practice} is the focus now"
    assert waiting.headline(both, NAMES) in {
        "Clear goals and Calm are the focus now",
        "Calm and Clear goals are the focus now",
    }


def test_closing_a_calendar_month_writes_the_months_before_it_down() -> None:
    march = Wave("2026-03", "March 2026", datetime(2026, 3, 1), None)
    february = Wave("2026-02", "February 2026", datetime(2026, 2, 1), datetime(2026, 3, 1))
    evidence = Evidence((WaveTable(february, (), {}, {}, {}, ()),), march, "10 to 24")
    now = datetime(2026, 3, 10, 9, 30)
    events = close_open_wave(evidence, {}, now=now, **STAMP)
    assert [(e.record_id, e.fields["opens"], e.fields["closes"]) for e in events] == [
        ("2026-02", "2026-02-01T00:00:00", "2026-03-01T00:00:00"),
        ("2026-03", "2026-03-01T00:00:00", "2026-03-10T09:30:00"),
    ]


def test_closing_a_wave_that_is_written_down_is_its_next_revision() -> None:
    february = Wave("2026-02", "February 2026", datetime(2026, 2, 1), datetime(2026, 3, 1))
    march = Wave("2026-03", "March 2026", datetime(2026, 3, 1), None)
    evidence = Evidence((WaveTable(february, (), {}, {}, {}, ()),), march, "10 to 24")
    now = datetime(2026, 3, 10, 9, 30)
    written = close_open_wave(evidence, {}, now=datetime(2026, 3, 9), **STAMP)
    events = close_open_wave(evidence, fold(written)[tabs.WAVES], now=now, **STAMP)
    assert [(e.record_id, e.revision, e.fields["closes"]) for e in events] == [
        ("2026-03", 2, "2026-03-10T09:30:00")
    ]


def test_without_an_open_wave_there_is_none_to_close() -> None:
    with pytest.raises(PlanProblem, match="No wave is open"):
        close_open_wave(Evidence((), None, ""), {}, now=datetime(2026, 3, 10), **STAMP)
