"""A record's history in sentences."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from lib.plan.history import CONFLICT, conflict_note, lines
from lib.workbook import Event, Record, new_event, tabs
from tests.unit.plan.people import ANY_TEXT, NAMES, at, the_record


def first(**fields: str) -> Event:
    return new_event(tabs.FOCUS, fields, who="PD team lead", at=at(12), record_id="r")


def then(record: Record, day: int, who: str = "PD team lead", **fields: str) -> Event:
    return new_event(tabs.FOCUS, fields, who=who, at=at(day), previous=record)


def test_each_event_is_one_line() -> None:
    start = first(practice="goals", state="running", owner="Ana", done_when="", reason="")
    edit = then(the_record(start), 13, owner="Ben", done_when="60%")
    drop = then(the_record(start, edit), 14, "Principal", state="dropped", done_when="")
    same = then(the_record(start, edit, drop), 15, state="dropped")
    assert lines(the_record(start, edit, drop, same), names=NAMES) == (
        "12 Oct 2026, PD team lead: written down with practice “Clear goals”, state “running”, "
        "owner “Ana”",
        "13 Oct 2026, PD team lead: owner changed from “Ana” to “Ben”; done when set to “60%”",
        "14 Oct 2026, Principal: state changed from “running” to “dropped”; "
        "done when emptied (it was “60%”)",
        "15 Oct 2026, PD team lead: saved without a change",
    )


def test_two_who_decided_at_once_are_both_read_against_the_same_state() -> None:
    start = first(owner="Ana")
    ben = then(the_record(start), 13, "ben", owner="Ben")
    eva = then(the_record(start), 14, "eva", owner="Eva")
    record = the_record(start, ben, eva)
    assert lines(record)[1:] == (
        "13 Oct 2026, ben: owner changed from “Ana” to “Ben” "
        "(did not hold: somebody else changed this at the same time)",
        "14 Oct 2026, eva: owner changed from “Ana” to “Eva”",
    )
    assert conflict_note(record) == CONFLICT
    assert CONFLICT == "Somebody else changed this at the same time; the later change holds."
    after = then(record, 15, owner="Ana")
    assert lines(the_record(start, ben, eva, after))[-1] == (
        "15 Oct 2026, PD team lead: owner changed from “Eva” to “Ana”"
    )


def test_without_a_conflict_there_is_no_note() -> None:
    assert conflict_note(the_record(first(owner="Ana"))) == ""


def test_days_are_the_schools_days() -> None:
    late = new_event(
        tabs.FOCUS, {}, who="lead", at=datetime(2026, 10, 13, 3, tzinfo=UTC), record_id="r"
    )
    assert lines(the_record(late), zone=ZoneInfo("America/Chicago")) == (
        "12 Oct 2026, lead: written down",
    )


def test_long_texts_are_shortened() -> None:
    (line,) = lines(the_record(first(reason="x" * 500)))
    assert line.endswith(f"reason “{'x' * 89}…”")


@settings(max_examples=60)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_makes_one_printable_line(old: str, new: str, who: str) -> None:
    start = new_event(tabs.FOCUS, {"owner": old}, who=who, at=at(1), record_id="r")
    for line in lines(the_record(start, then(the_record(start), 2, who, owner=new))):
        assert len(line.splitlines()) == 1
        line.encode("utf-8")
