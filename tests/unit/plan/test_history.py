"""A record's history in sentences."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from lib.plan import focus, promises, sessions
from lib.plan.history import CONFLICT, conflict_note, lines
from lib.workbook import Event, Record, new_event, tabs
from tests.unit.plan.people import ANY_TEXT, NAMES, at, the_record


def first(**fields: str) -> Event:
    return new_event(tabs.FOCUS, fields, who="PD team lead", at=at(12), record_id="r")


def then(record: Record, day: int, who: str = "PD team lead", **fields: str) -> Event:
    return new_event(record.latest.tab, fields, who=who, at=at(day), previous=record)


def test_each_event_is_one_line() -> None:
    start = first(
        practice="goals", state="running", wave="fall", evidence="Fall: 40%.", owner="Grade 6 team"
    )
    edit = then(the_record(start), 13, owner="Science team", done_when="60%?")
    drop = then(the_record(start, edit), 14, "Principal", state="dropped", reason="No time.")
    again = then(the_record(start, edit, drop), 15, state="running", reason="", done_when="")
    same = then(the_record(start, edit, drop, again), 16, state="running")
    done = then(the_record(start, edit, drop, again, same), 17, state="finished")
    assert lines(the_record(start, edit, drop, again, same, done), names=NAMES) == (
        "Oct 12, 2026: PD team lead chose it. Owner: Grade 6 team.",
        "Oct 13, 2026: PD team lead changed it: owner is now “Science team” (was “Grade 6 team”); "
        "how we will know is now “60%?”.",
        "Oct 14, 2026: Principal dropped it. Reason: No time.",
        "Oct 15, 2026: PD team lead reopened it. How we will know is now empty (was “60%?”).",
        "Oct 16, 2026: PD team lead saved it without a change.",
        "Oct 17, 2026: PD team lead finished it.",
    )


def test_a_sentence_that_is_quoted_brings_its_own_full_stop() -> None:
    start = first(practice="goals", state="running")
    edit = then(the_record(start), 13, done_when="Fewer say it stopped.")
    drop = then(the_record(start, edit), 14, state="dropped", done_when="We ask in May.")
    assert lines(the_record(start, edit, drop), names=NAMES)[1:] == (
        "Oct 13, 2026: PD team lead changed it: how we will know is now “Fewer say it stopped.”",
        "Oct 14, 2026: PD team lead dropped it. How we will know is now “We ask in May.” (was "
        "“Fewer say it stopped.”).",
    )


def test_a_session_says_its_day_and_the_students_part() -> None:
    plan = sessions.make(
        "f1",
        on=date(2027, 2, 3),
        student_part=sessions.StudentPart.LEADING,
        who="PD team lead",
        at=at(1),
    )
    (own,) = sessions.sessions({plan.record_id: the_record(plan)})
    moved = sessions.edit(
        own,
        on=date(2027, 2, 10),
        student_part=sessions.StudentPart.ASKED,
        planned=(),
        who="PD team lead",
        at=at(2),
    )
    off = then(the_record(plan, moved), 3, "Principal", state="cancelled")
    back = then(the_record(plan, moved, off), 4, state="planned")
    assert lines(the_record(plan, moved, off, back)) == (
        "Oct 1, 2026: PD team lead planned a PD session for Feb 3, 2027, students leading.",
        "Oct 2, 2026: PD team lead changed the PD session of Feb 3, 2027: "
        "day is now Feb 10, 2027 (was Feb 3, 2027); "
        "students' part is now “asked” (was “leading”).",
        "Oct 3, 2026: Principal called the PD session of Feb 10, 2027 off.",
        "Oct 4, 2026: PD team lead planned the PD session of Feb 10, 2027 again.",
    )


def test_a_promise_says_its_sentences_and_days() -> None:
    wrote = promises.make(
        focus="f1",
        practice="goals",
        wave="fall",
        you_said="Lessons go too fast",
        state=promises.PromiseState.DOING,
        we_did="We plan a catch-up block.",
        owner="",
        revisit=date(2026, 12, 15),
        who="lead",
        at=at(1),
    )
    half = then(the_record(wrote), 2, "lead", state="half done", revisit="")
    assert lines(the_record(wrote, half)) == (
        "Oct 1, 2026: lead wrote it. What students said: Lessons go too fast. "
        "What came of it: We plan a catch-up block. Day to look again: Dec 15, 2026.",
        "Oct 2, 2026: lead changed it: where it stands is now “half done” (was “doing”); "
        "day to look again is now empty (was Dec 15, 2026).",
    )


def test_several_records_are_told_in_one_story() -> None:
    chose = first(practice="goals", state="running")
    plan = sessions.make(
        "r", on=date(2027, 2, 3), student_part=sessions.StudentPart.TOLD, who="Eva", at=at(13)
    )
    own = then(the_record(chose), 14, owner="Ana")
    assert lines(the_record(chose, own), the_record(plan)) == (
        "Oct 12, 2026: PD team lead chose it.",
        "Oct 13, 2026: Eva planned a PD session for Feb 3, 2027, students told.",
        "Oct 14, 2026: PD team lead changed it: owner is now “Ana”.",
    )


def test_two_who_decided_at_once_are_both_read_against_the_same_state() -> None:
    start = first(owner="Ana")
    ben = then(the_record(start), 13, "ben", owner="Ben")
    eva = then(the_record(start), 14, "eva", owner="Eva")
    record = the_record(start, ben, eva)
    assert lines(record)[1:] == (
        "Oct 13, 2026: ben changed it: owner is now “Ben” (was “Ana”). "
        "This did not hold: somebody else changed it at the same time.",
        "Oct 14, 2026: eva changed it: owner is now “Eva” (was “Ana”).",
    )
    assert conflict_note(record) == CONFLICT
    assert CONFLICT == "Somebody else changed this at the same time; the later change holds."
    after = then(record, 15, owner="Ana")
    assert lines(the_record(start, ben, eva, after))[-1] == (
        "Oct 15, 2026: PD team lead changed it: owner is now “Ana” (was “Eva”)."
    )


def test_a_branch_that_lost_is_told_as_lost_and_not_as_what_was_changed() -> None:
    start = first(owner="Ana")
    ben = then(the_record(start), 13, "ben", owner="Ben")
    again = then(the_record(start, ben), 14, "ben", done_when="60%?")
    eva = then(the_record(start), 15, "eva", owner="Eva")
    record = the_record(eva, again, ben, start)
    assert lines(record)[1:] == (
        "Oct 13, 2026: ben changed it: owner is now “Ben” (was “Ana”). "
        "This did not hold: somebody else changed it at the same time.",
        "Oct 14, 2026: ben changed it: how we will know is now “60%?”. "
        "This did not hold: somebody else changed it at the same time.",
        "Oct 15, 2026: eva changed it: owner is now “Eva” (was “Ana”).",
    )
    assert conflict_note(record) == CONFLICT
    after = then(record, 16, owner="Ana")
    assert lines(the_record(start, ben, again, eva, after))[-1] == (
        "Oct 16, 2026: PD team lead changed it: owner is now “Ana” (was “Eva”)."
    )


def test_undoing_goes_back_to_what_was_changed_and_not_to_what_lost() -> None:
    start = first(practice="goals", state="running", owner="Ana")
    ben = then(the_record(start), 13, "ben", owner="Ben")
    again = then(the_record(start, ben), 14, "ben", done_when="60%?")
    eva = then(the_record(start), 15, "eva", owner="Eva")
    record = the_record(start, ben, again, eva)
    (own,) = focus.focuses({"r": record})
    back = focus.undo(own, chosen=(own,), names=NAMES, who="lead", at=at(16))
    assert (back.fields["owner"], back.fields.get("done_when", "")) == ("Ana", "")
    assert lines(the_record(start, ben, again, eva, back))[-1] == (
        "Oct 16, 2026: lead changed it: owner is now “Ana” (was “Eva”)."
    )
    # Undone once more, the change is back: that of the one who won.
    (own,) = focus.focuses({"r": the_record(start, ben, again, eva, back)})
    forth = focus.undo(own, chosen=(own,), names=NAMES, who="lead", at=at(17))
    assert (forth.fields["owner"], forth.fields.get("done_when", "")) == ("Eva", "")


def test_a_first_decision_with_a_lost_rival_is_undone_as_a_first_one() -> None:
    rival = new_event(tabs.PROMISES, {"you_said": "Too fast"}, who="a", at=at(1), record_id="p")
    start = new_event(tabs.PROMISES, {"you_said": "Too loud"}, who="b", at=at(2), record_id="p")
    (own,) = promises.promises({"p": the_record(rival, start)})
    assert own.you_said == "Too loud"
    assert promises.undo(own, who="b", at=at(3)).fields["you_said"] == ""


def test_what_somebody_typed_into_the_sheet_is_told_as_it_stands() -> None:
    start = first(practice="goals", state="running")
    odd = then(the_record(start), 13, "", state="soon", practice="calm")
    assert lines(the_record(start, odd), names=NAMES)[1] == (
        "Oct 13, 2026: Somebody changed it: practice is now “Calm” (was “Clear goals”); "
        "where it stands is now “soon” (was “running”)."
    )
    day = new_event(tabs.SESSIONS, {"date": "9999-12-31"}, who="Ana", at=at(1), record_id="s")
    assert lines(the_record(day)) == ("Oct 1, 2026: Ana planned a PD session.",)


def test_without_a_conflict_there_is_no_note() -> None:
    assert conflict_note(the_record(first(owner="Ana"))) == ""


def test_days_are_the_schools_days() -> None:
    late = new_event(
        tabs.FOCUS, {}, who="lead", at=datetime(2026, 10, 13, 3, tzinfo=UTC), record_id="r"
    )
    assert lines(the_record(late), zone=ZoneInfo("America/Chicago")) == (
        "Oct 12, 2026: lead chose it.",
    )


def test_a_text_is_told_in_full_once_and_recalled_after() -> None:
    start = first(owner="x" * 500)
    told = lines(the_record(start, then(the_record(start), 13, owner="")))
    assert told[0].endswith(f"Owner: {'x' * 399}…")
    assert told[1].endswith(f"owner is now empty (was “{'x' * 89}…”).")


@settings(max_examples=60)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_any_text_makes_one_printable_line(old: str, new: str, who: str) -> None:
    start = new_event(tabs.FOCUS, {"owner": old}, who=who, at=at(1), record_id="r")
    for line in lines(the_record(start, then(the_record(start), 2, who, owner=new))):
        assert len(line.splitlines()) == 1
        line.encode("utf-8")
