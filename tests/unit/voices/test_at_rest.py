"""No words that wait for review lie on the app's disk."""

from lib.voices.at_rest import without_words
from lib.workbook import Event, new_event, tabs
from tests.unit.voices.people import at


def test_notes_and_lines_are_left_out_and_all_else_stays() -> None:
    def event(tab: str, **fields: str) -> Event:
        return new_event(tab, fields, who="Lee", at=at(1))

    events = [
        event(tabs.CONVERSATIONS, heard="canary", kind="informal talk"),
        event(tabs.PANELS, strengths="canary", concerns="canary", ideas="canary", order="calm"),
        event(tabs.FOCUS, practice="calm"),
    ]
    kept = without_words(events)
    assert "canary" not in str(kept)
    assert [e.event_id for e in kept] == [e.event_id for e in events]
    assert kept[0].fields == {"heard": "", "kind": "informal talk"}
    assert kept[1].fields["order"] == "calm"
    assert kept[2] is events[2]
