"""A panel while it is held: guess first, one guess; kept in memory for its own person alone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from lib.decided import DecisionProblem
from lib.evidence.types import EVERYBODY, Audience, Cell, Figure, Hidden, Wave, WaveTable
from lib.voices.conversations import HowMany
from lib.voices.half_held import (
    MOST,
    HalfHeld,
    Shelf,
    begin,
    go,
    guess,
    out,
    put,
    save,
    say,
    up,
)
from lib.voices.panel import Part, Room, panels
from tests.unit.voices.people import at, records

DAY = date(2026, 11, 12)
WAVE = Wave("w1", "Fall", datetime(2026, 9, 28), datetime(2026, 10, 10))
FAVORABLE = {"choice": Figure(40, 34, 46), "pace": Hidden("Too few."), "calm": Figure(70, 64, 76)}


def begun(practices: tuple[str, ...] = ("choice", "pace", "calm", "gone")) -> HalfHeld:
    cell = Cell(Audience.PUBLIC, EVERYBODY, (), 300, FAVORABLE)
    table = WaveTable(WAVE, (cell,), {}, {}, {}, ())
    return begin(
        table,
        practices=practices,
        room=Room.STUDENTS,
        students=HowMany.FIVE_TO_NINE,
        today=DAY,
    )


def test_the_room_reads_what_the_wave_knows_and_guesses_what_is_printed() -> None:
    held = begun()
    assert held.practices == ("choice", "pace", "calm")
    assert (held.practice, held.shown, held.wave) == ("choice", False, "w1")
    assert go(held, 1).shown  # hidden: there is nothing to guess
    assert go(held, 99).practice == ""
    assert go(held, -1).place == 0


def test_the_first_guess_counts_for_a_guess_after_the_reveal_is_none() -> None:
    held = guess(guess(begun(), 60), 40)
    assert held.guesses == {"choice": 60}
    assert held.shown
    assert not go(held, 2).shown


def test_the_order_grows_from_the_top_and_can_be_changed() -> None:
    held = begun()
    for practice in ("calm", "choice", "pace", "calm"):
        held = put(held, practice)
    assert held.order == ("calm", "choice", "pace")
    assert up(held, "pace").order == ("calm", "pace", "choice")
    assert up(held, "calm").order == held.order
    held = out(held, "choice")
    assert (held.order, held.left) == (("calm", "pace"), ("choice",))


def test_all_that_was_said_is_one_event() -> None:
    held = say(guess(begun(), 60), Part.IDEA, "Two ways to show it")
    held = put(say(go(held, 2), Part.STRENGTH, "Quiet"), "calm")
    event = save(held, today=DAY, who="Lee", at=at(12))
    (kept,) = panels(records(event))
    assert (kept.record_id, kept.wave, kept.order) == (held.key, "w1", ("calm",))
    assert kept.guesses == {"choice": 60}
    assert kept.said[Part.IDEA] == {"choice": "Two ways to show it"}
    assert kept.said[Part.STRENGTH] == {"calm": "Quiet"}
    with pytest.raises(DecisionProblem, match="said nothing"):
        save(begun(), today=DAY, who="Lee", at=at(12))


def test_the_shelf_gives_a_panel_to_its_own_person_alone() -> None:
    shelf, held = Shelf(), begun()
    lee, kim = shelf.own("Lee"), shelf.own("Kim")
    lee.put(held)
    lee.put(guess(held, 60))
    found = lee.get(held.key)
    assert found is not None
    assert found.guesses == {"choice": 60}
    assert kim.get(held.key) is None
    assert (lee.all(), kim.all()) == ((found,), ())
    kim.drop(held.key)
    assert lee.get(held.key) == found
    lee.drop(held.key)
    assert lee.all() == ()


def test_the_shelf_stays_small_and_nobody_costs_another_a_panel() -> None:
    shelf = Shelf()
    kim, lee = shelf.own("Kim"), shelf.own("Lee")
    kim.put(replace(begun(), key="kim's"))
    for number in range(MOST + 1):
        lee.put(replace(guess(begun(), 60), key=str(number)))
    assert lee.get("0") is None
    assert len(lee.all()) == MOST
    assert lee.all()[0].key == str(MOST)
    assert kim.get("kim's") is not None


@pytest.mark.parametrize(
    "said",
    [
        lambda held: guess(held, 0),
        lambda held: say(held, Part.IDEA, "Two ways to show it"),
        lambda held: put(held, "calm"),
    ],
)
def test_panels_in_which_nothing_is_said_give_way_first(
    said: Callable[[HalfHeld], HalfHeld],
) -> None:
    shelf = Shelf()
    lee = shelf.own("Lee")
    lee.put(replace(said(begun()), key="said"))
    for number in range(MOST + 5):
        lee.put(replace(say(begun(), Part.IDEA, ""), key=str(number)))
        assert lee.get(str(number)) is not None
    assert len(lee.all()) == MOST
    assert lee.get("said") is not None
    assert lee.get("0") is None
