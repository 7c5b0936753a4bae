"""What waits for the people who decide, traced by hand."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lib.access import screen
from lib.evidence.types import Change, Comparison, Figure, Priority, Tier, Wave, WaveTable
from lib.plan import details, focus, promises, sessions, waiting
from lib.plan.promises import PromiseState
from lib.workbook import Event, fold, new_event, tabs

STAMP = {"who": "PD team lead", "at": datetime(2026, 3, 2, 15, 0, tzinfo=UTC)}
NAMES = {"goals": "Clear goals", "calm": "Calm", "pace": "A pace that fits", "choice": "Choices"}
TODAY = date(2026, 3, 10)
FALL = Wave("fall", "Fall 2025", datetime(2025, 9, 1), datetime(2025, 10, 1))


def chosen(practice: str = "goals") -> Event:
    return focus.choose(practice, wave="fall", evidence="40%.", chosen=(), names=NAMES, **STAMP)


def promised(
    practice: str = "pace",
    *,
    focus: str = "",
    revisit: date | None = None,
    state: PromiseState = PromiseState.DOING,
    wave: str = "fall",
) -> Event:
    return promises.make(
        focus=focus,
        practice=practice,
        wave=wave,
        you_said="It is too fast.",
        state=state,
        we_did="there is no room",
        owner="",
        revisit=revisit,
        **STAMP,
    )


def session_on(focus: str, on: date) -> Event:
    part = sessions.StudentPart.AT_THE_TABLE
    return sessions.make(focus, on=on, student_part=part, **STAMP)


def wave(clear: tuple[str, ...] = (), fell: tuple[str, ...] = ()) -> WaveTable:
    figure = Figure(59, 53, 64)
    possible = Priority("goals", figure, 0.4, Tier.POSSIBLE, "")
    return WaveTable(
        FALL,
        (),
        {},
        {
            "goals": Comparison(Change.BETTER, "Spring 2025", ""),
            **{p: Comparison(Change.WORSE, "Spring 2025", "") for p in fell},
        },
        {},
        (*(Priority(p, figure, 1.0, Tier.CLEAR, "") for p in clear), possible),
    )


def waits(*events: Event, latest: WaveTable | None = None) -> list[tuple[str, str]]:
    said = waiting.waiting(fold(events), NAMES, today=TODAY, latest=latest)
    return [(line.sentence, line.screen) for line in said]


NO_FOCUS = ("Choose the focus of the next PD under Priorities.", "priorities")


def test_without_a_focus_one_is_to_be_chosen() -> None:
    assert waits() == [NO_FOCUS]


def test_a_new_focus_needs_an_owner_an_answer_and_a_session() -> None:
    goals = chosen()
    assert waits(goals) == [
        ("“Clear goals” has no owner yet.", "plan"),
        ("Tell students what becomes of “Clear goals”.", "you_said_we_did"),
        ("Set a PD session for “Clear goals”.", "plan"),
    ]
    done = (
        promised("goals", focus=goals.record_id),
        session_on(goals.record_id, date(2026, 3, 12)),
    )
    owned = focus.edit(
        focus.focuses(fold([goals])[tabs.FOCUS])[0],
        owner="Ana",
        done_when="",
        prefer="",
        recheck=None,
        **STAMP,
    )
    assert waits(goals, owned, *done) == [
        ("The PD session on “Clear goals” is in 2 days and has no agenda.", "plan")
    ]
    planned = sessions.sessions(fold(done)[tabs.SESSIONS])[0]
    kept = details.keep_agenda(planned, "60 min: Talk", who="lead", at=planned.record.latest.at)
    assert waits(goals, owned, *done, kept) == []


def test_a_day_to_check_and_what_staff_committed_to_are_asked_for() -> None:
    goals = chosen()
    checked = focus.edit(
        focus.focuses(fold([goals])[tabs.FOCUS])[0],
        owner="Ana",
        done_when="",
        prefer="",
        recheck=TODAY - timedelta(days=3),
        **STAMP,
    )
    held = session_on(goals.record_id, TODAY - timedelta(days=60))
    long_ago = session_on(goals.record_id, TODAY - timedelta(days=61))
    said = [sentence for sentence, _ in waits(goals, checked, held, long_ago)]
    assert said[0] == (
        "“Clear goals”: the day to check was set for Mar 7, 2026. That was 3 days ago."
    )
    assert [sentence for sentence in said if "committed" in sentence] == [
        "Write down what staff committed to for “Clear goals” on Jan 9, 2026."
    ]
    planned = sessions.sessions(fold([held])[tabs.SESSIONS])[0]
    came = details.write_down(planned, details.Afterwards(9, "A lab."), **STAMP)
    assert not any("committed" in line for line, _ in waits(goals, checked, held, came))


def test_a_promise_without_a_focus_answers_the_focus_on_its_practice() -> None:
    goals = chosen()
    tell = ("Tell students what becomes of “Clear goals”.", "you_said_we_did")
    assert tell not in waits(goals, promised("goals"))
    assert tell in waits(goals, promised("calm"))
    assert tell in waits(goals, promised("goals", focus="an-earlier-focus"))


@pytest.mark.parametrize(
    ("revisit", "ago"),
    [
        (date(2026, 3, 10), "That is today."),
        (date(2026, 3, 9), "That was 1 day ago."),
        (date(2026, 1, 27), "That was 6 weeks ago."),
        (date(2025, 9, 1), "That was 6 months ago."),
        (date(1900, 1, 1), "That was 126 years ago."),
    ],
)
def test_a_late_promise_says_what_students_were_told(revisit: date, ago: str) -> None:
    day = f"{revisit:%b} {revisit.day}, {revisit.year}"
    assert waits(promised(revisit=revisit)) == [
        (
            f"“A pace that fits”: we told students we would look again by {day}. {ago}",
            "you_said_we_did",
        ),
        NO_FOCUS,
    ]


def test_a_promise_is_not_late_before_its_day() -> None:
    assert waits(promised(revisit=date(2026, 3, 11))) == [NO_FOCUS]
    assert waits(promised(revisit=date(2026, 3, 9), state=PromiseState.DONE)) == [NO_FOCUS]


def test_a_clear_priority_and_a_fall_wait_for_somebody_to_take_them_up() -> None:
    latest = wave(clear=("choice",), fell=("calm", "choice"))
    assert waits(latest=latest) == [
        ("“Choices” is a clear priority and nobody has taken it up.", "priorities"),
        ("“Calm” fell. Decide what to do about it.", "priorities"),
        NO_FOCUS,
    ]
    said = [line for line, _ in waits(chosen("choice"), chosen("calm"), latest=latest)]
    assert not [line for line in said if "clear priority" in line or "fell" in line]


def test_a_promise_of_not_this_time_decides_for_the_wave_it_answers() -> None:
    latest = wave(clear=("choice",), fell=("calm",))
    later = date(2027, 1, 1)
    no = PromiseState.NOT_THIS_TIME
    both = [promised(p, state=no, revisit=later) for p in ("choice", "calm")]
    assert waits(*both, latest=latest) == [NO_FOCUS]
    old = [promised(p, state=no, revisit=later, wave="spring") for p in ("choice", "calm")]
    doing = [promised(p) for p in ("choice", "calm")]
    assert len(waits(*old, *doing, latest=latest)) == 3


def test_several_practices_share_a_line() -> None:
    latest = wave(clear=("choice", "pace"), fell=("calm", "a", "b", "c"))
    assert [line for line, _ in waits(latest=latest)[:2]] == [
        "“Choices” and “A pace that fits” are clear priorities and nobody has taken them up.",
        "4 practices fell. Decide what to do about them.",
    ]


def test_a_session_whose_day_cannot_be_read_is_said() -> None:
    goals = chosen()
    row = {"focus": goals.record_id, "date": "9999-12-31"}
    odd = new_event(tabs.SESSIONS, row, **STAMP)
    assert ("A PD session for “Clear goals” has a day that cannot be read.", "plan") in waits(
        goals, odd
    )


def test_drafts_are_counted() -> None:
    drafts = [promised(state=PromiseState.NOT_THIS_TIME), promised("calm")]
    assert waits(*drafts)[-1] == ("1 promise cannot be published yet.", "you_said_we_did")


def test_every_line_leads_to_a_screen() -> None:
    late = promised(revisit=TODAY, state=PromiseState.NOT_THIS_TIME)
    said = waits(chosen(), late, promised("goals"), latest=wave(("choice",), ("calm",)))
    assert {screen(name).name for _, name in said} == {"plan", "priorities", "you_said_we_did"}


def test_the_next_session_is_said_with_its_day() -> None:
    goals = chosen()
    assert waiting.next_date(fold([goals]), NAMES, today=TODAY) == "No PD session is planned."
    records = fold([goals, session_on(goals.record_id, date(2026, 3, 12))])
    assert waiting.next_date(records, NAMES, today=TODAY) == (
        "Mar 12, 2026, in 2 days: “Clear goals”. Students: at the table."
    )
    assert waiting.next_date(records, NAMES, today=date(2026, 3, 12)).startswith(
        "Mar 12, 2026, today:"
    )


def test_the_plan_has_a_headline() -> None:
    both = focus.focuses(fold([chosen("goals"), chosen("calm")])[tabs.FOCUS])
    assert waiting.headline((), NAMES) == "No focus is chosen yet"
    assert waiting.headline(both[:1], {}) in {
        "Clear goals (no longer asked) is the focus now",
        "Calm time to work (no longer asked) is the focus now",
    }
    assert waiting.headline(both, NAMES) in {
        "Clear goals and Calm are the focus now",
        "Calm and Clear goals are the focus now",
    }
