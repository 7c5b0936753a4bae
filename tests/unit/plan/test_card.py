"""What a card of the plan saves, and what its Undo takes back, traced by hand."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from lib.decided import DecisionProblem
from lib.plan import card, details, focus, sessions
from lib.plan.focus import Focus
from lib.plan.sessions import Session
from lib.students_part import StudentPart
from lib.workbook import Event, fold, tabs
from tests.unit.plan.people import NAMES, at

LEADING, TABLE = StudentPart.LEADING, StudentPart.AT_THE_TABLE
TODAY = date(2026, 10, 15)
SOON = date(2026, 11, 3)


def stamp(day: int) -> dict[str, object]:
    return {"who": "PD team lead", "at": at(day)}


class Desk:
    """The events of one card so far, read as the page reads them."""

    def __init__(self) -> None:
        first = focus.choose(
            "goals", wave="fall", evidence="40%.", chosen=(), names=NAMES, **stamp(1)
        )
        self.events: list[Event] = [first]

    @property
    def focus(self) -> Focus:
        return focus.focuses(fold(self.events)[tabs.FOCUS])[0]

    @property
    def planned(self) -> tuple[Session, ...]:
        return sessions.sessions(fold(self.events).get(tabs.SESSIONS, {}))

    def save(self, day: int, on: date | None = None, owner: str = "") -> list[Event]:
        typed = card.Card(owner, "", on, TABLE)
        session = sessions.next_session(self.focus.record_id, self.planned, TODAY)
        new = list(card.save(typed, self.focus, session, planned=self.planned, **stamp(day)))
        self.events += new
        return new

    def last(self) -> tuple[Focus | Session, ...]:
        return card.last_change(self.focus, self.planned, today=TODAY, zone=UTC)

    def undo(self, day: int) -> str:
        last = self.last()
        said = card.undone(last, NAMES)
        among = {"chosen": (self.focus,), "planned": self.planned, "names": NAMES}
        self.events += card.undo(last, **among, **stamp(day))
        return said


def test_a_card_saves_only_what_changed() -> None:
    desk = Desk()
    both = desk.save(2, SOON, "Ana")
    assert [(e.tab, e.fields.get("owner"), e.fields.get("date")) for e in both] == [
        (tabs.FOCUS, "Ana", None),
        (tabs.SESSIONS, None, "2026-11-03"),
    ]
    moved = desk.save(3, date(2026, 11, 10), "Ana")
    assert [(e.tab, e.revision, e.fields["date"]) for e in moved] == [
        (tabs.SESSIONS, 2, "2026-11-10")
    ]
    called_off = desk.save(4, None, "Ana")
    assert [(e.tab, e.fields["state"]) for e in called_off] == [(tabs.SESSIONS, "cancelled")]


def test_a_card_plans_and_moves_no_session_onto_a_day_that_is_taken() -> None:
    desk = Desk()
    desk.save(2, date(2026, 10, 1))
    with pytest.raises(DecisionProblem, match="has a PD session on Oct 1, 2026 already"):
        desk.save(3, date(2026, 10, 1))
    desk.save(3, SOON)
    with pytest.raises(DecisionProblem, match="has a PD session on Oct 1, 2026 already"):
        desk.save(4, date(2026, 10, 1))
    assert [each.on for each in desk.planned] == [date(2026, 10, 1), SOON]


def test_a_card_in_which_nothing_changed_says_so() -> None:
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        Desk().save(2, owner=" ")


@pytest.mark.parametrize("ended", ["finished", "dropped"])
def test_a_card_that_was_ended_meanwhile_is_not_saved_in_silence(ended: str) -> None:
    desk = Desk()
    desk.events.append(
        focus.finish(desk.focus, **stamp(2))
        if ended == "finished"
        else focus.drop(desk.focus, reason="No time.", **stamp(2))
    )
    with pytest.raises(DecisionProblem, match=f"marked this focus as {ended} since you opened"):
        desk.save(3, SOON, "Ana")


def test_an_untouched_card_has_nothing_to_undo() -> None:
    assert Desk().last() == ()


def test_undo_takes_back_whatever_changed_last() -> None:
    desk = Desk()
    desk.save(2, owner="Ana")
    desk.save(3, SOON, "Ana")
    assert desk.undo(4) == "The PD session of Nov 3, 2026 is called off."
    assert (desk.focus.owner, sessions.stands(desk.planned[0])) == ("Ana", False)
    assert desk.undo(5) == "The PD session of Nov 3, 2026 is planned again."
    assert sessions.stands(desk.planned[0])
    desk.save(6, SOON, "Ben")
    assert desk.undo(7) == "Taken back: owner is now “Ana” (was “Ben”)."
    assert (desk.focus.owner, desk.planned[0].on) == ("Ana", SOON)


def test_a_moved_session_moves_back() -> None:
    desk = Desk()
    desk.save(2, SOON)
    desk.save(3, date(2026, 11, 10))
    assert desk.undo(4) == "Taken back: day is now Nov 3, 2026 (was Nov 10, 2026)."
    assert desk.planned[0].on == SOON


def test_what_was_saved_in_one_go_is_taken_back_in_one_go() -> None:
    desk = Desk()
    desk.save(2, SOON, "Ana")
    assert card.said(desk.last(), names=NAMES, zone=UTC) == (
        "Oct 2, 2026: PD team lead changed it: owner is now “Ana”.",
        "Oct 2, 2026: PD team lead planned a PD session for Nov 3, 2026, students at the table.",
    )
    assert desk.undo(3) == (
        "Taken back: owner is now empty (was “Ana”). The PD session of Nov 3, 2026 is called off."
    )


def test_a_session_that_took_place_is_past_undoing() -> None:
    desk = Desk()
    desk.save(2, TODAY)
    assert desk.last() == desk.planned
    assert card.last_change(desk.focus, desk.planned, today=date(2026, 10, 16), zone=UTC) == ()


def test_a_session_set_on_its_own_evening_is_past_undoing() -> None:
    # In Chicago it is still the 15th when the session of the 15th is written down.
    desk = Desk()
    evening = {"who": "PD team lead", "at": datetime(2026, 10, 16, 1, 0, tzinfo=UTC)}
    typed = card.Card("", "", TODAY, TABLE)
    desk.events += card.save(typed, desk.focus, None, planned=(), **evening)
    day_after = date(2026, 10, 16)
    chicago = ZoneInfo("America/Chicago")
    planned = desk.planned
    assert card.last_change(desk.focus, planned, today=day_after, zone=chicago) == ()
    assert card.last_change(desk.focus, planned, today=day_after, zone=UTC) == planned


def test_a_day_in_the_past_set_by_mistake_can_be_taken_back() -> None:
    desk = Desk()
    desk.save(2, date(2019, 11, 3))
    assert desk.undo(3) == "The PD session of Nov 3, 2019 is called off."


def test_a_reopened_focus_is_none_again() -> None:
    desk = Desk()
    desk.events.append(focus.finish(desk.focus, **stamp(2)))
    finished = desk.focus
    desk.events.append(focus.reopen(finished, chosen=(finished,), names=NAMES, **stamp(3)))
    assert desk.undo(4) == "“Clear goals” is no longer a focus."
    assert desk.undo(5) == "“Clear goals” is a focus again."


def test_sessions_of_another_focus_stay_out_of_it() -> None:
    desk = Desk()
    desk.events.append(sessions.make("other", on=SOON, student_part=LEADING, **stamp(9)))
    assert desk.last() == ()
    assert card.records(desk.focus, desk.planned) == (desk.focus.record,)


def test_what_is_decided_last_is_known_as_the_last_on_a_clock_that_stands_still() -> None:
    desk = Desk()
    assert card.after(at(5), desk.focus, desk.planned) == at(5)
    assert card.after(at(1), desk.focus, desk.planned) == datetime(
        2026, 10, 1, 9, 0, 0, 1, tzinfo=UTC
    )
    desk.save(3, SOON)
    assert card.after(at(2), desk.focus, desk.planned).microsecond == 1


def test_a_cards_undo_leaves_what_the_sessions_own_page_keeps() -> None:
    desk = Desk()
    desk.save(2, SOON)
    (session,) = desk.planned
    desk.events.append(details.keep_agenda(session, "60 min: Talk", **stamp(3)))
    assert desk.last() == ()
