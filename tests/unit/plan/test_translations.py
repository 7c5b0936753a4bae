"""Translations: of the exact sentence, saved once, taken back, never lost to another's press."""

from datetime import UTC, datetime

import pytest

from lib.decided import DecisionProblem
from lib.plan.translations import record_id_of, save, translated
from lib.workbook import Event, Record, fold, tabs

AT = datetime(2027, 1, 28, tzinfo=UTC)
CALM, LABS = "It is too loud.", "Labs are back."


def kept(*events: Event) -> dict[str, Record]:
    return fold(events).get(tabs.TRANSLATIONS, {})


def say(records: dict[str, Record], **typed: str) -> tuple[Event, ...]:
    texts = {"calm": CALM, "labs": LABS}
    return save(records, "es", {texts[k]: v for k, v in typed.items()}, who="Ana", at=AT)


def test_what_is_saved_is_found_by_language_and_text() -> None:
    events = say({}, calm=" Hay mucho\nruido. ", labs="")
    (event,) = events
    assert set(event.fields) == set(tabs.TABS[tabs.TRANSLATIONS].columns)
    assert translated(kept(event)) == {"es": {CALM: "Hay mucho ruido."}}
    assert translated({}) == {}


def test_only_what_changed_is_written_and_an_empty_one_is_taken_back() -> None:
    first = say({}, calm="Hay ruido.", labs="Hay laboratorios.")
    again = say(kept(*first), calm="Hay ruido.", labs="Volvieron.")
    assert [event.fields["text"] for event in again] == [LABS]
    gone = say(kept(*first, *again), calm="")
    assert translated(kept(*first, *again, *gone)) == {"es": {LABS: "Volvieron."}}


def test_two_who_translate_the_same_sentence_meet_in_one_record() -> None:
    events = (*say({}, calm="Hay ruido."), *say({}, calm="Hay mucho ruido."))
    assert list(kept(*events)) == [record_id_of("es", CALM)]


def test_nothing_changed_and_too_long_are_said() -> None:
    first = say({}, calm="Hay ruido.")
    with pytest.raises(DecisionProblem, match="Nothing was changed"):
        say(kept(*first), calm="Hay ruido. ")
    with pytest.raises(DecisionProblem, match="“The translation” has 601 characters, and 600 fit"):
        say({}, calm="a" * 601)
