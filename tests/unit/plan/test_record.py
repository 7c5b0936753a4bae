"""The decision record, the overview of all PD, and what is new this week."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lib.evidence.effect import Reach, Verdict
from lib.evidence.types import EVERYBODY, Audience, Cell, Evidence, Figure, Wave, WaveTable
from lib.plan import focus, outcomes, record, sessions, week
from lib.plan.outcomes import Kind
from lib.students_part import StudentPart
from lib.workbook import Event, fold, new_event, tabs
from tests.unit.plan.people import NAMES, at

CHICAGO = ZoneInfo("America/Chicago")
WORDS = {**NAMES, "fall": "Fall 2026"}


def table(wave_id: str, label: str, closes: datetime) -> WaveTable:
    wave = Wave(wave_id, label, datetime(2026, 9, 1), closes)
    favorable = {"goals": Figure(59, 49, 68)}
    cell = Cell(Audience.PUBLIC, EVERYBODY, (("Everybody",),), 100, favorable)
    return WaveTable(wave, (cell,), {}, {}, {}, ())


EVIDENCE = Evidence(
    (
        table("fall", "Fall 2026", datetime(2026, 10, 1)),
        table("later", "Later", datetime(2026, 10, 8)),
    ),
    None,
    "",
)
CHOICE = focus.choose(
    "goals",
    wave="fall",
    evidence="Fall 2026: 41%.",
    students_order="Students put it 1st of 3.",
    chosen=(),
    names=NAMES,
    who="=Ana",
    at=datetime(2026, 10, 2, 1, tzinfo=UTC),
)
PLANNED = sessions.make(
    CHOICE.record_id, on=date(2026, 10, 20), student_part=StudentPart.LEADING, who="Ben", at=at(9)
)


def made(*events: Event) -> tuple[record.Choice, ...]:
    return record.choices(fold(events), WORDS, EVIDENCE, CHICAGO)


def test_a_choice_is_told_with_who_when_what_was_seen_and_what_was_decided() -> None:
    session, choice = made(CHOICE, PLANNED)
    # The day is the school's: one o'clock in the night UTC is the evening before.
    assert choice == record.Choice(
        at=datetime(2026, 10, 1, 20),
        who="=Ana",
        about="focus",
        practice="Clear goals",
        what=choice.what,
        saw="Fall 2026: 41%. Students put it 1st of 3.",
        held=True,
    )
    assert choice.what.startswith("chose it.")
    assert (session.about, session.practice) == ("PD session", "Clear goals")
    assert session.what == "planned a PD session for Oct 20, 2026, students leading."
    assert session.saw.startswith("Later: 59% favorable (likely 49% to 68%), about 100 answers.")


def test_of_two_at_once_the_record_says_which_did_not_hold() -> None:
    own = focus.focuses(fold([CHOICE])[tabs.FOCUS])[0]
    rest = {"done_when": "", "prefer": "", "recheck": None}
    ana = focus.edit(own, owner="Ana", **rest, who="Ana", at=at(9, 9))
    ben = focus.edit(own, owner="Ben", **rest, who="Ben", at=at(9, 10))
    by_who = {choice.who: choice for choice in made(CHOICE, ana, ben)}
    assert (by_who["Ana"].held, by_who["Ben"].held) == (False, True)
    assert record.sentence(by_who["Ana"]) == (
        "Ana changed it: owner is now “Ana”. This did not hold: somebody else changed it at the "
        "same time."
    )


def test_the_students_page_and_waves_are_told_without_their_contents() -> None:
    page = new_event(
        tabs.PUBLISHED,
        {"version": "3", "state": "published", "content": "{secret}"},
        who="Ana",
        at=at(3),
    )
    opened = new_event(tabs.WAVES, {"label": "Fall", "opens": "x", "closes": ""}, who="T", at=at(4))
    before = fold([opened])[tabs.WAVES][opened.record_id]
    closed = new_event(tabs.WAVES, {"closes": "y"}, who="T", at=at(5), previous=before)
    said = [record.sentence(choice) for choice in made(page, opened, closed)]
    assert said == [
        "T closed Fall.",
        "T opened Fall.",
        "Ana published version 3 of the students' page.",
    ]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("published", "published version 3 of the students' page"),
        ("proposed", "asked for approval of version 3 of the students' page"),
        ("approved", "approved version 3 of the students' page"),
        ("taken back", "took the question about version 3 of the students' page back"),
        ("withdrawn", "took version 3 of the students' page down"),
        ("?", "changed version 3 of the students' page"),
    ],
)
def test_what_was_only_asked_for_is_not_told_as_published(state: str, says: str) -> None:
    page = new_event(tabs.PUBLISHED, {"version": "3", "state": state}, who="Ana", at=at(3))
    assert [record.sentence(choice) for choice in made(page)] == [f"Ana {says}."]


def test_tabs_that_are_not_the_records_stay_out() -> None:
    talk = new_event(tabs.CONVERSATIONS, {"heard": "something"}, who="Ana", at=at(3))
    assert made(talk) == ()


def test_the_record_since_a_moment_tells_nothing_older(monkeypatch: pytest.MonkeyPatch) -> None:
    own = focus.focuses(fold([CHOICE])[tabs.FOCUS])[0]
    later = focus.edit(
        own, owner="Ana", done_when="", prefer="", recheck=None, who="Ana", at=at(10)
    )
    events, asked = (CHOICE, PLANNED, later), []
    told = record.told
    monkeypatch.setattr(
        record, "told", lambda of, words: asked.append(of.record_id) or told(of, words)
    )
    newest, planned, oldest = made(*events)
    for since, expected in (
        (oldest.at, (newest, planned, oldest)),
        (planned.at, (newest, planned)),
        (newest.at, (newest,)),
    ):
        asked.clear()
        found = record.choices(fold(events), WORDS, EVIDENCE, CHICAGO, since=since)
        assert found == expected
    assert asked == [CHOICE.record_id]


def test_the_csv_is_opened_by_no_spreadsheet_as_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(record.to_csv(made(CHOICE, PLANNED)), newline="")))
    assert rows[0] == list(record.COLUMNS)
    assert rows[2][:4] == ["2026-10-01 20:00", "'=Ana", "focus", "Clear goals"]
    assert rows[2][6] == "yes"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_decisions_stand_by_school_year() -> None:
    july = new_event(tabs.FOCUS, {"practice": "talk"}, who="a", at=datetime(2026, 7, 1, tzinfo=UTC))
    assert [(year, len(of)) for year, of in record.by_year(made(CHOICE, july))] == [
        ("2026 to 2027", 1),
        ("2025 to 2026", 1),
    ]


def test_what_is_new_is_of_the_last_seven_days() -> None:
    own = made(CHOICE, PLANNED)
    assert week.new(own, EVIDENCE, now=datetime(2026, 10, 9, 12)) == (
        "Later closed on Oct 8, 2026: its results are here.",
        "Oct 9, 2026, Clear goals: Ben planned a PD session for Oct 20, 2026, students leading.",
    )
    assert week.new(own, EVIDENCE, now=datetime(2026, 10, 20)) == ()
    many = tuple(own[0] for _ in range(7))
    assert week.new(many, EVIDENCE, now=datetime(2026, 10, 16))[-1] == "And 3 more decisions."


def test_news_are_cut_by_their_length_and_what_did_not_hold_is_none() -> None:
    told = record.Choice(
        datetime(2026, 10, 9), "Ms. Lee", "focus", "", "planned it.", "", held=True
    )
    lost, long = replace(told, held=False), replace(told, what="said " + "word " * 60)
    first, second = week.new((told, lost, long), Evidence((), None, ""), now=datetime(2026, 10, 9))
    assert first == "Oct 9, 2026: Ms. Lee planned it."
    assert second.startswith("Oct 9, 2026: Ms. Lee said word word")
    assert second.endswith("…")
    assert len(second) <= len("Oct 9, 2026: ") + 90


def reach(verdict: Verdict) -> Reach:
    return Reach("goals", verdict, "Sentence.")


def test_sessions_stand_under_what_may_be_said_of_them() -> None:
    chosen = focus.focuses(fold([CHOICE])[tabs.FOCUS])
    days = {day: list(Verdict)[day - 1] for day in range(1, 7)}
    events = [
        sessions.make(
            CHOICE.record_id,
            on=date(2026, 10, day),
            student_part=StudentPart.TOLD,
            who="Ben",
            at=at(1),
        )
        for day in days
    ]
    coming = PLANNED
    off = sessions.cancel(_read(events[0])[0], who="Ben", at=at(2))
    planned = _read(*events, coming)
    reached = {
        session.record_id: reach(days.get(session.on.day, Verdict.MOVED))
        for session in planned
        if session.on
    }
    found = outcomes.outcomes(chosen, planned, reached, today=date(2026, 10, 10))
    assert {kind: [o.reach.verdict for o in those] for kind, those in found.items()} == {
        Kind.MOVED: [Verdict.MOVED],
        Kind.NOT_MOVED: [Verdict.BEHIND, Verdict.NO_MOVE],
        Kind.UNTOLD: [Verdict.NO_BASELINE, Verdict.CANNOT_TELL],
        Kind.NOT_YET: [Verdict.NOT_YET],
    }
    assert outcomes.headline(found) == (
        "Of 6 PD sessions, 1 moved, 2 did not, 2 cannot be told and 1 may still show"
    )
    called_off = outcomes.outcomes(chosen, _read(events[0], off), reached, today=date(2026, 10, 10))
    assert called_off == {}
    assert outcomes.headline(called_off) == "No PD session has taken place yet"


def test_a_verdict_says_what_it_cannot_say() -> None:
    assert outcomes.sentence(reach(Verdict.CANNOT_TELL)) == (
        "Sentence. That is not the same as no change."
    )
    assert outcomes.sentence(reach(Verdict.MOVED)) == "Sentence."


def _read(*events: Event) -> tuple[sessions.Session, ...]:
    return sessions.sessions(fold(events)[tabs.SESSIONS])
