"""No words that wait for review lie on the app's disk."""

from lib.voices.at_rest import without_words
from lib.voices.review import State
from lib.workbook import Event, fold, new_event, tabs
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


def test_edited_words_stay_only_while_they_are_shown() -> None:
    def decided(record: str, *states: State) -> list[Event]:
        made: list[Event] = []
        for day, state in enumerate(states, 1):
            fields = {"source": "form", "state": state.value, "words": f"{record} words"}
            previous = fold(made)[tabs.REVIEWS][record] if made else None
            made.append(
                new_event(
                    tabs.REVIEWS,
                    fields,
                    who="Lee",
                    at=at(day),
                    previous=previous,
                    record_id=None if previous else record,
                )
            )
        return made

    kept = without_words(
        [
            *decided("shown", State.HELD, State.REDACTED),
            *decided("held", State.REDACTED, State.HELD),
            *decided("referred", State.REDACTED, State.REFERRED),
        ]
    )
    assert [event.fields["words"] for event in kept] == ["shown words"] * 2 + [""] * 4
