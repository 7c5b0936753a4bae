"""The next form asks about the promises that were worked on last, and names whom to turn to."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from lib.catalogue import CATALOGUE, FORM
from lib.publish.next_form import STEPS, follow_ups, next_form
from lib.workbook import Event, Record, fold, new_event, tabs


def told(day: int, state: str, follow_up: str) -> Event:
    fields = {"state": state, "follow_up": follow_up, "you_said": "Said."}
    return new_event(tabs.PROMISES, fields, who="Ana", at=datetime(2026, 3, day, tzinfo=UTC))


def setting(name: str, value: str) -> Event:
    fields = {"name": name, "value": value}
    return new_event(tabs.SETTINGS, fields, who="it", at=datetime(2026, 1, 1, tzinfo=UTC))


def promises(*events: Event) -> Mapping[str, Record]:
    return fold(events).get(tabs.PROMISES, {})


def test_the_last_three_promises_that_were_worked_on_are_asked_about() -> None:
    kept = promises(
        told(1, "done", "give comments early"),
        told(2, "doing", "bring back labs"),
        told(3, "listening", "listen more"),
        told(4, "not this time", "buy a bus"),
        told(5, "half done", "add a catch-up block"),
        told(6, "done", ""),
        told(7, "done", "start on time"),
    )
    assert follow_ups(kept) == ("start on time", "add a catch-up block", "bring back labs")
    assert follow_ups({}) == ()


def test_the_script_holds_the_schools_contacts_its_help_lines_and_the_account() -> None:
    records = fold(
        [
            setting("contact", "The counselors | room 114 | 555-0114"),
            setting("help line", "988 | call or text | 988"),
            told(2, "doing", "bring back labs"),
        ]
    )
    script = next_form(records, CATALOGUE, service_account="a@b.example")
    assert "The counselors: room 114, 555-0114\\n988: call or text" in script
    assert json.dumps(FORM.followup.title("bring back labs")) in script
    assert '"serviceAccount": "a@b.example"' in script


def test_a_school_without_settings_still_names_the_help_lines() -> None:
    assert "911: if anyone is in danger right now" in next_form({}, CATALOGUE)


def test_five_sentences_say_how() -> None:
    assert len(STEPS) == 5
    assert all(step.endswith(".") for step in STEPS)
