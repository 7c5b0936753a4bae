"""The desk of comments is kept in step: behind the scenes, and at once for a decision."""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lib import reader, said
from lib.voices.desk import Desk, Material, desk
from lib.voices.review import State
from lib.voices.settle import settle
from lib.workbook import WorkbookProblem, new_event, tabs
from lib.workbook.sqlite import Seed, SqliteWorkbook
from tests.unit.said_people import read_all
from tests.unit.test_live import AT, NOW
from tests.unit.voices.people import WINDOWS, ZONE, feedback

HEADER = ["Timestamp", "What would help you learn?"]
WORDS = ["more labs please in every class", "the canary words about the bus", "slow down a little"]


def workbook_in(folder: Path, words: list[str]) -> SqliteWorkbook:
    said_of = [f"{text}, on day {day} of it" for day, text in enumerate(words * 4)]
    rows = [[f"2/{day + 1}/2026 9:00:00", text] for day, text in enumerate(said_of)]
    seed = Seed("Form Responses 1", HEADER, rows, (), "America/Chicago", NOW)
    return SqliteWorkbook(folder / "w.sqlite", lambda: seed)


@pytest.fixture
def school(tmp_path: Path) -> reader.Live:
    workbook = workbook_in(tmp_path, WORDS)
    return reader.Live(workbook, workbook.clock)


def wait(until: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_nobody_reads_a_comment_before_somebody_asks(school: reader.Live) -> None:
    school.look()
    assert school._said.desk is None
    assert not school._said.begun
    assert len(read_all(school).sayings) == 12


def test_a_decision_shows_at_once(school: reader.Live) -> None:
    item = read_all(school).queue()[0]
    rows = settle(
        item, State.PASSED, practices=["handson"], themes={}, who="Lee", at=school.moment()
    )
    school.record(rows)
    after = school.listen()
    assert after is not None
    assert [each.saying_id for each in after.queue(State.PASSED)] == [item.saying_id]
    assert after.queue(State.PASSED)[0].practices == ("handson",)
    assert len(after.queue()) == 11


def test_a_new_answer_reaches_review_with_the_next_reading(
    school: reader.Live, tmp_path: Path
) -> None:
    read_all(school)
    fresh = workbook_in(tmp_path / "other", [*WORDS, "a new answer that nobody has read"])
    school._workbook = fresh
    school._hand_over_all = True
    school.refresh()
    wait(lambda: (now := school.listen()) and len(now.sayings) == 16)


def material(words: list[str], turn: int, records: dict | None = None) -> Material:
    at = WINDOWS.waves[0].opens
    said_now = feedback([(text, at, str(i)) for i, text in enumerate(words)])
    return Material(said_now, WINDOWS, records or {}, ("handson", "calm"), ZONE, turn)


def test_a_decision_does_not_wait_for_a_reading_and_is_not_lost_by_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = said.Said()
    first = material(["one two three four five"], 1)
    kept.renew(first)
    wait(lambda: kept.desk)
    gate, asked = threading.Event(), threading.Event()

    def slow(made_of: Material, before: Desk | None = None) -> Desk:
        if made_of.turn == 2:
            asked.set()
            assert gate.wait(30)
        return desk(made_of, before)

    monkeypatch.setattr(said, "desk", slow)
    answers = material(["one two three four five", "six seven eight nine ten"], 2)
    kept.renew(answers)
    assert asked.wait(30)
    (item,) = kept.desk.queue()
    event = settle(item, State.HELD, practices=[], themes={}, who="Lee", at=AT)[0]
    records = {tabs.REVIEWS: {item.saying_id: _record(event)}}
    kept.decided(Material(answers.feedback, WINDOWS, records, answers.practices, ZONE, 3))
    assert [each.saying_id for each in kept.desk.queue(State.HELD)] == [item.saying_id]
    gate.set()
    wait(lambda: len(kept.desk.sayings) == 2)
    assert [each.saying_id for each in kept.desk.queue(State.HELD)] == [item.saying_id]


def test_a_referral_does_not_wait_until_all_is_read_with_another_list_of_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = said.Said()
    kept.renew(material(["one two three four five", "ask Canary about the bus"], 1))
    wait(lambda: kept.desk)
    gate = threading.Event()

    def slow(made_of: Material, before: Desk | None = None) -> Desk:
        if made_of.of(tabs.ROSTER):
            assert gate.wait(30)
        return desk(made_of, before)

    monkeypatch.setattr(said, "desk", slow)
    item = kept.desk.queue()[0]
    event = settle(item, State.REFERRED, practices=[], themes={}, who="Lee", at=AT)[0]
    name = new_event(tabs.ROSTER, {"name": "Canary"}, who="it", at=AT)
    records = {
        tabs.REVIEWS: {item.saying_id: _record(event)},
        tabs.ROSTER: {name.record_id: _record(name)},
    }
    kept.decided(material(["one two three four five", "ask Canary about the bus"], 2, records))
    assert item.saying_id not in [each.saying_id for each in kept.desk.queue()]
    assert kept.desk.decided[item.saying_id].state is State.REFERRED
    assert not kept.desk.made_of.of(tabs.ROSTER)
    gate.set()
    wait(lambda: kept.desk.made_of.of(tabs.ROSTER))
    assert kept.desk.decided[item.saying_id].state is State.REFERRED


def test_a_decision_that_changes_how_answers_are_read_is_taken_in_without_a_new_reading() -> None:
    kept = said.Said()
    kept.renew(material(["one two three four five", "six seven eight nine ten"], 1))
    wait(lambda: kept.desk)
    kept.decided(material(["one two three four five"], 2))
    wait(lambda: len(kept.desk.sayings) == 1)


def test_a_fault_in_reading_comments_breaks_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = said.Said()
    words = ["one two three four five"]
    kept.renew(material(words, 1))
    wait(lambda: kept.desk)

    def broken(made_of: Material, before: Desk | None = None) -> Desk:
        raise ValueError("the secret words")

    monkeypatch.setattr(said, "desk", broken)
    kept.decided(material(words, 2))
    wait(lambda: kept._failed)
    assert kept.desk is not None
    monkeypatch.setattr(said, "desk", desk)
    kept.decided(material(words, 3))
    wait(lambda: kept.desk.made_of.turn == 3)


def _record(event):
    from lib.workbook import fold

    return fold([event])[event.tab][event.record_id]


def test_a_name_on_the_roster_is_masked_everywhere_soon(school: reader.Live) -> None:
    read_all(school)
    school.record([new_event(tabs.ROSTER, {"name": "Canary"}, who="it", at=school.moment())])
    wait(
        lambda: (
            (now := school.listen())
            and not any("canary" in item.reading.masked.text for item in now.queue())
        )
    )


def test_what_cannot_be_read_is_said_and_its_words_are_not_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(made_of: Material, before: Desk | None = None) -> Desk:
        raise ValueError("the secret words")

    kept = said.Said()
    monkeypatch.setattr(said, "desk", broken)
    with caplog.at_level(logging.DEBUG):
        kept.renew(material(["the secret words"], 1))
        wait(lambda: kept._failed)
    with pytest.raises(WorkbookProblem, match="could not make sense"):
        _ = kept.desk
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text
    monkeypatch.setattr(said, "desk", desk)
    kept.renew(material(["the secret words"], 2))
    wait(lambda: kept._desk)
    assert kept.desk is not None
