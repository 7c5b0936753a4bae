"""What everybody with Voices may read: passed words of closed waves, and nothing else."""

from dataclasses import fields
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.voices.identity import Roster
from lib.voices.review import State
from lib.voices.settle import decide
from lib.voices.shown import Shown, approved, search, themes_of, words_of
from tests.unit.voices.people import (
    NOW,
    OPEN,
    WAVE,
    at,
    decided,
    item,
    passed,
    readings,
    referred,
    saying,
)

TWELVE = tuple(saying(f"more labs and choice number {n} please", n) for n in range(12))
EVENTS = tuple(passed(each) for each in TWELVE)


def show(sayings, *events, now=NOW, floor=10, roster=Roster(), corrected=None):  # noqa: B008
    read = readings(sayings, roster)
    return approved(
        sayings, decided(*events), read, roster, now=now, floor=floor, corrected=corrected
    )


def test_passed_words_of_a_closed_wave_are_shown_without_time_row_or_group() -> None:
    found = show(TWELVE, *EVENTS)
    assert {each.words for each in found} == {each.text for each in TWELVE}
    assert {each.wave_label for each in found} == {"Fall"}
    assert found[0].practices == ("choice", "handson")
    assert {field.name for field in fields(Shown)} == {
        *("shown_id", "words", "standing", "practices", "other_language"),
        *("wave_id", "wave_label"),
    }


def test_only_what_was_passed_is_shown() -> None:
    held = decide(item(TWELVE[1]), State.HELD, who="Lee", at=at(12))
    edited = decide(item(TWELVE[2]), State.REDACTED, words="more labs", who="Lee", at=at(12))
    found = show(TWELVE, EVENTS[0], held, edited, referred(TWELVE[3]))
    assert {each.words for each in found} == {TWELVE[0].text, "more labs"}


def test_nothing_is_shown_while_the_wave_is_open() -> None:
    still = tuple(saying(f"calm number {n}", n, wave=OPEN) for n in range(12))
    assert show(still, *(passed(each) for each in still)) == ()
    assert len(show(TWELVE, *EVENTS, now=datetime(2026, 10, 10))) == 12
    assert show(TWELVE, *EVENTS, now=datetime(2026, 10, 9, 23, 59)) == ()


def test_ten_people_must_have_written_in_the_wave() -> None:
    assert len(show(TWELVE[:10], *EVENTS[:10])) == 10
    assert show(TWELVE[:9], *EVENTS[:9]) == ()
    # Ten comments of nine people are not enough; two passed of twelve written are.
    assert len(show(TWELVE, *EVENTS[:2])) == 2
    assert len(show(TWELVE, *EVENTS, floor=12)) == 12
    assert show(TWELVE, *EVENTS, floor=13) == ()


def test_a_comment_outside_every_wave_is_not_shown() -> None:
    lost = saying("lost", 20, wave=None)
    assert "lost" not in {each.words for each in show((*TWELVE, lost), *EVENTS, passed(lost))}


def test_names_stay_masked_in_passed_and_in_edited_words() -> None:
    named = saying("Ms. Holt and alder have labs", 20)
    other = saying("ask someone else", 21)
    edited = decide(item(other), State.REDACTED, words="ask alder", who="Lee", at=at(12))
    found = show(
        (*TWELVE, named, other), passed(named), edited, roster=Roster(frozenset({"alder"}))
    )
    assert {each.words for each in found} == {"[name] and [name] have labs", "ask [name]"}


@settings(deadline=None, max_examples=20)
@given(st.permutations(TWELVE))
def test_the_order_tells_nothing_of_the_sheet(order) -> None:
    assert show(order, *EVENTS) == show(TWELVE, *EVENTS)


def test_the_order_is_not_that_of_the_sheet() -> None:
    words = [each.words for each in show(TWELVE, *EVENTS)]
    assert words != [each.text for each in TWELVE]
    assert words != [each.text for each in reversed(TWELVE)]


def test_a_correction_rules_over_the_lists() -> None:
    found = show(TWELVE, *EVENTS, corrected={"s0": ("calm",)})
    assert [each.practices for each in found if "number 0" in each.words] == [("calm",)]


def test_search_finds_every_word_without_accents_or_case() -> None:
    found = show(TWELVE, *EVENTS)
    assert [each.words for each in search(found, "LÁB 11")] == [TWELVE[11].text]
    assert search(found, " ") == found
    assert search(found, "zebra") == ()


def test_words_of_what_was_not_passed_are_empty() -> None:
    read = readings(TWELVE)
    assert words_of(TWELVE[0], {}, read, Roster()) == ""


def test_themes_are_counted_over_passed_words() -> None:
    counts = themes_of(show(TWELVE, *EVENTS), WAVE.wave_id, 10)
    assert counts is not None
    assert counts.counts == {"choice": 12, "handson": 12}
    assert themes_of(show(TWELVE, *EVENTS[:9]), WAVE.wave_id, 10) is None
