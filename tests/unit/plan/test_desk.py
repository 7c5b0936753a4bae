"""What the editor of promises shows and saves, and closing a wave by hand."""

from datetime import UTC, datetime

import pytest

from lib.decided import DecisionProblem
from lib.evidence.types import Evidence, Wave, WaveTable
from lib.plan import drafts, focus, promises
from lib.plan.closing import close_open_wave
from lib.workbook import Event, fold, tabs

AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
STAMP = {"who": "PD team lead", "at": AT}
NAMES = {"goals": "Clear goals", "calm": "Calm"}


def chosen(practice: str = "goals") -> Event:
    return focus.choose(
        practice, wave="fall", evidence="Fall: 40%.", chosen=(), names=NAMES, **STAMP
    )


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


def test_a_practice_that_is_no_focus_is_answered_once_a_wave() -> None:
    draft = drafts.fresh("calm", "fall")
    written = drafts.save(draft, drafts.Text("So loud.", draft.text.state, "", "", None), **STAMP)
    assert (written.fields["focus"], written.fields["practice"]) == ("", "calm")
    told = promises.promises(fold([written])[tabs.PROMISES])
    shown = drafts.drafts(focus.focuses(fold([chosen("goals")])[tabs.FOCUS]), told)
    listed = ("pace", "calm", "goals", "pace")
    assert drafts.unanswered(listed, shown, "fall") == ("pace",)
    assert drafts.unanswered(listed, shown, "winter") == ("pace", "calm")


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
    with pytest.raises(DecisionProblem, match="No wave is open"):
        close_open_wave(Evidence((), None, ""), {}, now=datetime(2026, 3, 10), **STAMP)


def test_an_answer_says_where_it_stands_and_what_keeps_it_off_the_page() -> None:
    focus_of_goals = focus.focuses(fold([chosen()])[tabs.FOCUS])
    (draft,) = drafts.drafts(focus_of_goals, ())
    assert (draft.key, drafts.stands(draft)) == (
        f"answer-{focus_of_goals[0].record_id}",
        "no answer yet",
    )
    half = drafts.Text(" You said\ngoals are unclear. ", promises.PromiseState.DOING, "", "", None)
    whole = drafts.Text("Goals are unclear.", half.state, "We write them up.", "", None)
    assert drafts.missing(whole) == ()
    assert drafts.saved_words("Clear goals", whole) == "“Clear goals” is saved."
    assert drafts.saved_words("Clear goals", half) == (
        "“Clear goals” is saved. It is not on the page yet. Write one sentence that goes with "
        "“doing”."
    )
    for text, words in ((half, "doing, not on the page yet"), (whole, "doing")):
        written = drafts.save(draft, text, **STAMP)
        (listed,) = drafts.drafts(focus_of_goals, promises.promises(fold([written])[tabs.PROMISES]))
        assert drafts.stands(listed) == words


def test_spaces_alone_are_no_sentence() -> None:
    empty = drafts.Text(" \t\n", promises.PromiseState.NOT_THIS_TIME, "because  ", "", None)
    assert drafts.missing(empty) == (
        "Write what students said, in one sentence.",
        "Say why it is not done this time: students will read “because ...”.",
        "Set the day on which you look at “not this time” again.",
    )


def test_an_answer_without_a_focus_answers_the_practice_s_next_one() -> None:
    said = promises.make(
        focus="",
        practice="goals",
        wave="fall",
        you_said="Goals are unclear.",
        state=promises.PromiseState.LISTENING,
        we_did="We listen.",
        owner="",
        revisit=None,
        **STAMP,
    )
    told = promises.promises(fold([said])[tabs.PROMISES])
    both = focus.focuses(fold([chosen("goals"), chosen("calm")])[tabs.FOCUS])
    assert [d.practice for d in drafts.drafts(both, told)] == ["calm", "goals"]
